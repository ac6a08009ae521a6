"""Whole days, ends included: the one place that knows how the register turns two dates into a range."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, F, Func, GeneratedField, Q, Value, When


def span(first: dt.date, last: dt.date | None) -> DateRange:
    """Return the days from `first` to `last` inclusive (no last day: for ever), as PostgreSQL itself writes them."""
    return DateRange(first, last + dt.timedelta(days=1) if last else None, "[)")


def span_expression(first: str, last: str) -> Func:
    """Return the same range over two columns.

    Two dates in the wrong order make a range of one day, not an error of the function: it is the CHECK beside the
    column that refuses them, by its name.
    """
    ordered = Case(When(Q(**{f"{last}__lt": F(first)}), then=F(first)), default=F(last))
    return Func(F(first), ordered, Value("[]"), function="daterange")


def generated_span(first: str, last: str) -> Any:
    """Return a column that PostgreSQL keeps equal to the days from one column to the other."""
    return GeneratedField(expression=span_expression(first, last), output_field=DateRangeField(), db_persist=True)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def whole_years(since: dt.date, day: dt.date) -> int:
    """Return how many whole years have passed from `since` to `day`; never less than none."""
    return max(0, day.year - since.year - ((day.month, day.day) < (since.month, since.day)))


def covers(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    """Say whether the day lies between the two, both included."""
    return first <= day and (last is None or day <= last)


def active_on(first: str, last: str, day: dt.date) -> Q:
    """Return the condition that a row's days, both ends included, hold the day."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": day}))
