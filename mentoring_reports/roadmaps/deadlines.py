"""Deadlines as people write them, read: `read_deadline("До 10.09.2022", period)`. Pure: no framework, no database.

Nothing is invented: what is not understood is `unscheduled` with the doubt `not_understood`, and no text makes it fail.
The rules stand in `grammar`, one table for each family of phrases.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from .grammar.codes import Doubt, Kind, Period
from .grammar.outcome import Reading
from .grammar.reading import read
from .recurrence import Recurrence

__all__ = ["Deadline", "Doubt", "Kind", "Period", "Recurrence", "read_deadline"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The text as written, its kind, the first and last day (both included) and the doubts about them."""

    text: str
    kind: Kind
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: Recurrence | None = None
    warnings: tuple[Doubt, ...] = ()


def read_deadline(text: str, period: tuple[dt.date, dt.date] | None = None) -> Deadline:
    """Return the deadline that the text means in a plan of that period, its first and last day."""
    found = _read(text, Period(*period) if period else None)
    return Deadline(text, found.kind, found.start, found.end, found.recurrence, found.warnings)


@lru_cache(maxsize=1024)
def _read(text: str, period: Period | None) -> Reading:
    return read(text, period)
