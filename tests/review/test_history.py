"""History and receipts on the municipality's side: all its schools', nobody else's, by permission."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import Round, Submission
from portal.tenants.models import Organisation
from tests.factories import CURATOR, METHODIST, login, make_round
from tests.submissions.acting import accept, hand_over, make_dated_round, return_


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return make_dated_round(municipality)


@pytest.fixture
def submission(round_: Round, alpha: Organisation) -> Submission:
    return hand_over(round_, alpha)


@pytest.fixture
def methodist(municipality: Organisation) -> Client:
    return login(municipality, METHODIST)


def address(name: str, *args: Any) -> str:
    return reverse(f"mentoring_review:{name}", urlconf="portal.urls_municipality", args=args)


def test_the_history_of_a_school_leads_to_revisions_and_receipts(
    round_: Round, submission: Submission, methodist: Client
) -> None:
    return_(submission, reason="Проверьте число наставников")
    second = hand_over(round_, submission.school, {"mentors": 7})
    accept(second)
    text = methodist.get(address("history", round_.pk, submission.school_id)).content.decode()
    for part in (
        address("submission", submission.pk),
        address("receipt", second.pk),
        "Проверьте число наставников",
        'data-event="accepted"',
        'data-code="mentors"',
    ):
        assert part in text


def test_the_receipt_is_the_schools_own(submission: Submission, methodist: Client, alpha: Organisation) -> None:
    text = methodist.get(address("receipt", submission.pk)).content.decode()
    assert f"2026-1-{alpha.pk}-1" in text
    assert submission.checksum in text
    sealed = methodist.get(address("receipt_sealed", submission.pk)).content
    assert hashlib.sha256(sealed).hexdigest() == submission.checksum


def test_the_submission_leads_to_its_history(submission: Submission, methodist: Client) -> None:
    text = methodist.get(address("submission", submission.pk)).content.decode()
    assert address("history", submission.round_id, submission.school_id) in text


def test_in_a_school_these_screens_do_not_exist(submission: Submission, alpha: Organisation) -> None:
    curator = login(alpha, CURATOR)
    assert curator.get(address("receipt", submission.pk)).status_code == 404
    assert curator.get(address("history", submission.round_id, alpha.pk)).status_code == 404


def test_somebody_without_the_right_is_turned_away(submission: Submission, municipality: Organisation) -> None:
    nobody = login(municipality, None)
    assert nobody.get(address("receipt", submission.pk)).status_code in {302, 403}


def test_another_municipalitys_rows_are_not_found(
    submission: Submission, round_: Round, methodist: Client, municipality: Organisation, alpha: Organisation
) -> None:
    assert methodist.get(address("receipt", 987654)).status_code == 404
    assert methodist.get(address("history", 987654, alpha.pk)).status_code == 404
    assert methodist.get(address("history", round_.pk, municipality.pk)).status_code == 404


def test_a_round_in_which_nothing_happened_yet_says_so(
    municipality: Organisation, methodist: Client, alpha: Organisation
) -> None:
    with tenant_context(municipality):
        planned = make_round(municipality, "2030-1", **_future())
    response = methodist.get(address("history", planned.pk, alpha.pk))
    assert response.context["rows"] == []


def _future() -> dict[str, Any]:
    day = dt.date.today() + dt.timedelta(days=100)
    return {"opens": day, "due": day, "closes": day}
