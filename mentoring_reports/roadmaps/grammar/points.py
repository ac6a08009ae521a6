"""Points in time as they are written: days, months, quarters, school years, with or without a year."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from .codes import Doubt

Grain = Literal["day", "part", "month", "months", "year", "school_year"]
SCHOOL_YEAR_STARTS = 9  # September


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a stretch of days of a year; `until` is where «до» ends when that is not the point's own last day."""

    first: tuple[int, int]
    last: tuple[int, int]  # day 0: the month's last
    grain: Grain
    year: int | None = None  # the year that `first` lies in
    doubts: tuple[Doubt, ...] = ()
    ends_early: bool = True  # «до» this point ends on the day before it

    def in_year(self, year: int) -> Point:
        """Return the point in that year."""
        return replace(self, year=year)

    def in_school_year(self, year: int) -> Point:
        """Return the point in the school year that starts in `year`."""
        return self.in_year(year if self.first[0] >= SCHOOL_YEAR_STARTS else year + 1)

    def is_possible(self) -> bool:
        """Say whether there are such days, in its year or in a leap year."""
        year = self.year or 2024
        return all(1 <= m <= 12 and 0 <= d <= calendar.monthrange(year, m)[1] for m, d in (self.first, self.last))  # noqa: PLR2004

    def start(self, year: int) -> dt.date:
        """Return the first day, where `first` lies in `year`."""
        return day_of(year, *self.first)

    def end(self, year: int) -> dt.date:
        """Return the last day, where `first` lies in `year`."""
        return day_of(year + (self.last[0] < self.first[0]), *self.last)

    def until(self, year: int) -> dt.date:
        """Return the last day that «до» this point still takes in."""
        return self.start(year) - dt.timedelta(days=1) if self.ends_early else self.end(year)


def day_of(year: int, month: int, day: int) -> dt.date:
    """Return the day; 0, or a day after the month's last (29 February), is the month's last."""
    length = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day or length, length))


def day(month: int, number: int, year: int = 0) -> Point:
    """Return one day; «до» takes it in."""
    return Point((month, number), (month, number), "day", year or None, ends_early=False)


def month(number: int, year: int = 0) -> Point:
    """Return a month."""
    return Point((number, 1), (number, 0), "month", year or None)


def months(first: int, last: int, year: int = 0, *doubts: Doubt) -> Point:
    """Return several months running, perhaps over the turn of the year."""
    return Point((first, 1), (last, 0), "months", year or None, doubts)


def year_of(year: int) -> Point:
    """Return a calendar year."""
    return Point((1, 1), (12, 0), "year", year)


def school_year(year: int | None, *doubts: Doubt) -> Point:
    """Return 1 September to 31 August."""
    return Point((9, 1), (8, 0), "school_year", year, doubts)
