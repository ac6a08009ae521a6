"""Each rule of the register is said at the field it concerns, before the database has to refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.test import Client
from django_tenants.utils import tenant_context
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from mentoring_reports.register.models import Mentee, MentoringForm, Mentorship, Person
from portal.tenants.models import Organisation
from tests.factories import CURATOR, login

from .factories import (
    JOINED,
    STARTED,
    make_consent,
    make_form,
    make_meeting,
    make_mentee,
    make_mentorship,
    make_person,
    make_plan,
)

DAY = dt.timedelta(days=1)
LEFT = dt.date(2026, 6, 1)


def problems(instance: Model, **changes: Any) -> dict[str, list[str]]:
    """Return field → messages after the changes."""
    for name, value in changes.items():
        setattr(instance, name, value)
    try:
        instance.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    """Return the school's curator."""
    return login(alpha, CURATOR)


def mentorship_data(mentor: Person, form: MentoringForm, *mentees: Person, **fields: Any) -> dict[str, Any]:
    """Return what the form of a new mentorship posts."""
    rows = [{"person": mentee.pk} for mentee in mentees]
    defaults = {
        "mentor": mentor.pk,
        "form": form.pk,
        "role_model": "experienced_novice",
        "started_on": STARTED,
        "ended_on": "",
        "mentees": inline_formset(rows),
    }
    return nested_form_data({**defaults, **fields})


def field_errors(response: Any) -> dict[str, list[str]]:
    """Return the form's own errors."""
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def mentee_errors(response: Any) -> list[list[str]]:
    """Return the errors at each mentee's field."""
    return [list(errors.get("person", [])) for errors in response.context["form"].formsets["mentees"].errors]


@pytest.mark.usefixtures("in_alpha")
class TestMessagesAtFields:
    """Rules on one row."""

    def test_last_day_before_the_first(self) -> None:
        assert "left_on" in problems(make_person(), left_on=JOINED - DAY)

    def test_born_after_coming_to_school(self) -> None:
        assert "birth_date" in problems(make_person(), birth_date=JOINED)

    def test_a_pupil_is_no_teaching_staff(self) -> None:
        assert "is_teaching" in problems(make_person(), kind="pupil")

    def test_mentorship_ends_before_it_begins(self) -> None:
        assert "ended_on" in problems(make_mentorship(), ended_on=STARTED - DAY)

    def test_mentorship_begins_before_the_mentor_came(self) -> None:
        assert "started_on" in problems(make_mentorship(), started_on=JOINED - DAY)

    def test_mentorship_goes_on_after_the_mentor_left(self) -> None:
        mentorship = make_mentorship(mentor=make_person(left_on=LEFT), ended_on=LEFT)

        assert "ended_on" in problems(mentorship, ended_on=LEFT + DAY)
        assert "ended_on" in problems(mentorship, ended_on=None)

    def test_the_mentors_last_day_is_allowed(self) -> None:
        mentorship = make_mentorship(mentor=make_person(left_on=LEFT), ended_on=LEFT - DAY)

        assert problems(mentorship, ended_on=LEFT) == {}

    def test_leaving_with_an_open_mentorship_names_it(self) -> None:
        mentorship = make_mentorship(title="Пара для проверки")

        messages = problems(mentorship.mentor, left_on=LEFT)

        assert "Пара для проверки" in messages["left_on"][0]

    def test_a_mentee_leaving_with_an_open_mentorship_is_told(self) -> None:
        assert "left_on" in problems(make_mentee().person, left_on=LEFT)

    def test_coming_later_than_ones_mentorship_began(self) -> None:
        assert "joined_on" in problems(make_mentorship().mentor, joined_on=STARTED + DAY)

    def test_leaving_on_the_mentorships_last_day_is_allowed(self) -> None:
        assert problems(make_mentorship(ended_on=LEFT).mentor, left_on=LEFT) == {}

    def test_oneself_as_mentee(self) -> None:
        mentorship = make_mentorship()

        assert "person" in problems(Mentee(mentorship=mentorship, person=mentorship.mentor))

    def test_mentee_not_at_school_all_the_time(self) -> None:
        mentee = Mentee(mentorship=make_mentorship(), person=make_person(left_on=LEFT))

        assert "person" in problems(mentee)

    def test_a_second_mentor_in_the_same_form_is_named(self) -> None:
        first = make_mentee(mentor=make_person("Первый"), ended_on=STARTED + DAY)
        second = make_mentorship(form=first.form, started_on=STARTED + DAY)

        messages = problems(Mentee(mentorship=second, person=first.person))

        assert "Первый И." in messages["person"][0]

    def test_a_second_mentor_the_day_after_is_allowed(self) -> None:
        first = make_mentee(ended_on=STARTED + DAY)
        second = make_mentorship(form=first.form, started_on=STARTED + 2 * DAY)

        assert problems(Mentee(mentorship=second, person=first.person)) == {}

    def test_a_second_mentor_in_another_form_is_allowed(self) -> None:
        assert problems(Mentee(mentorship=make_mentorship(), person=make_mentee().person)) == {}

    def test_a_plan_completed_before_it_is_approved(self) -> None:
        plan = make_plan(approved_on=STARTED + DAY)

        assert "completed_on" in problems(plan, completed_on=STARTED)

    def test_a_plan_due_before_the_mentorship(self) -> None:
        assert "due_on" in problems(make_plan(), due_on=STARTED - DAY)

    @pytest.mark.parametrize("held_on", [STARTED - DAY, LEFT + DAY])
    def test_a_meeting_outside_the_mentorship(self, held_on: dt.date) -> None:
        meeting = make_meeting(make_mentorship(ended_on=LEFT))

        assert "held_on" in problems(meeting, held_on=held_on)

    def test_a_consent_revoked_before_it_is_given(self) -> None:
        consent = make_consent(make_person())

        assert "revoked_on" in problems(consent, revoked_on=consent.given_on - DAY)


class TestMentorshipForm:
    """The form of a mentorship checks its mentees together with it."""

    def test_a_good_mentorship_is_saved(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            mentor, form, people = make_person(), make_form(), [make_person(), make_person()]

        response = curator.post("/admin/register/mentorships/new/", mentorship_data(mentor, form, *people))

        assert response.status_code == 302
        with tenant_context(alpha):
            assert {mentee.person for mentee in Mentorship.objects.get().mentees.all()} == set(people)

    def test_oneself_is_refused_at_the_mentee(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            mentor, form = make_person(), make_form()

        response = curator.post("/admin/register/mentorships/new/", mentorship_data(mentor, form, mentor))

        assert response.status_code == 200
        assert mentee_errors(response)[0]

    def test_an_overlap_is_refused_at_the_mentee(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            taken, mentor, free = make_mentee(), make_person(), make_person()
            form, person = taken.form, taken.person

        data = mentorship_data(mentor, form, free, person)
        response = curator.post("/admin/register/mentorships/new/", data)

        assert [bool(errors) for errors in mentee_errors(response)] == [False, True]

    def test_one_person_twice_is_refused(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            mentor, form, person = make_person(), make_form(), make_person()

        response = curator.post("/admin/register/mentorships/new/", mentorship_data(mentor, form, person, person))

        assert response.status_code == 200
        with tenant_context(alpha):
            assert not Mentorship.objects.exists()

    def test_no_mentee_at_all_is_refused(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            mentor, form = make_person(), make_form()

        response = curator.post("/admin/register/mentorships/new/", mentorship_data(mentor, form))

        assert response.status_code == 200

    def test_dates_outside_the_mentors_time_are_refused_at_the_date(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            mentor, form, person = make_person(left_on=LEFT), make_form(), make_person()

        response = curator.post("/admin/register/mentorships/new/", mentorship_data(mentor, form, person))

        assert "ended_on" in field_errors(response)

    def test_taking_a_mentee_out_lets_the_dates_grow(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            gone, stays = make_person(left_on=LEFT), make_person()
            mentorship = make_mentorship(gone, stays, ended_on=LEFT)
            rows = [{"id": mentee.pk, "person": mentee.person_id} for mentee in mentorship.mentees.all()]
            for row in rows:
                if row["person"] == gone.pk:
                    row["DELETE"] = True
            mentor, form = mentorship.mentor, mentorship.form

        data = mentorship_data(mentor, form, ended_on="", mentees=inline_formset(rows, initial=2))
        response = curator.post(f"/admin/register/mentorships/edit/{mentorship.pk}/", data)

        assert response.status_code == 302
        with tenant_context(alpha):
            mentorship.refresh_from_db()
            assert mentorship.ended_on is None
            assert [mentee.person for mentee in mentorship.mentees.all()] == [stays]

    def test_a_person_with_an_open_mentorship_is_not_let_go(self, alpha: Organisation, curator: Client) -> None:
        with tenant_context(alpha):
            mentor = make_mentorship().mentor
        data = nested_form_data(
            {
                "last_name": mentor.last_name,
                "first_name": "Имя",
                "kind": "staff",
                "joined_on": JOINED,
                "left_on": LEFT,
                "roles": inline_formset([]),
                "consents": inline_formset([]),
            }
        )

        response = curator.post(f"/admin/register/people/edit/{mentor.pk}/", data)

        assert "left_on" in field_errors(response)

    def test_a_race_ends_in_a_message(
        self, alpha: Organisation, curator: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with tenant_context(alpha):
            taken, mentor = make_mentee(), make_person()
            form, person = taken.form, taken.person
        # As if the other mentorship had been saved between our check and our save.
        monkeypatch.setattr("mentoring_reports.register.rules._overlap_problem", lambda mentee, mentorship: "")

        data = mentorship_data(mentor, form, person)
        response = curator.post("/admin/register/mentorships/new/", data)

        assert response.status_code == 200
        assert field_errors(response)["__all__"]
        with tenant_context(alpha):
            assert Mentorship.objects.count() == 1


def test_a_person_named_in_a_mentorship_is_kept_with_a_reason(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        mentor = make_mentorship(title="Пара для проверки").mentor

    response = curator.post(f"/admin/register/people/delete/{mentor.pk}/", follow=True)

    assert "Пара для проверки" in response.content.decode()
    with tenant_context(alpha):
        assert Person.objects.filter(pk=mentor.pk).exists()
