"""Days counted from a day, forwards and back, by the units of relative deadlines. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from mentoring_reports.roadmaps.deadlines import Doubt

_MONTHS = {"месяц": 1, "квартал": 3, "полугодие": 6, "год": 12}
_DAYS = {"день": 1, "неделя": 7}
_SATURDAY = 5
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The first day, where there is one, the last one, and what is doubtful about them."""

    start: dt.date | None
    end: dt.date
    doubts: tuple[Doubt, ...] = ()


def after(day: dt.date, unit: str, number: int) -> dt.date:
    """Return the day so many units later: a month after 31 January is the last day of February."""
    if unit == "работы":
        return working_days(day + _ONE_DAY, unit, number).end
    if unit in _DAYS:
        return day + dt.timedelta(days=_DAYS[unit] * number)
    years, month = divmod(day.month - 1 + _MONTHS[unit] * number, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def before(day: dt.date, unit: str, number: int) -> dt.date:
    """Return the day so many units earlier."""
    if unit != "работы":
        return after(day, unit, -number)
    while number:
        day -= _ONE_DAY
        number -= day.weekday() < _SATURDAY
    return day


def nth(start: dt.date, unit: str, place: int) -> Span | None:
    """Return the unit of a place, counted from the first day: the second week is its days 8 to 14."""
    if place < 1 or unit == "работы":
        return None
    return Span(after(start, unit, place - 1), after(start, unit, place) - _ONE_DAY)


def working_days(start: dt.date, unit: str, number: int) -> Span:
    """Return the first so many units, the first day included; of working days holidays are not known."""
    if unit != "работы":
        return Span(start, after(start, unit, number) - _ONE_DAY)
    day = start - _ONE_DAY
    while number:
        day += _ONE_DAY
        number -= day.weekday() < _SATURDAY
    return Span(start, day, (Doubt.APPROXIMATE,))
