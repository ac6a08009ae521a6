"""When an activity of a draft is due: as its text is read in the plan's period, unless it was set by hand. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from mentoring_reports.roadmaps.deadlines import Deadline, Kind, read_deadline

from .draft import Item, day_of

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Timing:
    """The deadline that counts, whether a person set it, and what of that cannot be."""

    deadline: Deadline
    by_hand: bool = False
    error: str = ""  # "reversed" or "no_date", where dates typed by hand cannot be


def timing_of(item: Item, period: Days | None) -> Timing:
    """Return when the activity is due."""
    read = read_deadline(item.deadline_text, period)
    if not (item.kind or item.starts_on or item.ends_on):
        return Timing(read)
    first, last = day_of(item.starts_on), day_of(item.ends_on)
    kind = Kind(item.kind) if item.kind in set(Kind) else read.kind
    recurrence = read.recurrence if kind is Kind.RECURRING else None
    days = (first, last) if item.starts_on or item.ends_on else (read.start, read.end)
    deadline = replace(read, kind=kind, start=days[0], end=days[1], recurrence=recurrence, warnings=())
    return Timing(deadline, by_hand=True, error=_error(item, first, last))


def _error(item: Item, first: dt.date | None, last: dt.date | None) -> str:
    if (item.starts_on and not first) or (item.ends_on and not last):
        return "no_date"
    return "reversed" if first and last and last < first else ""
