"""Counting plans, roadmap activities, trainings and final meetings as of the period's last day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mentoring_reports.clock import pretend
from mentoring_reports.reports.counts import count
from mentoring_reports.roadmaps.actions import cancel_item, mark_done
from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.roadmaps.year.occurrences import sync_occurrences
from mentoring_reports.roadmaps.year.ticking import complete_occurrence

from .records import (
    DAY,
    END,
    LONG_AGO,
    PERIOD,
    START,
    final_meeting,
    item,
    pair,
    plan,
    roadmap,
    teacher,
    training,
)

pytestmark = pytest.mark.usefixtures("in_alpha")


def value(code: str) -> int:
    """Return the count as a number."""
    found = count(code, PERIOD).value
    assert found is not None
    return int(found)


def test_plans_are_those_of_mentorships_at_work_in_the_period() -> None:
    plan(pair(started=LONG_AGO, ended=START))
    plan(pair(started=END))
    plan(pair(started=LONG_AGO, ended=START - DAY))
    plan(pair(started=END + DAY))
    assert value("plans") == 2


def test_a_plan_is_approved_up_to_the_last_day() -> None:
    plan(approved_on=END)
    plan(approved_on=END + DAY)
    plan()
    assert (value("plans"), value("plans_approved")) == (3, 1)


def test_a_plan_is_due_up_to_the_last_day() -> None:
    plan(due_on=END)
    plan(due_on=START)
    plan(due_on=END + DAY)
    assert value("plans_due") == 2


def test_only_plans_that_are_due_count_as_completed() -> None:
    plan(completed_on=END)
    plan(completed_on=END + DAY)
    plan(due_on=END + DAY, completed_on=START)
    assert (value("plans_due"), value("plans_completed")) == (2, 1)


def test_roadmap_items_are_due_done_and_on_time_up_to_the_last_day() -> None:
    section = roadmap()
    item(section, END, done_on=END)
    item(section, START, done_on=END)
    item(section, START, done_on=END + DAY)
    item(section, END)
    item(section, END + DAY, done_on=START)
    counts = [value(code) for code in ("roadmap_due", "roadmap_done", "roadmap_done_on_time")]
    assert counts == [4, 2, 1]


def test_an_item_without_a_day_of_its_own_is_due_on_the_roadmaps_last_day() -> None:
    item(roadmap(end=END), None)
    item(roadmap(end=END + DAY), None)
    assert value("roadmap_due") == 1


def test_cancelled_items_and_roadmaps_of_other_years_do_not_count() -> None:
    item(roadmap(), END, status="cancelled", cancelled_on=END)
    item(roadmap(LONG_AGO, START - DAY), LONG_AGO)
    item(roadmap(END + DAY, END + DAY), END)
    assert value("roadmap_due") == 0


def test_each_time_of_an_activity_that_comes_back_counts_by_itself_with_its_days_behind_the_number() -> None:
    monthly = item(roadmap(START, END), None, recurrence={"every": "month"}, deadline_kind="recurring")
    sync_occurrences(item=monthly)
    first, second, *others = monthly.occurrences.all()
    complete_occurrence(occurrence=first, by=None, on=first.ends_on)
    complete_occurrence(occurrence=second, by=None, on=second.ends_on + DAY)

    found = count("roadmap_due", PERIOD)

    assert found.value == len(found.rows) == 2 + len(others) > 2
    assert (value("roadmap_done"), value("roadmap_done_on_time")) == (2, 1)
    words = [[column.read(row) for column in found.columns][1] for row in found.rows]
    assert len(set(words)) == len(words)


def test_what_is_ticked_or_cancelled_later_changes_no_earlier_figure() -> None:
    section = roadmap(START, END)
    open_one, cancelled = item(section, START), item(section, START)
    before = [value(code) for code in ("roadmap_due", "roadmap_done", "roadmap_done_on_time")]

    with pretend(END + DAY):
        mark_done(item=open_one, by=None)
        cancel_item(item=cancelled, by=None)

    assert [value(code) for code in ("roadmap_due", "roadmap_done", "roadmap_done_on_time")] == before == [2, 0, 0]


def test_a_draft_counts_nowhere() -> None:
    made = item(roadmap(), END, done_on=END)
    Roadmap.objects.filter(pk=made.section.roadmap_id).update(is_draft=True)
    assert [value(code) for code in ("roadmap_due", "roadmap_done", "roadmap_done_on_time")] == [0, 0, 0]


def test_experts_of_the_periods_trainings_are_added_up() -> None:
    training(START, experts=2)
    training(END, experts=3)
    training(START - DAY, experts=10)
    training(END + DAY, experts=10)
    assert value("experts") == 5


def test_no_training_means_no_experts_rather_than_a_missing_number() -> None:
    assert count("experts", PERIOD).value == Decimal(0)


def test_no_final_meeting_means_a_missing_number_rather_than_none_present() -> None:
    pair()
    assert count("closing_event_present", PERIOD).value is None


def test_a_final_meeting_outside_the_period_is_none_of_it() -> None:
    mentee = pair(started=LONG_AGO)
    final_meeting(mentee, START - DAY, mentee.person)
    final_meeting(mentee, END + DAY, mentee.person)
    assert count("closing_event_present", PERIOD).value is None


def test_participants_present_at_a_final_meeting_count_once_and_guests_do_not() -> None:
    mentee, guest = pair(), teacher()
    final_meeting(mentee, START, mentee.person, guest)
    final_meeting(mentee, END, mentee.person, mentee.mentor)
    assert value("closing_event_present") == 2


def test_a_final_meeting_that_nobody_attended_counts_as_zero() -> None:
    final_meeting(pair(), END)
    assert count("closing_event_present", PERIOD).value == Decimal(0)
