"""The demonstration's calendar: right on whatever day it is loaded."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from mentoring_reports.submissions.models import Round
from portal.demonstration.calendar import Calendar, school_year

any_day = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


@given(any_day)
@example(dt.date(2027, 1, 1))
@example(dt.date(2026, 6, 1))
@example(dt.date(2028, 2, 29))
def test_on_any_day_two_rounds_are_finished_and_one_is_open(day: dt.date) -> None:
    windows = [plan.window for plan in Calendar(day).rounds]

    finished, newest = windows[:2], windows[2]

    assert all(window.closes < day for window in finished)
    assert newest.opens <= day <= newest.due


@given(any_day)
def test_the_rounds_follow_each_other_over_two_school_years(day: dt.date) -> None:
    halves = [plan.half for plan in Calendar(day).rounds]

    assert halves == sorted(halves)
    assert len({half.year for half in halves}) == 2
    assert [half.before for half in halves[1:]] == halves[:2]


@given(any_day)
def test_every_round_satisfies_the_rounds_own_rules(day: dt.date) -> None:
    for plan in Calendar(day).rounds:
        window = plan.window

        Round(opens=window.opens, due=window.due, closes=window.closes).clean()

        assert plan.half.start < plan.half.end < window.opens


@given(any_day)
def test_the_programme_covers_every_round_and_the_day_itself(day: dt.date) -> None:
    calendar = Calendar(day)

    assert calendar.programme_start <= calendar.rounds[0].half.start
    assert calendar.programme_end >= day
    assert school_year(day) in calendar.school_years


def test_a_round_is_named_as_a_municipality_would_name_it() -> None:
    oldest, middle, newest = (plan.half for plan in Calendar(dt.date(2026, 11, 21)).rounds)

    assert [oldest.code, middle.code, newest.code] == ["2024-25-2", "2025-26-1", "2025-26-2"]
    assert newest.title == "II полугодие 2025/26 учебного года"
