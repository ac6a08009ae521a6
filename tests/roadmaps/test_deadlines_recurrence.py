"""How often an activity comes back: the days of each time, and the value kept as JSON."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_reports.roadmaps.deadlines import Recurrence, read_deadline
from mentoring_reports.roadmaps.recurrence import Unit

YEAR = (dt.date(2022, 9, 1), dt.date(2023, 8, 31))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
REGULAR = st.builds(Recurrence, st.sampled_from(get_args(Unit)), times=st.integers(1, 5), interval=st.integers(1, 4))
MONTHLY = st.builds(Recurrence, st.just("month"), day=st.integers(1, 31), exact=st.booleans())
WEEKDAYS = st.builds(Recurrence, st.sampled_from(["week", "month"]), weekday=st.integers(0, 6))
NTH = st.builds(Recurrence, st.just("month"), weekday=st.integers(0, 6), nth=st.sampled_from([-1, 1, 2, 3, 4, 5]))
YEARLY = st.builds(Recurrence, st.just("year"), month=st.integers(1, 12), day=st.none() | st.integers(1, 31))
RECURRENCES = st.one_of(REGULAR, MONTHLY, WEEKDAYS, NTH, YEARLY)


def windows(text: str, start: dt.date = YEAR[0], end: dt.date = YEAR[1]) -> list[tuple[dt.date, dt.date]]:
    """Return the days of each time of a phrase."""
    read = read_deadline(text, (start, end))
    assert read.recurrence
    return read.recurrence.occurrences(start, end)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 раз в квартал", 4),
        ("ежемесячно", 12),
        ("раз в полугодие", 2),
        ("2 раза в год", 2),
        ("3 раза в год", 3),
        ("ежегодно", 1),
        ("раз в четверть", 4),
        ("раз в два месяца", 6),
        ("2 раза в месяц", 24),
        ("до 25 числа каждого месяца", 12),
        ("последняя пятница месяца", 12),
        ("ежегодно, до 1 сентября", 1),
    ],
)
def test_a_school_year_holds_so_many_times(text: str, number: int) -> None:
    assert len(windows(text)) == number


def test_the_quarters_of_a_school_year() -> None:
    assert [last for _first, last in windows("ежеквартально")] == [
        dt.date(2022, 12, 31),
        dt.date(2023, 3, 31),
        dt.date(2023, 6, 30),
        dt.date(2023, 8, 31),
    ]


def test_every_month_by_a_day() -> None:
    found = windows("до 30 числа каждого месяца", dt.date(2023, 1, 10), dt.date(2023, 3, 30))

    assert found == [
        (dt.date(2023, 1, 10), dt.date(2023, 1, 30)),
        (dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        (dt.date(2023, 3, 1), dt.date(2023, 3, 30)),
    ]


def test_every_tuesday() -> None:
    found = windows("каждый вторник", dt.date(2022, 9, 1), dt.date(2022, 9, 20))

    assert found == [(day, day) for day in (dt.date(2022, 9, 6), dt.date(2022, 9, 13), dt.date(2022, 9, 20))]


def test_no_days_no_times() -> None:
    assert Recurrence("month").occurrences(dt.date(2023, 2, 1), dt.date(2023, 1, 1)) == []


@settings(deadline=None)
@given(RECURRENCES, DAYS, st.integers(0, 1200))
def test_times_are_in_order_apart_and_within_the_days(again: Recurrence, start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)

    found = again.occurrences(start, end)

    days = [day for window in found for day in window]
    assert days == sorted(days)
    assert all(start <= first <= last <= end for first, last in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))


@settings(deadline=None)
@given(REGULAR, DAYS, st.integers(0, 1200))
def test_regular_times_leave_no_day_out(again: Recurrence, start: dt.date, length: int) -> None:
    found = again.occurrences(start, start + dt.timedelta(days=length))

    assert sum((last - first).days + 1 for first, last in found) == length + 1


@given(RECURRENCES)
def test_a_recurrence_survives_json(again: Recurrence) -> None:
    assert Recurrence.from_json(json.loads(json.dumps(again.as_json()))) == again


@pytest.mark.parametrize("value", [{"every": "moon"}, {"day": 1}, {"every": "month", "colour": "red"}])
def test_json_of_something_else_is_refused(value: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Recurrence.from_json(value)


def test_nothing_is_no_recurrence() -> None:
    assert Recurrence.from_json(None) is None
