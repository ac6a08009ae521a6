"""Saving as one types: the same as the button, said in words; nobody overwrites anybody, nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, client_at, login

from .drafts import day, open_round, ready_draft
from .records import mentor, pair, teacher
from .screens import address, page, send


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def autosave(client: Client, round_: Round, version: int = 0, tab: str = "tab-1", **fields: str) -> Any:
    """Post what an open form posts by itself; two underscores in a name stand for a hyphen."""
    data = {"version": str(version), "tab": tab, **{name.replace("__", "-"): text for name, text in fields.items()}}
    return client.post(address("autosave", round_), data, headers={"X-Requested-With": "XMLHttpRequest"})


def saved(school: Organisation, code: str = "external_events") -> Any:
    with tenant_context(school):
        row = Draft.objects.get().values.filter(element_code=code).first()
        return row and row.entered


def test_what_is_typed_is_saved_and_the_answer_says_when(round_: Round, alpha: Organisation, curator: Client) -> None:
    answer = autosave(curator, round_, value__external_events="5")
    said = answer.json()
    assert (answer.status_code, said["state"], said["version"]) == (200, "saved", 1)
    assert saved(alpha) == 5


def test_the_answer_brings_what_the_numbers_make(round_: Round, curator: Client) -> None:
    said = autosave(curator, round_, value__mentees_answered="4", value__mentees_satisfied="3").json()
    assert "75" in said["groups"]["surveys"]["indicators"]
    assert "mentees_answered" in said["rows"]


def test_saving_twice_goes_on_from_the_version_that_was_answered(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    first = autosave(curator, round_, value__external_events="5").json()
    second = autosave(curator, round_, version=first["version"], value__external_events="6")
    assert (second.status_code, second.json()["version"], saved(alpha)) == (200, 2, 6)


def test_a_form_whose_answer_was_lost_may_save_again(round_: Round, alpha: Organisation, curator: Client) -> None:
    autosave(curator, round_, value__external_events="5")
    again = autosave(curator, round_, version=0, value__external_events="6")
    assert (again.status_code, again.json()["version"], saved(alpha)) == (200, 2, 6)


def test_another_tab_of_the_same_person_is_somebody_else(round_: Round, alpha: Organisation, curator: Client) -> None:
    autosave(curator, round_, tab="tab-1", value__external_events="5")
    other = autosave(curator, round_, tab="tab-2", value__external_events="6")
    assert (other.status_code, other.json()["state"], saved(alpha)) == (409, "conflict", 5)


def test_a_lost_answer_does_not_excuse_what_somebody_saved_after_it(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    autosave(curator, round_, tab="tab-1", value__external_events="5")
    autosave(login(alpha, CURATOR, "second"), round_, version=1, tab="tab-2", value__external_events="7")
    late = autosave(curator, round_, version=0, tab="tab-1", value__external_events="6")
    assert (late.status_code, saved(alpha)) == (409, 7)


@pytest.mark.parametrize("tab", ["", "x" * 41, "\x00"])
def test_a_form_without_a_proper_name_is_never_taken_for_itself(
    round_: Round, alpha: Organisation, curator: Client, tab: str
) -> None:
    autosave(curator, round_, tab="", value__external_events="5")
    assert autosave(curator, round_, tab=tab, value__external_events="6").status_code == 409
    assert saved(alpha) == 5


def test_a_conflict_shows_theirs_beside_every_field_that_differs(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    autosave(login(alpha, CURATOR, "second"), round_, tab="theirs", value__external_events="5", note="Записка второго")
    said = autosave(curator, round_, value__external_events="8", value__council_present="3", note="Моя").json()
    assert set(said["theirs"]) == {"value-external_events", "value-council_present", "note"}
    assert "5" in said["theirs"]["value-external_events"]
    assert "Записка второго" in said["theirs"]["note"]
    assert "second" in said["notice"]
    assert said["version"] == 1


def test_after_a_conflict_the_button_saves_over_the_version_that_was_shown(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    autosave(login(alpha, CURATOR, "second"), round_, tab="theirs", value__external_events="5")
    shown = autosave(curator, round_, value__external_events="8").json()["version"]
    data = {"version": shown, "tab": "tab-1", "value-external_events": "8"}
    assert curator.post(address("fill", round_), data).status_code == 302
    assert saved(alpha) == 8


def test_a_round_that_closed_meanwhile_says_so_and_saves_nothing(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality, opens=day(-9), due=day(-5), closes=day(-1))
    answer = autosave(curator, round_, value__external_events="5")
    assert (answer.status_code, answer.json()["state"]) == (409, "closed")
    assert answer.json()["text"]
    with tenant_context(alpha):
        assert not Draft.objects.exists()


def test_a_report_that_was_sent_meanwhile_says_so(round_: Round, alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        draft = ready_draft(round_, alpha)
    send(curator, round_)
    answer = autosave(curator, round_, version=draft.version, value__external_events="99")
    assert answer.json()["state"] == "closed"
    assert saved(alpha) == 4


def test_who_is_logged_out_or_may_not_is_refused_and_nothing_is_saved(round_: Round, alpha: Organisation) -> None:
    for client in (client_at(alpha), login(alpha, EDITOR)):
        assert autosave(client, round_, value__external_events="5").status_code in {302, 403}
    with tenant_context(alpha):
        assert not Draft.objects.exists()


def test_another_school_saves_into_its_own_draft(
    round_: Round, alpha: Organisation, beta: Organisation, curator: Client
) -> None:
    autosave(curator, round_, value__external_events="5")
    other = autosave(login(beta, CURATOR), round_, value__external_events="9")
    assert (other.status_code, saved(alpha), saved(beta)) == (200, 5, 9)


def test_text_that_is_no_number_is_kept_and_told(round_: Round, alpha: Organisation, curator: Client) -> None:
    said = autosave(curator, round_, value__external_events="много <b>").json()
    assert said["rows"]["external_events"]["wrong"] is True
    assert saved(alpha) == "много <b>"
    assert "<b>" not in said["rows"]["external_events"]["findings"].replace("&lt;b&gt;", "")


def test_only_an_open_form_saves_by_itself(municipality: Organisation, curator: Client) -> None:
    open_one = open_round(municipality, "open")
    closed = open_round(municipality, "closed", opens=day(-9), due=day(-5), closes=day(-1))
    assert "data-autosave=" in page(curator.get(address("fill", open_one)))
    assert "data-autosave=" not in page(curator.get(address("fill", closed)))


def test_the_queries_of_a_save_do_not_grow_with_the_register(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    autosave(curator, round_, value__external_events="1")
    with CaptureQueriesContext(connection) as few:
        autosave(curator, round_, version=1, value__external_events="2")
    with tenant_context(alpha):
        for _number in range(10):
            pair(mentor(), teacher())
    with CaptureQueriesContext(connection) as many:
        autosave(curator, round_, version=2, value__external_events="3")
    assert len(many) == len(few)
