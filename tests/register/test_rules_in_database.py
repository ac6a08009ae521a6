"""Each rule of the register holds in PostgreSQL itself, whatever the code above forgets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet

from mentoring_reports.register.models import Mentee, Mentorship, Person

from .factories import (
    JOINED,
    STARTED,
    make_consent,
    make_form,
    make_mentee,
    make_mentorship,
    make_person,
    make_plan,
    make_role,
    make_training,
)

pytestmark = pytest.mark.usefixtures("in_alpha")
DAY = dt.timedelta(days=1)


def refused(constraint: str, rows: QuerySet[Any], **changes: Any) -> None:
    """Assert that PostgreSQL refuses the update by the named constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**changes)


def row(instance: Model) -> QuerySet[Any]:
    """Return the instance as a queryset, past every `save` and `clean`."""
    return type(instance)._default_manager.filter(pk=instance.pk)


def test_nobody_mentors_oneself() -> None:
    mentee = make_mentee()

    refused("register_mentee_is_not_mentor", row(mentee.mentorship), mentor=mentee.person)


def test_nobody_is_added_as_ones_own_mentee() -> None:
    mentorship = make_mentorship()

    with pytest.raises(IntegrityError, match="register_mentee_is_not_mentor"), transaction.atomic():
        Mentee.objects.bulk_create([Mentee(mentorship=mentorship, person=mentorship.mentor)])


def test_a_forged_copy_of_the_mentor_is_refused() -> None:
    mentee = make_mentee()

    refused("register_mentee_mentorship_copied_fk", row(mentee), mentor=make_person())


def test_a_forged_copy_of_the_days_at_school_is_refused() -> None:
    mentorship = make_mentorship(mentor=make_person(left_on=dt.date(2030, 1, 1)), ended_on=dt.date(2029, 1, 1))

    refused("register_mentorship_mentor_present_fk", row(mentorship), mentor_present="[2000-01-01,)")


@pytest.mark.parametrize(
    "changes",
    [{"started_on": JOINED - DAY}, {"ended_on": dt.date(2026, 6, 2)}, {"ended_on": None}],
    ids=["before the mentor came", "after the mentor left", "for ever"],
)
def test_a_mentorship_lies_inside_the_mentors_time(changes: dict[str, Any]) -> None:
    mentor = make_person(left_on=dt.date(2026, 6, 1))
    mentorship = make_mentorship(make_person(joined_on=dt.date(2000, 1, 1)), mentor=mentor, ended_on=mentor.left_on)

    refused("register_mentorship_while_mentor_present", row(mentorship), **changes)


@pytest.mark.parametrize(
    "changes",
    [{"started_on": JOINED - DAY}, {"ended_on": dt.date(2026, 6, 2)}, {"ended_on": None}],
    ids=["before the mentee came", "after the mentee left", "for ever"],
)
def test_a_mentorship_lies_inside_the_mentees_time(changes: dict[str, Any]) -> None:
    person = make_person(left_on=dt.date(2026, 6, 1))
    mentorship = make_mentorship(person, mentor=make_person(joined_on=dt.date(2000, 1, 1)), ended_on=person.left_on)

    refused("register_mentee_while_present", row(mentorship), **changes)


def test_the_first_and_the_last_day_at_school_count() -> None:
    person = make_person(left_on=dt.date(2026, 6, 1))

    mentorship = make_mentorship(person, mentor=make_person(left_on=person.left_on), ended_on=person.left_on)
    row(mentorship).update(started_on=JOINED)

    assert Mentorship.objects.get().started_on == JOINED


def test_a_mentor_cannot_leave_during_a_mentorship() -> None:
    mentorship = make_mentorship()

    refused("register_mentorship_while_mentor_present", row(mentorship.mentor), left_on=STARTED + DAY)


def test_a_mentee_cannot_leave_during_a_mentorship() -> None:
    mentee = make_mentee()

    refused("register_mentee_while_present", row(mentee.person), left_on=STARTED + DAY)


def test_a_mentor_may_leave_on_the_mentorships_last_day() -> None:
    mentorship = make_mentorship(ended_on=STARTED + DAY)

    row(mentorship.mentor).update(left_on=STARTED + DAY)

    mentorship.refresh_from_db()
    assert mentorship.mentor_present.upper == STARTED + 2 * DAY


def test_a_new_person_date_reaches_the_mentees_copy() -> None:
    mentee = make_mentee(ended_on=STARTED + DAY)

    row(mentee.person).update(left_on=STARTED + DAY)

    mentee.refresh_from_db()
    assert mentee.person_present.upper == STARTED + 2 * DAY


def test_a_change_of_the_mentorship_reaches_its_mentees() -> None:
    mentee = make_mentee()
    form = make_form()

    row(mentee.mentorship).update(form=form, ended_on=STARTED)

    mentee.refresh_from_db()
    assert (mentee.form_id, mentee.during.upper) == (form.pk, STARTED + DAY)


def test_two_mentors_at_once_in_one_form_are_refused() -> None:
    mentee = make_mentee(ended_on=STARTED + 10 * DAY)

    with pytest.raises(IntegrityError, match="register_mentee_one_mentor_a_form"), transaction.atomic():
        make_mentorship(mentee.person, form=mentee.form, started_on=STARTED + 10 * DAY)


def test_two_mentors_one_after_the_other_are_allowed() -> None:
    mentee = make_mentee(ended_on=STARTED + 10 * DAY)

    make_mentorship(mentee.person, form=mentee.form, started_on=STARTED + 11 * DAY)

    assert Mentee.objects.filter(person=mentee.person).count() == 2


def test_two_mentors_at_once_in_different_forms_are_allowed() -> None:
    mentee = make_mentee()

    make_mentorship(mentee.person)

    assert Mentee.objects.filter(person=mentee.person).count() == 2


def test_prolonging_a_mentorship_over_the_next_one_is_refused() -> None:
    mentee = make_mentee(ended_on=STARTED + 10 * DAY)
    make_mentorship(mentee.person, form=mentee.form, started_on=STARTED + 11 * DAY)

    refused("register_mentee_one_mentor_a_form", row(mentee.mentorship), ended_on=STARTED + 11 * DAY)


def test_moving_a_mentorship_to_a_form_the_mentee_has_a_mentor_in_is_refused() -> None:
    mentee = make_mentee()
    other = make_mentorship(mentee.person)

    refused("register_mentee_one_mentor_a_form", row(other), form=mentee.form)


@pytest.mark.parametrize(
    ("constraint", "make", "changes"),
    [
        ("register_person_left_not_before_joined", make_person, {"left_on": JOINED - DAY}),
        ("register_person_born_before_joined", make_person, {"birth_date": JOINED}),
        ("register_person_teaching_is_staff", make_person, {"kind": "pupil"}),
        ("register_mentorship_ended_not_before_started", make_mentorship, {"ended_on": STARTED - DAY}),
        ("register_training_has_hours", make_training, {"hours": 0}),
    ],
)
def test_facts_that_contradict_each_other_are_refused(constraint: str, make: Any, changes: dict[str, Any]) -> None:
    refused(constraint, row(make()), **changes)


def test_a_role_does_not_end_before_it_begins() -> None:
    refused("register_role_until_not_before_since", row(make_role(make_person())), until=JOINED - DAY)


def test_a_consent_is_not_revoked_before_it_is_given() -> None:
    consent = make_consent(make_person())

    refused("register_consent_revoked_not_before_given", row(consent), revoked_on=consent.given_on - DAY)


def test_a_plan_is_not_completed_before_it_is_approved() -> None:
    plan = make_plan(approved_on=STARTED)

    refused("register_plan_completed_not_before_approved", row(plan), completed_on=STARTED - DAY)


def test_a_person_in_a_mentorship_cannot_be_deleted_past_the_models() -> None:
    mentee = make_mentee()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM mentoring_register_person WHERE id = %s", [mentee.person_id])


def test_deleting_a_mentorship_takes_its_mentees_along() -> None:
    mentee = make_mentee()

    mentee.mentorship.delete()

    assert not Mentee.objects.exists()
    assert Person.objects.count() == 2


def test_rows_written_in_bulk_are_prepared() -> None:
    mentor, person, form = make_person(), make_person(), make_form()

    [mentorship] = Mentorship.objects.bulk_create([Mentorship(mentor=mentor, form=form, started_on=STARTED)])
    Mentee.objects.bulk_create([Mentee(mentorship=mentorship, person=person)])
    Person.objects.bulk_create([Person(last_name="Ёлкин", first_name="Имя", joined_on=JOINED)])

    assert Mentee.objects.get().mentor == mentor
    assert Person.objects.get(last_name="Ёлкин").sort_name == "елкин имя"
