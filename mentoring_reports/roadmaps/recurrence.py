"""How often an activity comes back, and the days of each time. Pure; as JSON it is kept with the activity."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

Unit = Literal["day", "week", "month", "quarter", "term", "half_year", "year"]
Window = tuple[dt.date, dt.date]

# The months that windows of a unit begin with. Terms of school are a convention.
_FIRST_MONTHS: dict[str, tuple[int, ...]] = {
    "month": tuple(range(1, 13)),
    "quarter": (1, 4, 7, 10),
    "term": (1, 4, 9, 11),
    "half_year": (1, 7),
    "year": (1,),
}
_USUAL_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "term": 61, "half_year": 182, "year": 365}
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """So many `times` in every `interval` units; with a day of the month, a weekday or a month where one is named.

    `day` is the last day to be on time («до 25 числа»), or the day itself where `exact`. `weekday` counts from Monday
    as 0; `nth` says which one of the month, -1 the last. `month` names the month of a yearly activity.
    """

    every: Unit
    times: int = 1
    interval: int = 1
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    month: int | None = None
    exact: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the unit and whatever differs from the ordinary."""
        ordinary = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in asdict(self).items() if value != ordinary[name]}

    @classmethod
    def from_json(cls, value: dict[str, Any] | None) -> Recurrence | None:
        """Return what `as_json` gave; None for nothing, ValueError for what it never gives."""
        if not value:
            return None
        names = {field.name for field in fields(cls)}
        if not set(value) <= names or value.get("every") not in get_args(Unit):
            raise ValueError(value)
        return cls(**value)

    def occurrences(self, start: dt.date, end: dt.date) -> list[Window]:
        """Return the first and last day of each time from `start` to `end`, in order and within them.

        A beginning or an end shorter than half a unit belongs to its neighbour: a quarterly activity of a school year
        is done four times, the first one from September to December.
        """
        if end < start:
            return []
        named = self._named_days(start, end)
        if named is not None:
            return named
        units = _joined(self._units(start, end), _USUAL_DAYS[self.every] * self.interval)
        return [part for unit in units for part in _split(unit, self.times)]

    def _named_days(self, start: dt.date, end: dt.date) -> list[Window] | None:
        if self.weekday is not None and self.nth is None:
            return [(day, day) for day in _days(start, end) if day.weekday() == self.weekday][:: self.interval]
        if self.day is None and self.nth is None and self.month is None:
            return None
        windows = (self._in_month(first) for first in self._months(start, end))
        return [cut for window in windows if window and (cut := _cut(window, start, end))]

    def _months(self, start: dt.date, end: dt.date) -> list[dt.date]:
        months = [first for first, _last in _calendar(start, end, _FIRST_MONTHS["month"])]
        if self.month is not None:
            return [first for first in months if first.month == self.month]
        if self.every in {"quarter", "half_year", "year"}:  # the day is one of the unit's last month
            length = 12 // len(_FIRST_MONTHS[self.every])
            return [first for first in months if first.month % length == 0]
        return months[:: self.interval]

    def _in_month(self, first: dt.date) -> Window | None:
        last = _month_end(first)
        if self.nth is not None and self.weekday is not None:
            days = [day for day in _days(first, last) if day.weekday() == self.weekday]
            place = self.nth if self.nth < 0 else self.nth - 1
            return (days[place], days[place]) if -len(days) <= place < len(days) else None
        if self.day is None:
            return first, last
        day = first.replace(day=min(self.day, last.day))
        return (day, day) if self.exact else (first, day)

    def _units(self, start: dt.date, end: dt.date) -> list[Window]:
        if self.every in {"day", "week"}:
            return list(_weeks_or_days(start, end, self.every, self.interval))
        units = list(_calendar(start, end, _FIRST_MONTHS[self.every]))
        cut = [(max(first, start), min(last, end)) for first, last in units]
        return [(group[0][0], group[-1][1]) for group in _grouped(cut, self.interval)]


def _days(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    for number in range((end - start).days + 1):
        yield start + dt.timedelta(days=number)


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _cut(window: Window, start: dt.date, end: dt.date) -> Window | None:
    """Return the window within the days; none where its last day, by which it is to be done, lies outside."""
    return (max(window[0], start), window[1]) if start <= window[1] <= end else None


def _calendar(start: dt.date, end: dt.date, first_months: tuple[int, ...]) -> Iterator[Window]:
    firsts = [
        dt.date(y, m, 1) for y in range(max(start.year - 1, 1), min(end.year + 1, 9998) + 1) for m in first_months
    ]
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        last = following - _ONE_DAY if following else dt.date(first.year, 12, 31)
        if first <= end and last >= start:
            yield first, last


def _weeks_or_days(start: dt.date, end: dt.date, unit: str, interval: int) -> Iterator[Window]:
    """Return days, or weeks from Monday to Sunday, cut to the days asked for."""
    length = (7 if unit == "week" else 1) * interval
    first = start - dt.timedelta(days=start.weekday()) if unit == "week" and start.toordinal() > 7 else start  # noqa: PLR2004
    while first <= end:
        last = first + dt.timedelta(days=min(length - 1, (dt.date.max - first).days))
        yield max(first, start), min(last, end)
        if last >= end:
            return
        first = last + _ONE_DAY


def _grouped(windows: list[Window], size: int) -> list[list[Window]]:
    return [windows[at : at + size] for at in range(0, len(windows), size)]


def _joined(windows: list[Window], usual: int) -> list[Window]:
    """Join a short first or last window with its neighbour."""
    if len(windows) > 1 and _length(windows[0]) * 2 < usual:
        windows = [(windows[0][0], windows[1][1]), *windows[2:]]
    if len(windows) > 1 and _length(windows[-1]) * 2 < usual:
        windows = [*windows[:-2], (windows[-2][0], windows[-1][1])]
    return windows


def _split(window: Window, times: int) -> Iterator[Window]:
    """Share the window's days out among so many times, as evenly as whole days allow."""
    length = _length(window)
    times = max(1, min(times, length))
    for number in range(times):
        first = window[0] + dt.timedelta(days=length * number // times)
        yield first, window[0] + dt.timedelta(days=length * (number + 1) // times - 1)


def _length(window: Window) -> int:
    return (window[1] - window[0]).days + 1
