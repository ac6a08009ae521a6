"""Stretches of time that are reported on: which one a day lies in, which one comes next, what a round of it is called.

School years and their halves end where a municipality lets them end, in May, in June or with August: what is proposed
comes first in `SPANS`, the others are as good. Half-years of the calendar are known too.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.submissions.enums import RoundKind

SEPTEMBER, YEAR = 9, 12
ONE_DAY = dt.timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")

Span = tuple[int, int]  # the first and the last month of whole months
SPANS: dict[RoundKind, tuple[Span, ...]] = {
    RoundKind.SCHOOL_YEAR: ((9, 8), (9, 5), (9, 6)),
    RoundKind.HALF_YEAR: ((9, 12), (1, 5), (1, 6), (7, 12)),
    RoundKind.QUARTER: ((1, 3), (4, 6), (7, 9), (10, 12)),
    RoundKind.CALENDAR_YEAR: ((1, 12),),
}
PROPOSED = {**SPANS, RoundKind.SCHOOL_YEAR: ((9, 8),), RoundKind.HALF_YEAR: ((9, 12), (1, 5))}
NEXT_HALF: dict[Span, Span] = {(9, 12): (1, 5), (1, 5): (9, 12), (1, 6): (7, 12), (7, 12): (1, 6)}
NUMBERS: dict[Span, int] = {(9, 12): 1, (1, 5): 2, (1, 6): 1, (7, 12): 2, (1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}
OF_THE_CALENDAR = {(1, 6), (7, 12)}


class Period(NamedTuple):
    """First and last day."""

    start: dt.date
    end: dt.date


def period_of(kind: RoundKind, day: dt.date) -> Period:
    """Return the period of the kind that `day` lies in, or the next one to begin; of any dates, a month from `day`."""
    if kind is RoundKind.OTHER:
        return Period(day, months_later(day, 1) - ONE_DAY)
    years = (day.year - 1, day.year, day.year + 1)
    return min(period for year in years for span in PROPOSED[kind] if (period := _period(span, year)).end >= day)


def is_whole(kind: RoundKind, period: Period) -> bool:
    """Say whether these days are a whole period of the kind; any dates are."""
    return kind is RoundKind.OTHER or _span(period) in SPANS[kind]


def following_period(kind: RoundKind, period: Period) -> Period:
    """Return the period after this one: the next of its kind, or one just as long."""
    span = _span(period)
    if span and kind is RoundKind.HALF_YEAR and is_whole(kind, period):
        following = NEXT_HALF[span]
        return _period(following, period.end.year + (following[0] <= period.end.month))
    if kind is RoundKind.SCHOOL_YEAR and is_whole(kind, period):
        return Period(months_later(period.start, YEAR), months_later(period.end, YEAR))
    return Period(period.end + ONE_DAY, _after_its_length(period.end, period))


def moved(day: dt.date, before: Period, after: Period) -> dt.date:
    """Return a day that stands to one period as it should stand to another: months move by months, else by days."""
    if _span(before) and _span(after):
        return months_later(day, _months_between(before.end, after.end))
    return day + (after.end - before.end)


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last day of a month stays the last."""
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, last if (day + ONE_DAY).day == 1 else min(day.day, last))


def school_year_of(day: dt.date) -> int:
    """Return the calendar year in which the school year of `day` began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def title_of(kind: RoundKind, period: Period) -> str:
    """Return what a round about the period may be called."""
    span = _span(period)
    if kind is RoundKind.OTHER or span not in SPANS[kind]:
        start, end = (date_format(day, "SHORT_DATE_FORMAT") for day in period)
        return _("Report for %(start)s – %(end)s") % {"start": start, "end": end}
    titles = {
        RoundKind.SCHOOL_YEAR: _("School year %(years)s"),
        RoundKind.HALF_YEAR: _("Half-year %(number)s of the school year %(years)s"),
        RoundKind.QUARTER: _("Quarter %(number)s of %(year)s"),
        RoundKind.CALENDAR_YEAR: _("Year %(year)s"),
    }
    title = _("Half-year %(number)s of %(year)s") if span in OF_THE_CALENDAR else titles[kind]
    years = f"{school_year_of(period.start)}/{_last_two(school_year_of(period.start) + 1)}"
    return title % {"year": period.start.year, "years": years, "number": ROMAN[NUMBERS.get(span, 1) - 1]}


def code_of(kind: RoundKind, period: Period) -> str:
    """Return a code for the round: 2026-27, 2026-27-1, 2026-h1, 2026-q1, 2026; of any dates the last day."""
    span, year = _span(period), period.start.year
    if kind is RoundKind.OTHER or span not in SPANS[kind]:
        return period.end.isoformat()
    number, first = NUMBERS.get(span, 1), school_year_of(period.start)
    years = f"{first}-{_last_two(first + 1)}"
    codes = {
        RoundKind.SCHOOL_YEAR: years,
        RoundKind.HALF_YEAR: f"{year}-h{number}" if span in OF_THE_CALENDAR else f"{years}-{number}",
        RoundKind.QUARTER: f"{year}-q{number}",
        RoundKind.CALENDAR_YEAR: str(year),
    }
    return codes[kind]


def _span(period: Period) -> Span | None:
    """Return the months of a period of whole months, a year at most; None of any other."""
    start, end = period
    is_whole_months = start.day == 1 and (end + ONE_DAY).day == 1
    return (start.month, end.month) if is_whole_months and _months_between(start, end) < YEAR else None


def _period(span: Span, year: int) -> Period:
    first, last = span
    start = dt.date(year, first, 1)
    return Period(start, months_later(start, (last - first) % YEAR + 1) - ONE_DAY)


def _after_its_length(day: dt.date, period: Period) -> dt.date:
    if _span(period):
        return months_later(day, _months_between(*period) + 1)
    return day + (period.end - period.start + ONE_DAY)


def _months_between(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * YEAR + last.month - first.month


def _last_two(year: int) -> str:
    return f"{year % 100:02}"
