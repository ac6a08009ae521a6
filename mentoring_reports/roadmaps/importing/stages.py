"""Columns that only look like activities: the wider of two is a stage, if its cells hold for several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .columns import Column
from .plans import Skipped
from .records import Record, Title

_LEAST_EMPTY = 0.25
_LEAST_TITLES = 2


def with_stages(entries: Sequence[Record | Title | Skipped]) -> list[Record | Title | Skipped]:
    """Return the entries with a first activity column turned into the stages, where it holds for several rows."""
    records = [entry for entry in entries if isinstance(entry, Record)]
    places = [n for n, column in enumerate(records[0].columns) if column.role == "activity"] if records else []
    staged = bool(records) and any(column.role == "stage" for column in records[0].columns)
    if staged and _are_activities(entries, records):
        return _named(entries, records)
    if staged or len(places) < 2 or not _holds_for_several(records, places[0], places[1]):  # noqa: PLR2004
        return list(entries)
    for record in records:
        record.columns = _changed(record.columns, places[0], "stage")
    return list(entries)


def _are_activities(entries: Sequence[Record | Title | Skipped], records: Sequence[Record]) -> bool:
    """Tell whether what the header calls stages names every activity, the stages being titles of their own."""
    titles = sum(isinstance(entry, Title) for entry in entries)
    names = [record.text("stage") for record in records]
    return _LEAST_TITLES <= titles < len(records) and all(names) and len(set(names)) == len(names)


def _named(entries: Sequence[Record | Title | Skipped], records: Sequence[Record]) -> list[Record | Title | Skipped]:
    for record in records:
        place = next(n for n, column in enumerate(record.columns) if column.role == "stage")
        record.columns = _changed(record.columns, place, "activity")
    return list(entries)


def _holds_for_several(records: Sequence[Record], first: int, second: int) -> bool:
    """Tell whether the first column is empty or merged with the row above where the second is filled."""
    filled = [record for record in records if record.cells[second]]
    same = [record for record in filled if not record.cells[first] or first in record.above]
    return len(same) > len(filled) * _LEAST_EMPTY


def _changed(columns: tuple[Column, ...], place: int, role: str) -> tuple[Column, ...]:
    return (*columns[:place], replace(columns[place], role=role), *columns[place + 1 :])
