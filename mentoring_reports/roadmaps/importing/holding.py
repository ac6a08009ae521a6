"""Dates in front of the activities: a month in the first column holds until the next one."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import Column
from .plans import Skipped
from .records import Record, Title


def with_dates_held(entries: Sequence[Record | Title | Skipped]) -> list[Record | Title | Skipped]:
    """Return the entries, an empty date in front of an activity taken from the row above."""
    held = ""
    for entry in entries:
        if isinstance(entry, Title):
            held = ""
        elif isinstance(entry, Record):
            held = _hold(entry, held)
    return list(entries)


def _hold(record: Record, held: str) -> str:
    """Give a record the date that holds, if it has none of its own; return the one that holds from here on."""
    place = _place_in_front(record.columns)
    if place is None:
        return ""
    if not record.cells[place] and held:
        record.cells[place], record.date_held = held, True
    return record.cells[place]


def _place_in_front(columns: Sequence[Column]) -> int | None:
    """Return the only column of dates, if it stands before the activities."""
    roles = [column.role for column in columns]
    if roles.count("deadline") != 1 or "activity" not in roles:
        return None
    place = roles.index("deadline")
    return place if place < roles.index("activity") else None
