"""The register in the admin: who sees it, what listings show, and that they stay cheap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.clock import today
from mentoring_reports.register.enums import RoleKind
from mentoring_reports.register.models import MentoringForm, Person
from portal.tenants.models import Organisation
from tests.factories import CURATOR, DEPARTMENT, EDITOR, METHODIST, SUPERUSER, login

from .factories import (
    make_consent,
    make_form,
    make_meeting,
    make_mentee,
    make_mentorship,
    make_person,
    make_plan,
    make_role,
    make_task,
    make_training,
)

LISTINGS = ["people", "mentorships", "plans", "meetings", "trainings", "consents", "forms"]
CHOOSERS = ["people/choose", "mentorships/choose", "mentees/choose"]
PATHS = [f"/admin/register/{name}/" for name in LISTINGS]
CHOOSER_PATHS = [f"/admin/register/{name}/" for name in CHOOSERS]
ENTERS = 302  # Wagtail sends whoever may not see a page back to the admin's home


def fill(number: int = 1) -> None:
    """Write down everything a listing can show, so many times."""
    for _ in range(number):
        mentee = make_mentee(make_mentorship(make_person(kind="pupil")))
        plan = make_plan(mentee)
        make_task(plan)
        make_meeting(mentee.mentorship, mentee.person, mentee.mentor)
        make_training(mentee.mentor)
        make_consent(mentee.person)
        make_role(mentee.mentor)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    """Return the first school's curator."""
    return login(alpha, CURATOR)


@pytest.mark.parametrize("path", PATHS + CHOOSER_PATHS)
def test_the_curator_sees_every_listing(alpha: Organisation, curator: Client, path: str) -> None:
    with tenant_context(alpha):
        fill()

    assert curator.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_listing_stands_empty(alpha: Organisation, curator: Client, path: str) -> None:
    with tenant_context(alpha):
        MentoringForm.objects.all().delete()

    response = curator.get(path)

    assert str(response.context["view"].empty_text) in response.content.decode()
    assert f'href="{path}new/"' in response.content.decode()


@pytest.mark.parametrize("path", [f"{path}new/" for path in PATHS])
def test_the_curator_may_add_to_every_listing(curator: Client, path: str) -> None:
    assert curator.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS + CHOOSER_PATHS)
@pytest.mark.parametrize("role", [METHODIST, DEPARTMENT, SUPERUSER])
def test_nobody_of_the_municipality_sees_a_register(municipality: Organisation, role: str, path: str) -> None:
    assert login(municipality, role).get(path).status_code == ENTERS


@pytest.mark.parametrize("path", PATHS + CHOOSER_PATHS)
def test_an_editor_without_the_permission_sees_no_names(alpha: Organisation, path: str) -> None:
    assert login(alpha, EDITOR).get(path).status_code == ENTERS


def test_the_menu_is_shown_to_the_curator_only(
    alpha: Organisation, municipality: Organisation, curator: Client
) -> None:
    address = "/admin/register/people/"

    assert address in curator.get("/admin/").content.decode()
    assert address not in login(alpha, EDITOR).get("/admin/").content.decode()
    assert address not in login(municipality, SUPERUSER).get("/admin/").content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_a_listing_costs_the_same_for_any_number_of_rows(alpha: Organisation, curator: Client, path: str) -> None:
    with tenant_context(alpha):
        fill(2)
    curator.get(path)
    few = statements(lambda: curator.get(path))
    with tenant_context(alpha):
        fill(8)

    assert statements(lambda: curator.get(path)) == few


def statements(visit: Callable[[], Any]) -> int:
    """Return how many statements a visit costs."""
    with CaptureQueriesContext(connection) as captured:
        assert visit().status_code == 200
    return len(captured)


def test_a_story_costs_the_same_for_any_number_of_rows(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        mentorship = make_mentorship(make_person())
    path = f"/admin/register/mentorships/inspect/{mentorship.pk}/"

    def grow() -> None:
        with tenant_context(alpha):
            mentee = make_mentee(mentorship)
            make_task(make_plan(mentee))
            make_meeting(mentorship, mentee.person, mentorship.mentor)

    grow()
    curator.get(path)
    few = statements(lambda: curator.get(path))
    for _ in range(4):
        grow()

    assert statements(lambda: curator.get(path)) == few


def test_a_story_tells_plans_and_meetings(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        mentee = make_mentee()
        make_task(make_plan(mentee, title="План вхождения в профессию"), title="Посетить урок")
        make_meeting(mentee.mentorship, topic="Первое знакомство")

    page = curator.get(f"/admin/register/mentorships/inspect/{mentee.mentorship_id}/").content.decode()

    for text in (mentee.person.full_name, "План вхождения в профессию", "Посетить урок", "Первое знакомство"):
        assert text in page


def names(client: Client, query: str) -> list[str]:
    """Return the last names that the listing of people shows."""
    response = client.get(f"/admin/register/people/?{query}")
    return [person.last_name for person in response.context["object_list"]]


def test_people_are_filtered(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        make_person("Учитель")
        make_person("Ученик", kind="pupil")
        make_person("Ушедший", left_on=today() - dt.timedelta(days=1))
        make_role(make_person("Наставник", is_teaching=False), RoleKind.MENTOR)

    assert names(curator, "kind=pupil") == ["Ученик"]
    assert names(curator, "role=mentor") == ["Наставник"]
    assert names(curator, "presence=left") == ["Ушедший"]
    assert names(curator, "teaching=yes") == ["Учитель", "Ушедший"]
    assert names(curator, "consent=missing") == ["Наставник"]


def test_people_are_found_by_any_part_of_the_name(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        make_person("Ёлкин", first_name="Пример")
        make_person("Дубов", first_name="Пример")

    assert names(curator, "q=елкин") == ["Ёлкин"]
    assert names(curator, "q=Ёлкин+при") == ["Ёлкин"]
    assert names(curator, "q=никто") == []


def mentorship_titles(client: Client, query: str) -> list[str]:
    """Return the titles that the listing of mentorships shows."""
    response = client.get(f"/admin/register/mentorships/?{query}")
    return sorted(mentorship.title for mentorship in response.context["object_list"])


def test_mentorships_are_filtered_and_found(alpha: Organisation, curator: Client) -> None:
    day = today()
    with tenant_context(alpha):
        form = make_form()
        make_plan(make_mentee(title="идёт", form=form))
        make_mentorship(title="кончилась", ended_on=day - dt.timedelta(days=1))
        make_mentorship(make_person("Наставляемый"), title="будет", started_on=day + dt.timedelta(days=1))

    assert mentorship_titles(curator, f"form={form.pk}") == ["идёт"]
    assert mentorship_titles(curator, "state=active") == ["идёт"]
    assert mentorship_titles(curator, "state=ended") == ["кончилась"]
    assert mentorship_titles(curator, "state=planned") == ["будет"]
    assert mentorship_titles(curator, "plans=missing") == ["будет", "кончилась"]
    assert mentorship_titles(curator, "q=наставляемый") == ["будет"]


def test_plans_are_filtered_by_state(alpha: Organisation, curator: Client) -> None:
    day = today()
    with tenant_context(alpha):
        make_plan(title="просрочен", due_on=day - dt.timedelta(days=1))
        make_plan(title="идёт", due_on=day)
        make_plan(title="выполнен", due_on=day, completed_on=day)

    for state, title in (("overdue", "просрочен"), ("due", "идёт"), ("completed", "выполнен")):
        response = curator.get(f"/admin/register/plans/?state={state}")
        assert [plan.title for plan in response.context["object_list"]] == [title]


def test_what_is_typed_never_becomes_a_formula_in_an_export(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        make_person("=1+1")

    csv = b"".join(curator.get("/admin/register/people/?export=csv").streaming_content).decode("utf-8-sig")
    xlsx = b"".join(curator.get("/admin/register/people/?export=xlsx").streaming_content)

    assert "'=1+1" in csv
    cell = openpyxl.load_workbook(BytesIO(xlsx)).active["A2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


def test_an_export_has_every_row_and_only_this_schools(
    alpha: Organisation, beta: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        for number in range(60):
            make_person(f"Свой {number}")
    with tenant_context(beta):
        make_person("Чужой")

    text = b"".join(curator.get("/admin/register/people/?export=csv").streaming_content).decode()

    assert text.count("Свой") == 60
    assert "Чужой" not in text


def test_the_chooser_finds_people_by_name(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        make_person("Ёлкин")
        make_person("Дубов")

    page = curator.get("/admin/register/people/choose/results/?q=елк").content.decode()

    assert "Ёлкин" in page
    assert "Дубов" not in page


def test_a_chosen_person_is_told_to_the_curator_only(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        person = make_person()
    path = f"/admin/register/people/choose/chosen/{person.pk}/"

    assert curator.get(path).status_code == 200
    assert login(alpha, EDITOR).get(path).status_code == ENTERS


def test_a_link_from_the_story_chooses_the_mentee(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        mentee = make_mentee()

    response = curator.get(f"/admin/register/plans/new/?mentee={mentee.pk}")

    assert response.context["form"].initial["mentee"] == mentee.pk
    assert mentee.person.full_name in response.content.decode()


def test_a_change_is_written_into_the_history(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        form = make_form("pair")
    data = {"name": "Другое имя", "code": "pair", "order": 1, "is_active": "on"}

    curator.post(f"/admin/register/forms/edit/{form.pk}/", data)
    page = curator.get(f"/admin/register/forms/history/{form.pk}/").content.decode()

    assert "curator" in page
    with tenant_context(alpha):
        assert MentoringForm.objects.get(pk=form.pk).name == "Другое имя"


def test_deleting_a_mentorship_says_what_goes_along(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        mentee = make_mentee()
        make_plan(mentee)
        make_meeting(mentee.mentorship)
    path = f"/admin/register/mentorships/delete/{mentee.mentorship_id}/"

    assert "1" in curator.get(path).context["view"].confirmation_message
    curator.post(path)

    with tenant_context(alpha):
        assert Person.objects.count() == 2
        assert not mentee.mentorship.__class__.objects.exists()
