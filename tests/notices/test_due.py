"""Which notices are due on a day, from the facts alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.notices.due import RECENT, Event, Notice, Plan, RoundFacts, expected_again, school_notices
from mentoring_reports.notices.enums import REMINDERS, NoticeKind
from mentoring_reports.notices.overview import RoundNumbers, municipal_notices

JUNE = dt.date(2026, 6, 1)
PLAN = Plan(days_before=(7, 1), days_after=(1, 5))


def june(day: int) -> dt.date:
    return JUNE + dt.timedelta(days=day - 1)


def facts(**changes: Any) -> RoundFacts:
    """A round from 1 June, due on 15, closing on 30, in which nothing has been handed in."""
    usual: dict[str, Any] = {
        "round_id": 5, "title": "Сбор", "opens": june(1), "due": june(15), "closes": june(30),
        "is_expected": True, "state": "не сдан",
    }  # fmt: skip
    return RoundFacts(**{**usual, **changes})


def kinds(day: int, **changes: Any) -> list[NoticeKind]:
    return [notice.kind for notice in school_notices([facts(**changes)], PLAN, june(day))]


def told_by_a_daily_job(days: range, plan: Plan = PLAN, **changes: Any) -> list[tuple[int, NoticeKind]]:
    """What a school is told when the job runs every one of these days and tells no key twice."""
    told: set[str] = set()
    news = []
    for day in days:
        fresh = [n for n in school_notices([facts(**changes)], plan, june(day)) if n.key not in told]
        told |= {notice.key for notice in fresh}
        news += [(day, notice.kind) for notice in fresh]
    return news


def test_a_school_that_does_nothing_is_told_each_thing_once_on_its_day():
    assert told_by_a_daily_job(range(-3, 45)) == [
        (1, NoticeKind.OPENS),
        (8, NoticeKind.BEFORE),
        (14, NoticeKind.BEFORE),
        (15, NoticeKind.ON_DAY),
        (16, NoticeKind.AFTER),
        (20, NoticeKind.AFTER),
    ]


def test_who_has_handed_in_is_not_reminded():
    assert told_by_a_daily_job(range(2, 45), has_handed_in=True, state="представлен") == []


def test_an_exempt_school_is_not_reminded():
    assert told_by_a_daily_job(range(1, 45), is_expected=False) == []


def test_an_extension_moves_every_reminder():
    news = told_by_a_daily_job(range(2, 45), due=june(25))

    assert [day for day, kind in news if kind in REMINDERS - {NoticeKind.OPENS}] == [18, 24, 25, 26, 30]


def test_a_report_sent_back_is_reminded_from_that_day_and_never_called_late():
    news = told_by_a_daily_job(range(1, 45), has_handed_in=True, sent_back_on=june(18), state="возвращён")

    assert news == [(19, NoticeKind.CORRECT), (23, NoticeKind.CORRECT)]


def test_a_report_sent_back_before_the_due_date_is_reminded_of_it():
    news = told_by_a_daily_job(range(10, 45), has_handed_in=True, sent_back_on=june(10), state="возвращён")

    assert [kind for _day, kind in news] == [
        NoticeKind.BEFORE, NoticeKind.ON_DAY, NoticeKind.CORRECT, NoticeKind.CORRECT,
    ]  # fmt: skip


def test_of_reminders_that_were_missed_only_the_nearest_is_sent():
    before = [n for n in school_notices([facts()], PLAN, june(14)) if n.kind is NoticeKind.BEFORE]
    after = [n for n in school_notices([facts()], PLAN, june(25)) if n.kind is NoticeKind.AFTER]

    assert [(notice.key, notice.days) for notice in before] == [("before-1:5:2026-06-15", 1)]
    assert [(notice.key, notice.days) for notice in after] == [("after-5:5:2026-06-15", 10)]


def test_a_day_late_the_reminder_says_the_days_that_are_really_left():
    (reminder,) = [n for n in school_notices([facts()], PLAN, june(10)) if n.kind is NoticeKind.BEFORE]

    assert (reminder.key, reminder.days) == ("before-7:5:2026-06-15", 5)


def test_a_reminder_that_would_come_with_the_opening_is_left_out():
    assert kinds(1, due=june(5)) == [NoticeKind.OPENS]


def test_nothing_is_said_before_the_round_opens_or_after_it_closes():
    assert kinds(0) == []
    assert kinds(31) == []


def test_a_decision_is_news_for_two_weeks():
    event = Event(NoticeKind.ACCEPTED, 77, june(20), author="Методист", revision=1)

    known = {day: kinds(day, has_handed_in=True, events=(event,)) for day in (19, 20, 34, 35)}

    assert known == {19: [], 20: [NoticeKind.ACCEPTED], 34: [NoticeKind.ACCEPTED], 35: []}


def test_a_decision_after_the_round_has_closed_is_told_too():
    event = Event(NoticeKind.RETURNED, 78, june(40), reason="Проверьте.", author="Методист", revision=2)

    (notice,) = school_notices([facts(has_handed_in=True, sent_back_on=june(40), events=(event,))], PLAN, june(40))

    assert (notice.key, notice.reason, notice.revision) == ("decision:78", "Проверьте.", 2)


def test_only_who_was_told_of_an_exemption_is_told_that_it_is_withdrawn():
    told = {"exemption:9:5", "opens:5:2026-06-01"}

    assert [n.key for n in expected_again([facts()], told, june(10))] == ["expected-again:9:5"]
    assert expected_again([facts()], set(), june(10)) == []
    assert expected_again([facts(is_expected=False, exemption_id=9)], told, june(10)) == []
    assert expected_again([facts()], told, june(31)) == []


@given(
    due=st.integers(1, 30),
    sent_back=st.none() | st.integers(1, 30),
    days_before=st.lists(st.integers(1, 20), max_size=4, unique=True),
    days_after=st.lists(st.integers(1, 20), max_size=4, unique=True),
)
def test_at_most_one_reminder_a_day_and_no_key_twice_whatever_the_plan(due, sent_back, days_before, days_after):
    plan = Plan(tuple(days_before), tuple(days_after))
    standing = {"has_handed_in": True, "sent_back_on": june(sent_back)} if sent_back else {}
    for day in range(-1, 50):
        notices = school_notices([facts(due=june(due), **standing)], plan, june(day))
        reminders = [notice for notice in notices if notice.kind is not NoticeKind.OPENS]
        assert len(reminders) <= 1
        assert len({notice.key for notice in notices}) == len(notices)
        assert all(notice.days is None or notice.days >= 0 for notice in notices)
        assert not sent_back or NoticeKind.AFTER not in {notice.kind for notice in notices}


# --- Methodists ------------------------------------------------------------------------------------------------------
def numbers(**changes: Any) -> RoundNumbers:
    usual: dict[str, Any] = {
        "round_id": 5, "title": "Сбор", "opens": june(1), "due": june(15), "closes": june(30),
        "expected": 12, "missing": 4,
    }  # fmt: skip
    return RoundNumbers(**{**usual, **changes})


def overview(day: int, told: set[str] | None = None, **changes: Any) -> list[Notice]:
    """What a methodist hears who was told these keys."""
    told = told or set()
    return [n for n in municipal_notices([numbers(**changes)], told, june(day)) if n.key not in told]


def test_methodists_hear_of_reports_that_are_new_since_they_were_told():
    told = {"round-opens:5:2026-06-01"}
    (first,) = overview(5, told, waiting=(31, 30))
    told.add(first.key)
    again = overview(6, told, waiting=(31, 30))
    (resubmitted,) = overview(7, told, waiting=(30, 33))

    assert (first.count, first.total) == (2, 2)
    assert again == []
    assert (resubmitted.count, resubmitted.total) == (1, 2)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(0, []), (1, ["round-opens"]), (15, ["round-opens"]), (16, ["round-due"]), (31, ["round-closed"]), (46, [])],
)
def test_methodists_hear_of_a_rounds_turns(day, expected):
    assert [notice.key.split(":")[0] for notice in overview(day)] == expected


def test_news_are_recent_by_the_same_measure_everywhere():
    assert dt.timedelta(days=14) == RECENT
