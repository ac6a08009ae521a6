"""The demonstration's calendar: three half-yearly rounds over two school years, whatever day it is.

A school year has two halves that are reported on: September to December, and January to May. The three rounds concern
the last three halves that ended before the base day (the day on which the demonstration was first loaded). The two
older rounds were held right after their halves and are closed; the newest one is being held around the base day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

ROUNDS = 3
OPENED_DAYS_AGO, DUE_IN_DAYS, CLOSES_IN_DAYS = 9, 12, 22
SEPTEMBER, DECEMBER = 9, 12


@dataclass(frozen=True, order=True)
class Half:
    """One half of a school year; `year` is the calendar year in which the school year began."""

    year: int
    number: int

    @property
    def start(self) -> dt.date:
        """Return the first day."""
        return dt.date(self.year, SEPTEMBER, 1) if self.number == 1 else dt.date(self.year + 1, 1, 1)

    @property
    def end(self) -> dt.date:
        """Return the last day."""
        return dt.date(self.year, DECEMBER, 31) if self.number == 1 else dt.date(self.year + 1, 5, 31)

    @property
    def before(self) -> Half:
        """Return the half before this one."""
        return Half(self.year - 1, 2) if self.number == 1 else Half(self.year, 1)

    @property
    def code(self) -> str:
        """Return a code for addresses and files, such as `2025-26-1`."""
        return f"{self.year}-{(self.year + 1) % 100:02}-{self.number}"

    @property
    def title(self) -> str:
        """Return the round's title."""
        return f"{'I' * self.number} полугодие {self.year}/{(self.year + 1) % 100:02} учебного года"

    @property
    def window(self) -> Window:
        """Return when reports about this half are collected: right after it."""
        year = self.year + 1
        if self.number == 1:
            return Window(dt.date(year, 1, 12), dt.date(year, 1, 26), dt.date(year, 2, 5))
        return Window(dt.date(year, 6, 3), dt.date(year, 6, 17), dt.date(year, 6, 27))


@dataclass(frozen=True)
class Window:
    """The days of a round, each included."""

    opens: dt.date
    due: dt.date
    closes: dt.date


@dataclass(frozen=True)
class RoundPlan:
    """One of the three rounds."""

    half: Half
    window: Window
    is_open: bool


@dataclass(frozen=True)
class Calendar:
    """Everything that depends on the base day."""

    base: dt.date

    @property
    def rounds(self) -> tuple[RoundPlan, ...]:
        """Return the rounds, the oldest first; the last one is open on the base day."""
        newest = last_half_before(self.base)
        halves = [newest.before.before, newest.before]
        finished = [RoundPlan(half, half.window, is_open=False) for half in halves]
        return (*finished, RoundPlan(newest, self._open_window(newest), is_open=True))

    @property
    def programme_start(self) -> dt.date:
        """Return the first day of the school year in which the oldest round falls."""
        return dt.date(self.rounds[0].half.year, SEPTEMBER, 1)

    @property
    def programme_end(self) -> dt.date:
        """Return the last day of the base day's school year: the roadmaps are not over yet."""
        return dt.date(school_year(self.base) + 1, 8, 31)

    @property
    def school_years(self) -> range:
        """Return the first calendar years of the programme's school years."""
        return range(self.programme_start.year, self.programme_end.year)

    def _open_window(self, half: Half) -> Window:
        opens = max(half.end + dt.timedelta(days=1), self.base - dt.timedelta(days=OPENED_DAYS_AGO))
        return Window(opens, self.base + dt.timedelta(days=DUE_IN_DAYS), self.base + dt.timedelta(days=CLOSES_IN_DAYS))


def school_year(day: dt.date) -> int:
    """Return the calendar year in which the school year of `day` began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def last_half_before(day: dt.date) -> Half:
    """Return the newest half that ended before `day`."""
    half = Half(school_year(day), 2)
    while half.end >= day:
        half = half.before
    return half
