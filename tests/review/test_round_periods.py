"""Periods of each kind, and what a new round is proposed with."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.review.rounds.following import following, free_code, next_code, proposed, working_day
from mentoring_reports.review.rounds.periods import (
    Period,
    code_of,
    following_period,
    is_whole,
    months_later,
    moved,
    period_of,
    title_of,
)
from mentoring_reports.review.rounds.year import SchoolYear
from mentoring_reports.submissions.enums import RoundKind
from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.rates import Rates

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1995, 1, 1), dt.date(2150, 1, 1))
HALF = "Half-year %s of the school year %s"
kinds = st.sampled_from([kind for kind in RoundKind if kind is not RoundKind.OTHER])


def period(*ends):
    return Period(*map(dt.date.fromisoformat, ends))


def make(kind, about, code="2026-1", **dates):
    collecting = {"opens": about.end + DAY, "due": about.end + 15 * DAY, "closes": about.end + 25 * DAY}
    ends = {"period_start": about.start, "period_end": about.end}
    return Round(kind=kind, code=code, form_id=1, **ends, **{**collecting, **dates})


@pytest.mark.parametrize(
    ("kind", "day", "ends", "code", "title"),
    [
        ("school_year", "2026-11-21", ("2026-09-01", "2027-08-31"), "2026-27", "School year 2026/27"),
        ("school_year", "2026-08-31", ("2025-09-01", "2026-08-31"), "2025-26", "School year 2025/26"),
        ("half_year", "2026-09-01", ("2026-09-01", "2026-12-31"), "2026-27-1", HALF % ("I", "2026/27")),
        ("half_year", "2027-05-31", ("2027-01-01", "2027-05-31"), "2026-27-2", HALF % ("II", "2026/27")),
        ("half_year", "2027-07-05", ("2027-09-01", "2027-12-31"), "2027-28-1", HALF % ("I", "2027/28")),
        ("quarter", "2026-12-31", ("2026-10-01", "2026-12-31"), "2026-q4", "Quarter IV of 2026"),
        ("calendar_year", "2026-02-28", ("2026-01-01", "2026-12-31"), "2026", "Year 2026"),
        ("other", "2026-02-10", ("2026-02-10", "2026-03-09"), "2026-03-09", "Report for 02/10/2026 – 03/09/2026"),
    ],
)  # fmt: skip
def test_a_day_lies_in_a_period_that_has_a_name_and_a_code(kind, day, ends, code, title):
    found = period_of(RoundKind(kind), dt.date.fromisoformat(day))

    assert found == period(*ends)
    with translation.override("en"):
        assert (code_of(RoundKind(kind), found), title_of(RoundKind(kind), found)) == (code, title)


@pytest.mark.parametrize(
    ("kind", "ends", "next_ends"),
    [
        ("half_year", ("2026-09-01", "2026-12-31"), ("2027-01-01", "2027-05-31")),
        ("half_year", ("2027-01-01", "2027-05-31"), ("2027-09-01", "2027-12-31")),
        ("half_year", ("2027-01-01", "2027-06-30"), ("2027-07-01", "2027-12-31")),
        ("half_year", ("2027-07-01", "2027-12-31"), ("2028-01-01", "2028-06-30")),
        ("school_year", ("2026-09-01", "2027-05-31"), ("2027-09-01", "2028-05-31")),
        ("school_year", ("2026-09-01", "2027-08-31"), ("2027-09-01", "2028-08-31")),
        ("quarter", ("2026-10-01", "2026-12-31"), ("2027-01-01", "2027-03-31")),
        ("calendar_year", ("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")),
        ("other", ("2026-09-01", "2026-12-31"), ("2027-01-01", "2027-04-30")),
        ("other", ("2027-01-01", "2027-01-31"), ("2027-02-01", "2027-02-28")),
        ("other", ("2026-01-05", "2026-01-11"), ("2026-01-12", "2026-01-18")),
    ],
)
def test_the_next_period_is_of_the_same_kind_or_as_long(kind, ends, next_ends):
    assert following_period(RoundKind(kind), period(*ends)) == period(*next_ends)


@given(kinds, days)
def test_a_proposed_period_is_whole_and_so_is_the_next_one(kind, day):
    about = period_of(kind, day)
    after = following_period(kind, about)

    assert about.end >= day
    assert is_whole(kind, about)
    assert is_whole(kind, after)
    assert after.start > about.end
    assert period_of(kind, after.start) == after


@given(days, st.integers(0, 400), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_dates_stay_in_order_when_they_move(start, length, opens, due, closes):
    about = Period(start, start + length * DAY)
    first = about.end + opens * DAY
    collected = {"opens": first, "due": first + due * DAY, "closes": first + (due + closes) * DAY}

    made = following(make(RoundKind.OTHER, about, **collected))

    assert made["period_start"] == about.end + DAY
    assert made["period_start"] <= made["period_end"]
    assert made["opens"] <= made["due"] <= made["closes"]


def test_a_round_made_from_one_of_a_kind_keeps_the_kind_and_names_the_next_period():
    last = make(RoundKind.HALF_YEAR, period("2026-09-01", "2026-12-31"), "2026-27-1", opens=dt.date(2027, 1, 12))

    with translation.override("en"):
        made = following(last)

    assert (made["kind"], made["code"]) == (RoundKind.HALF_YEAR, "2026-27-2")
    assert made["title"] == "Half-year II of the school year 2026/27"
    assert made["opens"] == dt.date(2027, 6, 12)


@pytest.mark.parametrize(("code", "following_code"), [("2026-1", "2026-2"), ("r09", "r10"), ("spring", "spring")])
def test_a_code_counts_on(code, following_code):
    assert next_code(code) == following_code


def test_a_code_that_another_round_has_gets_a_letter():
    assert free_code("2026-q1", {"2026-q1", "2026-q1-b"}) == "2026-q1-c"


@given(days)
def test_nothing_is_proposed_for_a_weekend(day):
    found = working_day(day)

    assert found.weekday() < 5
    assert 0 <= (found - day).days <= 2


def test_a_proposal_takes_form_and_distances_from_the_last_round():
    last = make(RoundKind.QUARTER, period("2026-07-01", "2026-09-30"), opens=dt.date(2026, 10, 5))

    found = proposed(RoundKind.QUARTER, dt.date(2026, 11, 1), last)

    assert found["form"] == last.form_id
    assert found["opens"] == dt.date(2027, 1, 5)


def test_a_february_is_as_long_as_it_is():
    assert months_later(dt.date(2027, 12, 31), 2) == dt.date(2028, 2, 29)
    assert moved(dt.date(2026, 1, 31), period("2026-01-01", "2026-01-31"), period("2026-02-01", "2026-02-28")) == (
        dt.date(2026, 2, 28)
    )


# --- The year as a line ----------------------------------------------------------------------------------------------
@given(st.integers(1991, 2199))
def test_the_months_fill_the_year(year):
    months = SchoolYear(year).months

    assert [month.day.month for month in months] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]
    assert sum(month.width for month in months) == pytest.approx(100, abs=0.05)


def test_what_lies_outside_of_the_year_is_cut_or_left_out():
    year = SchoolYear(2026)
    half = make(RoundKind.HALF_YEAR, period("2026-01-01", "2026-10-31"), closes=dt.date(2027, 9, 10))
    half.pk = 1

    [row] = year.rows([half], {1: Rates()})

    assert (row.period.x, row.period.is_cut) == (0, True)
    assert row.late.x + row.late.width == pytest.approx(100, abs=0.01)
    assert set(row.marks) == {"opens", "due"}
    assert year.stretch(dt.date(2025, 1, 1), dt.date(2026, 8, 31)) is None
    assert year.place(dt.date(2026, 8, 31)) is None


@pytest.mark.parametrize("asked", ["", "20", "abcd", "0001", "9999", "²026", "20266"])
def test_a_year_that_makes_no_sense_is_todays(asked):
    assert SchoolYear.asked(asked, dt.date(2026, 8, 31)) == SchoolYear(2025)
