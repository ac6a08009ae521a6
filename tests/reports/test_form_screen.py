"""The form of a round in the school's admin."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring_reports.indicators.numbers import read_number
from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, SUPERUSER, client_at, login

from .drafts import day, open_round, save
from .records import mentor, pair, teacher


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def address(name: str, round_: Round, *args: Any) -> str:
    return reverse(f"mentoring_reports:{name}", urlconf="portal.urls_school", args=[round_.pk, *args])


def post(client: Client, round_: Round, version: int = 0, **fields: str) -> Any:
    """Post the form with some fields; two underscores in a name stand for a hyphen."""
    data = {"version": str(version), **{name.replace("__", "-"): text for name, text in fields.items()}}
    return client.post(address("fill", round_), data)


def page(response: Any) -> str:
    """Return the page with entities read."""
    return html.unescape(response.content.decode())


def test_the_form_shows_groups_counts_units_and_help(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        teacher()
    text = page(curator.get(address("fill", round_)))
    for group in ("Кадры и участники", "Дорожная карта", "Мероприятия"):
        assert group in text
    assert 'name="count-teaching_staff" value="1"' in text
    assert "Каждый человек считается один раз" in text


def test_a_get_writes_nothing(round_: Round, alpha: Organisation, curator: Client) -> None:
    curator.get(address("fill", round_))
    with tenant_context(alpha):
        assert Draft.objects.count() == 0


def test_saving_keeps_numbers_with_commas_and_spaces(round_: Round, alpha: Organisation, curator: Client) -> None:
    response = post(curator, round_, value__external_events="1\u00a0234", value__council_present=" 7 ")
    assert response.status_code == 302
    with tenant_context(alpha):
        saved = {row.element_code: row.value for row in Draft.objects.get().values.all()}
    assert (saved["external_events"], saved["council_present"]) == (1234, 7)


@pytest.mark.parametrize("text", ["abc", "1e999", "NaN", "Infinity", "9" * 400, "<script>alert(1)</script>"])
def test_a_wrong_number_is_told_at_the_field_and_kept_as_typed(round_: Round, curator: Client, text: str) -> None:
    post(curator, round_, value__external_events=text)
    response = curator.get(address("fill", round_))
    shown = response.context["screen"]
    row = next(row for group in shown.groups for row in group.rows if row.element.code == "external_events")
    assert row.box.value() == text
    assert row.errors
    assert "<script>alert" not in response.content.decode()


def test_a_fraction_where_whole_numbers_are_wanted_is_told_at_the_field(round_: Round, curator: Client) -> None:
    post(curator, round_, value__external_events="1 234,5")
    row = _row(curator.get(address("fill", round_)), "external_events")
    assert row.box.value().replace("\u00a0", " ") == "1 234,5"
    assert len(row.errors) == 1


def test_fields_that_were_not_posted_keep_what_the_draft_has(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    post(curator, round_, value__external_events="5", note="Записка", value__council_present="много")
    post(curator, round_, version=1, value__mentees_answered="3")
    filling = curator.get(address("fill", round_)).context["screen"].filling
    assert (filling.values["external_events"], filling.note) == (5, "Записка")
    assert filling.unread == {"council_present": "много"}


def test_numbers_not_filled_in_yet_are_no_errors_until_one_wants_to_send(round_: Round, curator: Client) -> None:
    first = curator.get(address("fill", round_)).context["screen"]
    response = post(curator, round_, action="send")
    checked = curator.get(response["Location"]).context["screen"]
    assert first.problems == []
    assert any("external_events" in place for place, _message in checked.problems)


def test_a_count_left_as_shown_is_not_overruled_though_it_changes_meanwhile(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        teacher()
    post(curator, round_, value__teaching_staff="0", count__teaching_staff="0")
    screen = curator.get(address("fill", round_)).context["screen"]
    assert screen.filling.values["teaching_staff"] == 1
    assert screen.filling.overruled == frozenset()


def test_an_overruled_count_asks_for_a_reason_at_the_field(round_: Round, curator: Client) -> None:
    post(curator, round_, value__teaching_staff="40", count__teaching_staff="0")
    screen = curator.get(address("fill", round_)).context["screen"]
    assert [place for place, _message in screen.problems] == ["id_value-teaching_staff"]
    assert screen.filling.overruled == {"teaching_staff"}


def test_two_editors_the_later_save_is_told_and_keeps_what_was_typed(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    other = login(alpha, CURATOR, "second-curator")
    post(other, round_, value__external_events="5")
    response = post(curator, round_, value__external_events="8", note="Моё")
    text = page(response)
    assert response.status_code == 409
    assert "second-curator" in text
    assert 'value="8"' in text
    assert "Моё" in text
    row = _row(response, "external_events")
    assert row.theirs == "5"
    with tenant_context(alpha):
        assert Draft.objects.get().values.get(element_code="external_events").value == 5


def test_after_comparing_the_second_editor_may_save(round_: Round, alpha: Organisation, curator: Client) -> None:
    post(login(alpha, CURATOR, "second-curator"), round_, value__external_events="5")
    conflict = post(curator, round_, value__external_events="8")
    version = conflict.context["form"].data["version"]
    assert post(curator, round_, version=int(version), value__external_events="8").status_code == 302


@pytest.mark.parametrize("version", ["", "-1", "abc", "9" * 30])
def test_a_version_that_was_tampered_with_is_a_conflict(round_: Round, curator: Client, version: str) -> None:
    data = {"version": version, "value-external_events": "8"}
    assert curator.post(address("fill", round_), data).status_code == 409


def test_a_closed_round_says_so_and_the_draft_can_be_read(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality)
    with tenant_context(alpha):
        save(round_, note="Мой черновик")
    with tenant_context(municipality):
        Round.objects.update(opens=day(-9), due=day(-5), closes=day(-1))
    response = curator.get(address("fill", round_))
    assert response.context["access"].explanation in page(response)
    assert "Мой черновик" in page(response)
    assert _row(response, "external_events").box.field.disabled


def test_a_save_that_comes_after_closing_shows_what_was_typed(municipality: Organisation, curator: Client) -> None:
    round_ = open_round(municipality, opens=day(-9), due=day(-5), closes=day(-1))
    response = post(curator, round_, value__external_events="8")
    assert response.status_code == 409
    assert 'value="8"' in page(response)


def test_a_round_that_is_not_open_yet_is_shown_but_not_saved(municipality: Organisation, curator: Client) -> None:
    round_ = open_round(municipality, opens=day(2), due=day(5), closes=day(9))
    assert curator.get(address("fill", round_)).context["access"].explanation
    assert post(curator, round_, value__external_events="8").status_code == 409


def test_the_preview_answers_with_indicators_and_findings_and_writes_nothing(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    data = {"value-mentees_answered": "4", "value-mentees_satisfied": "3", "value-external_events": "много"}
    answer = curator.post(address("preview", round_), data).json()
    assert "75" in answer["groups"]["surveys"]["indicators"]
    assert answer["rows"]["external_events"]["wrong"] is True
    with tenant_context(alpha):
        assert Draft.objects.count() == 0


def test_a_warning_is_shown_with_a_field_for_its_explanation(round_: Round, curator: Client) -> None:
    post(curator, round_, **{"explain-target_missed_by_half:experts": "Экспертов нет в районе"})
    text = page(curator.get(address("fill", round_)))
    assert 'name="explain-target_missed_by_half:experts"' in text
    assert "Экспертов нет в районе" in text


def test_the_rows_behind_a_count_are_shown_to_the_school(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        person = mentor(last_name="Показуева")
    text = page(curator.get(address("rows", round_, "mentors")))
    assert person.full_name in text


@pytest.mark.parametrize("code", ["external_events", "no_such_element"])
def test_there_are_no_rows_behind_what_is_not_counted(round_: Round, curator: Client, code: str) -> None:
    assert curator.get(address("rows", round_, code)).status_code == 404


def test_the_queries_of_the_form_do_not_grow_with_the_register(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    curator.get(address("fill", round_))
    with CaptureQueriesContext(connection) as few:
        curator.get(address("fill", round_))
    with tenant_context(alpha):
        for _number in range(15):
            pair(mentor(), teacher())
    with CaptureQueriesContext(connection) as many:
        curator.get(address("fill", round_))
    assert len(many) == len(few)


SCREENS = ("report", "fill", "send")


@pytest.mark.parametrize("name", SCREENS)
def test_a_round_of_another_municipality_does_not_exist(alpha: Organisation, curator: Client, name: str) -> None:
    url = reverse(f"mentoring_reports:{name}", urlconf="portal.urls_school", args=[10**9])
    assert curator.get(url).status_code == 404


@pytest.mark.parametrize("name", SCREENS)
def test_in_the_municipalitys_admin_there_are_no_such_screens(
    round_: Round, municipality: Organisation, name: str
) -> None:
    assert login(municipality, SUPERUSER).get(address(name, round_)).status_code == 404


@pytest.mark.parametrize("name", SCREENS)
def test_an_editor_may_not_open_the_reports(round_: Round, alpha: Organisation, name: str) -> None:
    response = login(alpha, EDITOR).get(address(name, round_))
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_a_stranger_is_sent_to_the_login(round_: Round, alpha: Organisation) -> None:
    assert "/login/" in client_at(alpha).get(address("fill", round_))["Location"]


def test_another_school_sees_neither_the_draft_nor_the_rows(
    round_: Round, alpha: Organisation, beta: Organisation
) -> None:
    with tenant_context(alpha):
        save(round_, note="Записка первой школы")
        mentor(last_name="Чужаков")
    other = login(beta, CURATOR)
    assert "Записка первой школы" not in page(other.get(address("fill", round_)))
    assert "Чужаков" not in page(other.get(address("rows", round_, "mentors")))


FIELDS = ("value-external_events", "value-teaching_staff", "reason-teaching_staff", "note")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.fixed_dictionaries({name: st.text(max_size=60) for name in FIELDS}))
def test_whatever_is_typed_the_form_answers_and_keeps_it(round_: Round, curator: Client, typed: dict[str, str]) -> None:
    response = curator.post(address("fill", round_), {"version": "-1", **typed})
    form = response.context["form"]
    assert response.status_code == 409
    assert {name: form[name].value() for name in FIELDS} == typed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_saved_and_comes_back(
    round_: Round, alpha: Organisation, curator: Client, text: str
) -> None:
    with tenant_context(alpha):
        Draft.objects.all().delete()
    post(curator, round_, value__external_events=text, note=text)
    filling = curator.get(address("fill", round_)).context["screen"].filling
    kept = text.replace("\x00", "").strip()
    number = filling.values["external_events"]
    assert filling.note == kept
    assert filling.unread.get("external_events", "") == kept if number is None else read_number(kept) == number


def _row(response: Any, code: str) -> Any:
    rows = [row for group in response.context["screen"].groups for row in group.rows]
    return next(row for row in rows if row.element.code == code)
