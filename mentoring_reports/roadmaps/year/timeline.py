"""A roadmap as a picture of its time: geometry that the SVG template draws. Pure, without colours and without words.

Months go across, activities down, each with its name above its days; one picture for each section: so it prints over
pages, and three hundred activities stay readable, on a narrow screen, too. A stretch of days is a bar, a single day a
mark at its end; what is done, late or overdue is told by the mark's shape.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .times import Time

ROW_HEIGHT = 42.0
HEAD_HEIGHT = 40.0
MARGIN = 10.0  # on both sides: a mark on the first or last day is drawn whole
LEAST_CHART, LEAST_MONTH = 900.0, 30.0
LONGEST_LABEL = 90
DONE, LATE, OVERDUE, OPEN, CANCELLED = "done", "late", "overdue", "open", "cancelled"


@dataclass(frozen=True, slots=True)
class Month:
    """A column: its first day, where it begins and how wide it is; `is_first` of its year as far as it is drawn."""

    first: dt.date
    x: float
    width: float
    is_first: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One time: a bar from `x` to `x_end` where it lasts, and a mark of this shape at the end."""

    state: str
    x: float
    x_end: float
    starts_on: dt.date | None
    due_on: dt.date
    done_on: dt.date | None

    @property
    def width(self) -> float:
        """Return how long the bar is."""
        return round(self.x_end - self.x, 1)


@dataclass(frozen=True, slots=True)
class Lane:
    """An activity: its label, shortened to fit, and the marks of its times."""

    number: str
    label: str
    full_label: str
    y: float
    marks: list[Mark]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many marks are in each state: what is said of an activity with many times."""
        return sorted(Counter(mark.state for mark in self.marks).items())


@dataclass(frozen=True, slots=True)
class Picture:
    """One section."""

    width: float
    height: float
    lanes: list[Lane]


@dataclass(frozen=True)
class Scale:
    """The days across: the plan's months, whole, and further ones where an activity lies outside."""

    first: dt.date
    last: dt.date

    @classmethod
    def over(cls, first: dt.date, last: dt.date, days: Iterable[dt.date]) -> Scale:
        """Return whole months over the plan, a year more on each side at the most for days that lie outside."""
        year = dt.timedelta(days=365)
        near = [day for day in days if first - year <= day <= last + year]
        first, last = min([first, *near]), max([last, *near])
        return cls(first.replace(day=1), _month_end(last))

    @property
    def width(self) -> float:
        """Return the width of the days: a month never gets too narrow for its name."""
        return max(LEAST_CHART, LEAST_MONTH * self._months)

    @property
    def total_width(self) -> float:
        """Return the width with both margins."""
        return self.width + 2 * MARGIN

    @property
    def _months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def x(self, day: dt.date, *, end: bool = False) -> float:
        """Return where a day begins, or ends; days beyond the scale are drawn at its edge."""
        day = min(max(day, self.first), self.last)
        number, days = (day - self.first).days + end, (self.last - self.first).days + 1
        return round(MARGIN + self.width * number / days, 1)

    def today(self, day: dt.date) -> float | None:
        """Return where today's line stands; None outside of the picture."""
        return round((self.x(day) + self.x(day, end=True)) / 2, 1) if self.first <= day <= self.last else None

    def months(self) -> list[Month]:
        """Return the columns."""
        columns, first = [], self.first
        while first <= self.last:
            last = _month_end(first)
            x, end = self.x(first), self.x(last, end=True)
            columns.append(Month(first, x, round(end - x, 1), first == self.first or first.month == 1))
            first = last + dt.timedelta(days=1)
        return columns


def picture(scale: Scale, activities: Sequence[tuple[str, str, bool, Sequence[Time]]], day: dt.date) -> Picture:
    """Return the picture of (number, activity, is cancelled, times), one lane each, as things stand on the day."""
    lanes = [
        Lane(
            number=number,
            label=_shortened(f"{number} {activity}".strip()),
            full_label=f"{number} {activity}".strip(),
            y=HEAD_HEIGHT + place * ROW_HEIGHT,
            marks=[_mark(scale, time, day, is_cancelled=cancelled) for time in times],
        )
        for place, (number, activity, cancelled, times) in enumerate(activities)
    ]
    return Picture(scale.total_width, HEAD_HEIGHT + ROW_HEIGHT * len(lanes) + MARGIN, lanes)


def state_of_mark(time: Time, day: dt.date, *, is_cancelled: bool) -> str:
    """Return which shape tells of the time."""
    if is_cancelled and not time.is_done:
        return CANCELLED
    if time.is_done:
        return LATE if time.was_late else DONE
    return OVERDUE if time.is_overdue(day) else OPEN


def _mark(scale: Scale, time: Time, day: dt.date, *, is_cancelled: bool) -> Mark:
    end = scale.x(time.due_on, end=True)
    start = scale.x(time.starts_on) if time.starts_on else end
    state = state_of_mark(time, day, is_cancelled=is_cancelled)
    return Mark(state, min(start, end), end, time.starts_on, time.due_on, time.done_on)


def _shortened(label: str) -> str:
    label = " ".join(label.split())
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
