"""Counting people as of the period's last day."""

from __future__ import annotations

import datetime as dt

import pytest

from mentoring_reports.register.enums import RoleKind
from mentoring_reports.reports.counts import count

from .records import DAY, END, LONG_AGO, PERIOD, START, in_base, mentor, pair, pupil, teacher, training

pytestmark = pytest.mark.usefixtures("in_alpha")


def value(code: str) -> int:
    """Return the count as a number."""
    found = count(code, PERIOD).value
    assert found is not None
    return int(found)


def names(code: str) -> set[str]:
    """Return whose rows stand behind a count."""
    return {person.last_name for person in count(code, PERIOD).rows}


def test_teaching_staff_includes_who_leaves_on_the_last_day_and_who_joins_on_it() -> None:
    teacher(left_on=END)
    teacher(joined_on=END)
    assert value("teaching_staff") == 2


def test_teaching_staff_leaves_out_who_left_the_day_before_or_joins_the_day_after() -> None:
    teacher(left_on=END - DAY)
    teacher(joined_on=END + DAY)
    assert value("teaching_staff") == 0


def test_teaching_staff_leaves_out_pupils_and_other_staff() -> None:
    pupil()
    teacher(is_teaching=False)
    assert value("teaching_staff") == 0


def test_a_mentor_whose_role_ends_on_the_last_day_still_counts() -> None:
    in_base(teacher(), RoleKind.MENTOR, until=END)
    in_base(teacher(), RoleKind.MENTOR, until=END - DAY)
    in_base(teacher(), RoleKind.MENTOR, since=END)
    in_base(teacher(), RoleKind.MENTOR, since=END + DAY)
    assert value("mentors") == 2


def test_mentors_are_teaching_staff_only_while_participants_are_everybody() -> None:
    mentor()
    in_base(pupil(), RoleKind.MENTOR)
    assert (value("mentors"), value("participants")) == (1, 2)


def test_a_person_with_two_roles_is_one_participant() -> None:
    in_base(mentor(), RoleKind.MENTEE)
    assert value("participants") == 1


def test_mentees_are_pupils_and_teachers_and_their_share_is_teachers_alone() -> None:
    in_base(pupil(), RoleKind.MENTEE)
    in_base(teacher(), RoleKind.MENTEE)
    assert (value("mentees"), value("mentees_teachers")) == (2, 1)


def test_a_mentee_in_two_pairs_counts_once() -> None:
    led = teacher()
    pair(led=led)
    in_base(led, RoleKind.MENTEE)
    assert (value("mentees_in_pairs"), value("mentees")) == (1, 1)


@pytest.mark.parametrize(
    ("started", "ended", "expected"),
    [
        (START, None, 1),
        (START, END, 1),
        (START, END - DAY, 0),
        (END, None, 1),
        (END + DAY, None, 0),
    ],
)
def test_a_pair_counts_when_it_is_at_work_on_the_last_day(
    started: dt.date, ended: dt.date | None, expected: int
) -> None:
    pair(started=started, ended=ended)
    assert value("mentees_in_pairs") == expected


def test_mentees_in_pairs_are_never_more_than_mentees() -> None:
    pair()
    in_base(pupil(), RoleKind.MENTEE)
    assert names("mentees_in_pairs") < names("mentees")


@pytest.mark.parametrize(
    ("since", "expected"),
    [(dt.date(2023, 5, 31), 1), (dt.date(2023, 5, 30), 0), (END, 1), (END + DAY, 0), (None, 0)],
)
def test_a_young_teacher_has_taught_for_three_years_at_most(since: dt.date | None, expected: int) -> None:
    teacher(teaching_since=since)
    assert value("young_teachers") == expected


def test_a_young_teacher_has_a_mentor_while_the_pair_is_at_work() -> None:
    pair(led=teacher(teaching_since=START))
    pair(led=teacher(teaching_since=START), ended=END - DAY)
    pair(led=teacher(teaching_since=LONG_AGO))
    assert (value("young_teachers"), value("young_teachers_with_mentor")) == (2, 1)


def test_a_mentor_is_trained_by_any_training_up_to_the_last_day() -> None:
    trained_before, trained_then, trained_later, no_mentor = mentor(), mentor(), mentor(), teacher()
    training(LONG_AGO, trained_before)
    training(END, trained_then, no_mentor)
    training(END + DAY, trained_later)
    assert names("mentors_trained") == {trained_before.last_name, trained_then.last_name}


def test_the_same_period_gives_the_same_number_whatever_happens_after_it() -> None:
    leader = mentor()
    before = {code: value(code) for code in ("teaching_staff", "mentors", "participants")}
    teacher(joined_on=END + DAY)
    leader.roles.update(until=END + DAY)
    leader.left_on = END + DAY
    leader.save()
    assert {code: value(code) for code in before} == before


def test_the_rows_show_who_leads_a_mentee() -> None:
    leader, led = teacher(), teacher()
    pair(leader, led)
    found = count("mentees_in_pairs", PERIOD)
    cells = [column.read(found.rows[0]) for column in found.columns]
    assert cells[0] == led.full_name
    assert cells[-1] == leader.short_name
