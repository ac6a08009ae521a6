"""A version tried on a past round: what it would have flagged, how figures would change; nothing is written."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.indicators.actions import add_part, change_part, draft_next_version
from mentoring_reports.indicators.copying import fingerprint
from mentoring_reports.indicators.models import Target
from mentoring_reports.submissions.models import Participation
from tests.factories import DEPARTMENT, METHODIST, login, make_round
from tests.indicators.versions import BY, builtin, element, indicator
from tests.workbooks.reporting import USUAL, accept_usual, hand_in, hand_in_accepted, make_schools


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def draft(municipality):
    with tenant_context(municipality):
        return draft_next_version(form=builtin(), by=BY)


def trial(client, draft, **parameters):
    return client.get(f"/admin/report-forms/{draft.pk}/trial/", parameters)


def line(response, code):
    return next((check for check in response.context["flags"].checks if check.code == code), None)


def figure(response, code):
    return next(row for row in response.context["figures"] if row.indicator.code == code)


def test_an_unchanged_draft_changes_nothing(municipality, round_, draft, alpha, beta):
    hand_in(round_, alpha, {**USUAL, "mentors": 50})
    hand_in_accepted(round_, beta, USUAL)

    response = trial(login(municipality, METHODIST), draft)

    assert response.context["round"] == round_
    assert len(response.context["flags"].schools) == 2
    assert len(line(response, "mentors_within_staff").now) == 1
    assert response.context["flags"].changed == []
    assert response.context["changed_figures"] == []


def test_a_stricter_check_names_the_schools_that_it_would_flag(municipality, round_, draft, alpha, beta):
    hand_in(round_, alpha, USUAL)
    hand_in(round_, beta, {**USUAL, "mentors": 2})
    with tenant_context(municipality):
        draft.checks.filter(code="mentors_within_staff").update(left="4", operator="<=", right="mentors")

    response = trial(login(municipality, METHODIST), draft)

    found = line(response, "mentors_within_staff")
    assert (len(found.now), [one.report.school for one in found.then]) == (0, [beta.name])
    assert [(one.report.school, one.is_stopped) for one in response.context["flags"].changed] == [(beta.name, True)]


def test_a_check_that_is_gone_flags_nobody_any_more(municipality, round_, draft, alpha):
    hand_in(round_, alpha, {**USUAL, "mentors": 50})
    with tenant_context(municipality):
        draft.checks.filter(code="mentors_within_staff").delete()

    found = line(trial(login(municipality, METHODIST), draft), "mentors_within_staff")

    assert (len(found.now), len(found.then), len(found.vanished)) == (1, 0, 1)


def test_what_the_round_did_not_ask_for_has_no_data_and_is_not_flagged(municipality, round_, draft, alpha):
    hand_in_accepted(round_, alpha, USUAL)
    with tenant_context(municipality):
        add_part(part=element(draft, "clubs", required=True))
        add_part(part=indicator(draft, "club_share", numerator="clubs"))

    response = trial(login(municipality, METHODIST), draft)

    assert response.context["missing"] == ["Клубы"]
    assert response.context["flags"].changed == []
    new = figure(response, "club_share")
    assert (new.now, new.then.value, new.then.known) == (None, None, 0)


def test_figures_change_with_the_formula(municipality, round_, draft, alpha, beta):
    hand_in_accepted(round_, alpha, {**USUAL, "mentors": 4, "experts": 4, "teaching_staff": 40})
    hand_in_accepted(round_, beta, {**USUAL, "mentors": 6, "experts": 6, "teaching_staff": 60})
    with tenant_context(municipality):
        draft.indicators.filter(code="mentor_share").update(numerator="mentors + experts")
        draft.indicators.filter(code="plan_approval").delete()

    response = trial(login(municipality, METHODIST), draft)

    share = figure(response, "mentor_share")
    assert (share.now.value, share.then.value, share.difference) == (10, 20, 10)
    assert share.is_another_number
    assert figure(response, "plan_approval").then is None
    assert response.context["accepted"] == 2


def test_other_targets_change_who_reaches_them(municipality, round_, draft, alpha, beta):
    for school in (alpha, beta):
        hand_in_accepted(round_, school, {**USUAL, "mentors": 4})
    with tenant_context(municipality):
        share = draft.indicators.get(code="mentor_share")
        targets = [Target(school_type=beta.organisation_type.name, value=50)]
        change_part(part=share, seen=fingerprint(share), targets=targets)

    share = figure(trial(login(municipality, METHODIST), draft), "mentor_share")

    assert (share.now.reached, share.then.reached) == (2, 1)


def test_the_last_accepted_values_count_as_they_did(municipality, round_, draft, alpha):
    before = make_round(
        municipality,
        "2025-2",
        period_start=round_.period_start - dt.timedelta(days=200),
        period_end=round_.period_start - dt.timedelta(days=1),
    )
    hand_in_accepted(before, alpha, {**USUAL, "mentors": 5})
    hand_in(round_, alpha, {**USUAL, "mentors": 6})
    with tenant_context(municipality):
        draft.checks.filter(code="jump").update(right="10")

    found = line(trial(login(municipality, METHODIST), draft), "jump")

    assert (len(found.now), len(found.then)) == (0, 1)


def test_a_round_is_chosen_and_an_unknown_one_not_found(municipality, round_, draft):
    other = make_round(municipality, "2025-2")
    client = login(municipality, METHODIST)

    assert trial(client, draft, round=other.pk).context["round"] == other
    for asked in ("987654", "x"):
        assert trial(client, draft, round=asked).status_code == 404


def test_without_a_round_that_has_opened_there_is_nothing_to_try_on(municipality, draft):
    later = dt.date.today() + dt.timedelta(days=5)
    make_round(municipality, opens=later, due=later, closes=later)

    response = trial(login(municipality, METHODIST), draft)

    assert response.status_code == 200
    assert "flags" not in response.context


def test_a_draft_that_cannot_be_read_says_so(municipality, round_, draft, alpha):
    hand_in(round_, alpha, USUAL)
    with tenant_context(municipality):
        draft.checks.filter(code="jump").update(right="много")

    assert trial(login(municipality, DEPARTMENT), draft).context["is_unreadable"]


def test_a_trial_writes_nothing(municipality, round_, draft, alpha):
    hand_in_accepted(round_, alpha, USUAL)
    client = login(municipality, METHODIST)
    trial(client, draft)

    with CaptureQueriesContext(connection) as queries:
        trial(client, draft)

    written = [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []


def test_a_trial_on_two_hundred_schools_takes_no_more_statements_and_a_few_seconds(municipality, round_, draft):
    schools = make_schools(municipality, 200)
    client = login(municipality, METHODIST)
    accept_usual(round_, schools[:2])
    trial(client, draft)
    with CaptureQueriesContext(connection) as few:
        trial(client, draft)
    accept_usual(round_, schools[2:])

    started = time.monotonic()
    with CaptureQueriesContext(connection) as many:
        response = trial(client, draft)

    assert time.monotonic() - started < 5
    assert len(response.context["flags"].schools) == 200
    assert len(many) == len(few)
    with tenant_context(municipality):
        assert Participation.objects.count() == 200
