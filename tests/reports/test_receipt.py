"""The receipt and the history on the school's side: its own only, on a page that prints."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import Round, Submission
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, login
from tests.submissions.acting import OPENS, hand_over, make_dated_round, return_
from tests.workbooks.reporting import hand_in_accepted

NAMES = ["receipt", "receipt_sealed"]


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return make_dated_round(municipality)


@pytest.fixture
def submission(round_: Round, alpha: Organisation) -> Submission:
    return hand_over(round_, alpha, note="<b>Просим учесть</b>", explanations={"a:mentors": "Потому что"})


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def address(name: str, round_: Round, *args: Any) -> str:
    return reverse(f"mentoring_reports:{name}", urlconf="portal.urls_school", args=[round_.pk, *args])


def test_the_receipt_has_number_time_author_and_checksum(
    round_: Round, submission: Submission, curator: Client, alpha: Organisation
) -> None:
    text = curator.get(address("receipt", round_, 1)).content.decode()
    for part in (f"2026-1-{alpha.pk}-1", submission.author_name, submission.checksum, "1 июня 2026", "Потому что"):
        assert part in text
    assert 'data-intact="yes"' in text
    assert "<b>Просим" not in text


def test_the_sealed_text_gives_the_checksum(round_: Round, submission: Submission, curator: Client) -> None:
    response = curator.get(address("receipt_sealed", round_, 1))
    assert hashlib.sha256(response.content).hexdigest() == submission.checksum
    assert "attachment" in response["Content-Disposition"]


def test_a_revision_that_was_tampered_with_is_told(round_: Round, alpha: Organisation, curator: Client) -> None:
    hand_in_accepted(round_, alpha, {"mentors": 5}, seal="0" * 64)
    assert 'data-intact="no"' in curator.get(address("receipt", round_, 1)).content.decode()


def test_each_revision_has_its_receipt(round_: Round, submission: Submission, curator: Client) -> None:
    return_(submission)
    hand_over(round_, submission.school)
    assert [curator.get(address("receipt", round_, number)).status_code for number in (1, 2, 3)] == [200, 200, 404]


@pytest.mark.parametrize("name", NAMES)
def test_another_school_gets_none_of_it(round_: Round, submission: Submission, beta: Organisation, name: str) -> None:
    assert login(beta, CURATOR).get(address(name, round_, 1)).status_code == 404


def test_another_schools_history_is_its_own(round_: Round, submission: Submission, beta: Organisation) -> None:
    rows = login(beta, CURATOR).get(address("history", round_)).context["rows"]
    assert all(event.submission is None for event, _revision, _receipt in rows)


@pytest.mark.parametrize("name", ["receipt", "history"])
def test_an_editor_without_the_right_is_turned_away(round_: Round, alpha: Organisation, name: str) -> None:
    args = [1] if name == "receipt" else []
    assert login(alpha, EDITOR).get(address(name, round_, *args)).status_code in {302, 403}


def test_the_history_leads_to_each_revision_and_its_receipt(
    round_: Round, submission: Submission, curator: Client
) -> None:
    return_(submission, reason="Проверьте число наставников")
    hand_over(round_, submission.school, {"mentors": 7})
    text = curator.get(address("history", round_)).content.decode()
    for part in (
        address("revision", round_, 1),
        address("receipt", round_, 2),
        "Проверьте число наставников",
        'data-event="returned"',
        'data-code="mentors"',
    ):
        assert part in text


def test_a_round_of_nobody_is_not_found(curator: Client) -> None:
    assert curator.get("/admin/school-reports/987654/history/").status_code == 404


def test_the_receipt_asks_a_fixed_number_of_statements(
    round_: Round, submission: Submission, alpha: Organisation, curator: Client
) -> None:
    curator.get(address("receipt", round_, 1))  # what is read once a process
    with CaptureQueriesContext(connection) as first:
        curator.get(address("receipt", round_, 1))
    for number in range(3):
        with tenant_context(alpha):
            latest = Submission.objects.select_related("municipality").latest("revision")
        return_(latest)
        hand_over(round_, alpha, {"mentors": number}, on=OPENS)
    with CaptureQueriesContext(connection) as later:
        curator.get(address("receipt", round_, 1))
    assert len(later) == len(first)
