"""The register's dated questions, on the days that matter."""

from __future__ import annotations

import datetime as dt

import pytest

from mentoring_reports.register.dates import whole_years, years_before
from mentoring_reports.register.enums import ConsentKind, PersonKind, RoleKind
from mentoring_reports.register.models import Consent, IndividualPlan, Mentee, Mentorship, Person, PlanTask, Role

from .factories import (
    DUE,
    JOINED,
    STARTED,
    make_consent,
    make_mentee,
    make_mentorship,
    make_person,
    make_plan,
    make_role,
    make_task,
    make_training,
)

pytestmark = pytest.mark.usefixtures("in_alpha")
DAY = dt.timedelta(days=1)
LEFT = dt.date(2025, 6, 30)
PUPIL = PersonKind.PUPIL


@pytest.mark.parametrize(("day", "present"), [(JOINED - DAY, False), (JOINED, True), (LEFT, True), (LEFT + DAY, False)])
def test_first_and_last_day_belong_to_the_stay(day: dt.date, present: bool) -> None:
    person = make_person(left_on=LEFT)

    assert (person in Person.objects.at_school_on(day)) is present
    assert person.is_at_school_on(day) is present


def test_who_left_is_known_from_the_day_after() -> None:
    make_person(left_on=LEFT)

    assert not Person.objects.left_by(LEFT).exists()
    assert Person.objects.left_by(LEFT + DAY).exists()


def test_teaching_staff_leaves_out_pupils_and_other_staff() -> None:
    teacher = make_person()
    make_person(is_teaching=False)
    make_person(kind=PUPIL)

    assert list(Person.objects.teaching()) == [teacher]


@pytest.mark.parametrize(
    ("since", "young"),
    [
        (dt.date(2022, 5, 31), True),
        (dt.date(2022, 5, 30), False),
        (dt.date(2025, 5, 31), True),
        (dt.date(2025, 6, 1), False),
        (None, False),
    ],
    ids=["three years to the day", "a day more", "from today", "from tomorrow", "not known"],
)
def test_young_is_three_years_at_most(since: dt.date | None, young: bool) -> None:
    make_person(teaching_since=since)

    assert Person.objects.young_teachers_on(dt.date(2025, 5, 31)).exists() is young


def test_a_young_teacher_who_left_is_not_counted() -> None:
    make_person(teaching_since=dt.date(2024, 9, 1), left_on=LEFT)

    assert not Person.objects.young_teachers_on(LEFT + DAY).exists()


def test_years_before_a_leap_day() -> None:
    assert years_before(dt.date(2024, 2, 29), 3) == dt.date(2021, 2, 28)


@pytest.mark.parametrize(("day", "years"), [(dt.date(2025, 8, 31), 0), (dt.date(2025, 9, 1), 1)])
def test_whole_years_turn_on_the_day(day: dt.date, years: int) -> None:
    assert whole_years(dt.date(2024, 9, 1), day) == years


@pytest.mark.parametrize(
    ("day", "active"), [(STARTED - DAY, False), (STARTED, True), (LEFT, True), (LEFT + DAY, False)]
)
def test_a_mentorship_is_active_from_its_first_day_to_its_last(day: dt.date, active: bool) -> None:
    mentorship = make_mentorship(ended_on=LEFT)

    assert Mentorship.objects.active_on(day).exists() is active
    assert Mentee.objects.active_on(day).exists() is active
    assert mentorship.is_active_on(day) is active


def test_a_role_makes_a_mentor_without_a_pair() -> None:
    person = make_person()
    make_role(person, RoleKind.MENTOR, until=LEFT)

    assert list(Person.objects.mentors_on(LEFT)) == [person]
    assert not Person.objects.mentors_on(LEFT + DAY).exists()
    assert not Person.objects.mentees_on(LEFT).exists()


def test_a_pair_makes_mentor_and_mentee_without_a_role() -> None:
    mentee = make_mentee(ended_on=LEFT)

    assert list(Person.objects.mentors_on(LEFT)) == [mentee.mentor]
    assert list(Person.objects.mentees_on(LEFT)) == [mentee.person]
    assert not Person.objects.participants_on(LEFT + DAY).exists()


def test_role_and_pair_together_count_once() -> None:
    mentorship = make_mentorship()
    make_mentorship(mentor=mentorship.mentor)
    make_role(mentorship.mentor)

    assert Person.objects.mentors_on(STARTED).count() == 1


def test_a_role_ends_with_the_stay() -> None:
    make_role(make_person(left_on=LEFT))

    assert not Person.objects.mentors_on(LEFT + DAY).exists()


def test_in_pairs_are_mentees_with_an_active_mentorship() -> None:
    waiting = make_person()
    make_role(waiting, RoleKind.MENTEE)
    mentee = make_mentee()

    assert Person.objects.mentees_on(STARTED).count() == 2
    assert list(Person.objects.in_pairs_on(STARTED)) == [mentee.person]


def test_young_teachers_with_a_mentor_are_asked_by_chaining() -> None:
    young = make_person(teaching_since=STARTED)
    make_person(teaching_since=STARTED)
    make_mentee(person=young)

    assert list(Person.objects.young_teachers_on(STARTED).in_pairs_on(STARTED)) == [young]


def test_trained_is_who_attended_by_the_day() -> None:
    person = make_person()
    training = make_training(person)
    make_training(person)

    assert list(Person.objects.trained_by(training.held_on)) == [person]
    assert not Person.objects.trained_by(training.held_on - DAY).exists()


def test_roles_by_kind_and_day() -> None:
    role = make_role(make_person(), RoleKind.MENTEE, until=LEFT)

    assert list(Role.objects.active_on(LEFT).of_kind(RoleKind.MENTEE)) == [role]
    assert not Role.objects.active_on(LEFT + DAY).exists()


def test_plans_due_by_a_day_and_since_a_day() -> None:
    make_plan(due_on=DUE)

    assert IndividualPlan.objects.due_by(DUE).exists()
    assert not IndividualPlan.objects.due_by(DUE - DAY).exists()
    assert IndividualPlan.objects.due_by(DUE, since=DUE).exists()
    assert not IndividualPlan.objects.due_by(DUE, since=DUE + DAY).exists()


def test_a_plan_is_overdue_from_the_day_after() -> None:
    plan = make_plan(due_on=DUE)

    assert list(IndividualPlan.objects.upcoming_on(DUE)) == [plan]
    assert not IndividualPlan.objects.overdue_on(DUE).exists()
    assert list(IndividualPlan.objects.overdue_on(DUE + DAY)) == [plan]
    assert plan.is_overdue_on(DUE + DAY)
    assert not plan.is_overdue_on(DUE)


def test_a_plan_completed_later_was_open_before() -> None:
    plan = make_plan(due_on=DUE, completed_on=DUE + 5 * DAY)

    assert not IndividualPlan.objects.completed_by(DUE + 4 * DAY).exists()
    assert list(IndividualPlan.objects.overdue_on(DUE + 4 * DAY)) == [plan]
    assert list(IndividualPlan.objects.completed_by(DUE + 5 * DAY)) == [plan]
    assert not IndividualPlan.objects.overdue_on(DUE + 5 * DAY).exists()


def test_approved_by_and_begun_by() -> None:
    make_plan(approved_on=STARTED + DAY)

    assert not IndividualPlan.objects.approved_by(STARTED).exists()
    assert IndividualPlan.objects.approved_by(STARTED + DAY).exists()
    assert IndividualPlan.objects.begun_by(STARTED).exists()
    assert not IndividualPlan.objects.begun_by(STARTED - DAY).exists()


def test_a_mentorship_lacks_a_plan_until_every_mentee_has_one() -> None:
    mentorship = make_mentorship(make_person(), make_person())
    first, second = mentorship.mentees.all()

    make_plan(first)
    assert Mentorship.objects.without_plan().exists()

    make_plan(second)
    assert not Mentorship.objects.without_plan().exists()


def test_tasks_done_and_overdue() -> None:
    plan = make_plan()
    late, done = make_task(plan), make_task(plan, done_on=DUE)

    assert list(PlanTask.objects.done_by(DUE)) == [done]
    assert list(PlanTask.objects.overdue_on(DUE + DAY)) == [late]


def test_a_consent_holds_from_its_day_to_the_day_before_it_is_revoked() -> None:
    consent = make_consent(make_person(), given_on=STARTED, revoked_on=LEFT)

    days = [STARTED - DAY, STARTED, LEFT - DAY, LEFT]
    assert [Consent.objects.in_force_on(day).exists() for day in days] == [False, True, True, False]
    assert [consent.is_in_force_on(day) for day in days] == [False, True, True, False]


def test_a_participant_needs_a_consent_and_others_do_not() -> None:
    mentee = make_mentee()
    make_person()
    make_consent(mentee.mentor, given_on=STARTED)

    assert list(Person.objects.without_consent_on(STARTED)) == [mentee.person]


@pytest.mark.parametrize(
    ("birth_date", "enough"),
    [(dt.date(2006, 9, 2), True), (dt.date(2006, 9, 3), False), (None, False)],
    ids=["eighteen today", "eighteen tomorrow", "age unknown"],
)
def test_a_minor_needs_a_parents_consent_too(birth_date: dt.date | None, enough: bool) -> None:
    pupil = make_person(kind=PUPIL, birth_date=birth_date)
    mentee = make_mentee(person=pupil)
    for person in (mentee.mentor, pupil):
        make_consent(person, given_on=STARTED)

    assert Person.objects.without_consent_on(STARTED).exists() is not enough

    make_consent(pupil, ConsentKind.LEGAL_REPRESENTATIVE, given_on=STARTED)
    assert not Person.objects.without_consent_on(STARTED).exists()


def test_names_are_found_and_sorted_with_yo_as_ye() -> None:
    for name in ("Жуков", "Ёлкин", "Дубов"):
        make_person(name)

    assert [person.last_name for person in Person.objects.all()] == ["Дубов", "Ёлкин", "Жуков"]
    assert [person.last_name for person in Person.objects.named("елк")] == ["Ёлкин"]


def test_renaming_a_person_renews_the_key_even_in_a_partial_save() -> None:
    person = make_person("Ёлкин")

    person.last_name = "Дубов"
    person.save(update_fields=["last_name"])

    assert Person.objects.named("дубов").exists()
    assert not Person.objects.named("елкин").exists()


def test_short_and_full_names() -> None:
    person = Person(last_name="Участник", first_name="Первый", patronymic="Примерович")

    assert person.full_name == "Участник Первый Примерович"
    assert person.short_name == "Участник П. П."
