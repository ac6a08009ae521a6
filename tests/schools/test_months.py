"""Months of a filter."""

from __future__ import annotations

import datetime as dt

import pytest

from schools.months import Month, months_between

MAY = Month(dt.date(2026, 5, 1))


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-00", "2026-13", "2026-5", "26-05", "2026-05-01", "0000-01", "٢٠٢٦-05"]
)
def test_what_is_not_a_month_is_none(code):
    assert Month.parse(code) is None


def test_a_month_is_named_as_it_is_read():
    assert Month.parse(MAY.code) == MAY


def test_after_december_comes_january():
    assert Month(dt.date(2026, 12, 1)).following == Month(dt.date(2027, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        (dt.date(2026, 4, 1), dt.date(2026, 4, 30), False),
        (dt.date(2026, 4, 30), dt.date(2026, 5, 1), True),
        (dt.date(2026, 5, 31), dt.date(2026, 7, 1), True),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 2), False),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31), True),
        (None, dt.date(2026, 5, 15), True),
        (None, dt.date(2026, 6, 15), False),
        (dt.date(2026, 5, 15), None, True),
        (None, None, True),
    ],
)
def test_an_activity_touches_a_month_when_a_day_of_it_lies_there(start, end, touches):
    assert MAY.touches(start, end) is touches


def test_the_months_of_a_school_year():
    months = months_between(dt.date(2026, 9, 15), dt.date(2027, 5, 1))

    assert [month.code for month in months][::4] == ["2026-09", "2027-01", "2027-05"]
    assert len(months) == 9
