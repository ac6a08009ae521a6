"""Dates of a reading: from stretches with their years, or counted from the plan's first day."""

from __future__ import annotations

import calendar
import datetime as dt
from itertools import pairwise

from .codes import Doubt, Kind, Period
from .line import Line
from .outcome import Reading
from .stretches import Stretch
from .years import Days, days, settled

_KINDS = {"day": Kind.BY_DATE, "month": Kind.MONTH, "months": Kind.MONTH_RANGE}
_IN_MONTHS = {Kind.MONTH, Kind.MONTH_RANGE}


def dated_reading(found: list[Stretch], line: Line) -> Reading | None:
    """Return the reading of all stretches together: the first day and the last one; None where there is no such day."""
    found, doubts = settled(found, line.period)
    line.doubt(*sorted(doubts))
    if not all(point.is_possible() for stretch in found for point in (stretch.first, stretch.last) if point):
        line.doubt(Doubt.IMPOSSIBLE_DATE)
        return None
    spans = [_ordered(days(stretch), line) for stretch in found]
    kind = _kind(found)
    start, end = _outer(found, spans, line.period)
    if len(spans) > 1 and not _follow(spans):
        line.doubt(Doubt.SEVERAL_DATES)
    if _is_whole(found, start, end, line.period):
        kind = Kind.WHOLE_PERIOD
    return Reading(kind, start, end)


def _ordered(span: Days, line: Line) -> Days:
    if span.start and span.end and span.start > span.end:
        line.doubt(Doubt.REVERSED)
        return Days(span.end, span.start)
    return span


def _outer(found: list[Stretch], spans: list[Days], period: Period | None) -> tuple[dt.date | None, dt.date | None]:
    if any(span.start is None and span.end is None for span in spans):  # a year is not known
        return None, None
    starts = [span.start for span in spans if span.start]
    ends = [span.end or span.start for span in spans]
    start, end = min(starts, default=None), max(day for day in ends if day)
    if all(stretch.mode == "since" for stretch in found):
        return start, period.end if period and start and period.end >= start else None
    return (min(start, end) if start else None), end


def _follow(spans: list[Days]) -> bool:
    """Say whether every span begins on the day after the one before: «сентябрь, октябрь»."""
    pairs = pairwise(spans)
    return all(a.end and b.start and (b.start - a.end).days == 1 for a, b in pairs)


def _kind(found: list[Stretch]) -> Kind:
    kinds = {_kind_of(stretch) for stretch in found}
    if len(kinds) == 1 and (len(found) == 1 or kinds != {Kind.MONTH}):
        return kinds.pop()
    return Kind.MONTH_RANGE if kinds <= _IN_MONTHS else Kind.RANGE


def _kind_of(stretch: Stretch) -> Kind:
    if stretch.mode == "since":
        return Kind.RANGE
    if stretch.mode != "within":
        return Kind.BY_DATE
    if stretch.last is None:
        return _KINDS.get(stretch.first.grain, Kind.RANGE)
    grains = {stretch.first.grain, stretch.last.grain}
    return Kind.MONTH_RANGE if grains <= {"month", "months"} else Kind.RANGE


def _is_whole(found: list[Stretch], start: dt.date | None, end: dt.date | None, period: Period | None) -> bool:
    """Say whether a year that is named holds the whole plan."""
    named = len(found) == 1 and found[0].mode == "within" and found[0].first.grain in {"year", "school_year"}
    return bool(named and period and start and end and start <= period.start and period.end <= end)


def counted_reading(counted: tuple[int, int, str], line: Line) -> Reading:
    """Return «первый месяц» and the like as days from the plan's first one."""
    if line.period is None:
        line.doubt(Doubt.PERIOD_UNKNOWN)
        return Reading(Kind.RELATIVE)
    line.doubt(Doubt.COUNTED_FROM_START)
    first, last, unit = counted
    start = line.period.start
    return Reading(Kind.RELATIVE, _after(start, first - 1, unit), _after(start, last, unit) - dt.timedelta(days=1))


def _after(day: dt.date, number: int, unit: str) -> dt.date:
    if unit != "месяц":
        return day + dt.timedelta(days=number * (7 if unit == "неделя" else 1))
    years, month = divmod(day.month - 1 + number, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
