"""The times of an activity: one for an activity that comes once, one for each occurrence of one that comes back. Pure.

This is what figures count, on screens and in the report's data elements: a quarterly diagnosis is four times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mentoring_reports.roadmaps.recurrence import Recurrence, Window

if TYPE_CHECKING:
    from mentoring_reports.roadmaps.models import Occurrence

# Two years of weeks are ticked week by week. What comes back more often (every day) is ticked once for each month:
# nobody ticks 365 boxes, and nobody reads them.
MOST_TIMES = 110


@dataclass(frozen=True, slots=True)
class Time:
    """When it is to be done, the last day included, and when it was; without an occurrence: the activity itself."""

    starts_on: dt.date | None
    due_on: dt.date
    done_on: dt.date | None
    occurrence: Occurrence | None = None

    @property
    def is_done(self) -> bool:
        """Say whether it has been done."""
        return self.done_on is not None

    @property
    def was_late(self) -> bool:
        """Say whether it was done after its last day."""
        return self.done_on is not None and self.done_on > self.due_on

    def has_begun(self, day: dt.date) -> bool:
        """Say whether the day is not before its first one."""
        return self.starts_on is None or self.starts_on <= day

    def is_overdue(self, day: dt.date) -> bool:
        """Say whether it was to be done before the day and was not."""
        return self.due_on < day and (self.done_on is None or self.done_on > day)

    def is_due_between(self, first: dt.date, last: dt.date) -> bool:
        """Say whether its last day is one of these days."""
        return first <= self.due_on <= last


def windows_of(recurrence: Recurrence, first: dt.date, last: dt.date) -> list[Window]:
    """Return the days of each time in order; of more than can sensibly be ticked, the days of each month together."""
    windows = recurrence.occurrences(first, last)
    return windows if len(windows) <= MOST_TIMES else _by_month(windows)


def _by_month(windows: Sequence[Window]) -> list[Window]:
    months = groupby(windows, key=lambda window: (window[1].year, window[1].month))
    groups = [list(group) for _month, group in months]
    return [(group[0][0], group[-1][1]) for group in groups]


def overlap(one: Window, other: Window) -> int:
    """Return how many days two windows have in common."""
    return max(0, (min(one[1], other[1]) - max(one[0], other[0])).days + 1)
