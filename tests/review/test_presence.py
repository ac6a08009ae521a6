"""Who has which school's report open: a hint for colleagues, forgotten soon, never a lock."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.clock import now
from mentoring_reports.review.models import OpenReview
from mentoring_reports.review.presence import STALE
from mentoring_reports.submissions.enums import State
from tests.factories import CURATOR, METHODIST, SUPERUSER, login, make_round
from tests.review.handing import address, returned, submit
from tests.submissions.acting import participation
from tests.workbooks.reporting import USUAL, hand_in, make_schools


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def anna(municipality):
    return login(municipality, METHODIST, "anna")


@pytest.fixture
def boris(municipality):
    return login(municipality, METHODIST, "boris")


def here(submission):
    return f"{address(submission)}presence/"


def seen(response):
    return [open_review.user.username for open_review in response.context["open_now"]]


def in_queue(client):
    entries = client.get("/admin/review/").context["entries"]
    return {entry["row"].school.short_name: [row.user.username for row in entry["open_now"]] for entry in entries}


def everybody(municipality):
    with tenant_context(municipality):
        return sorted(OpenReview.objects.values_list("user__username", flat=True))


def age(municipality, by):
    """Make what is noted so much older."""
    with tenant_context(municipality):
        OpenReview.objects.update(seen_at=now() - by, opened_at=now() - by)


def test_a_colleague_sees_on_screen_and_in_the_queue_who_has_a_report_open(anna, boris, round_, alpha, beta):
    ours, _others = submit(round_, alpha), submit(round_, beta)

    anna.get(address(ours))

    assert seen(boris.get(address(ours))) == ["anna"]
    assert in_queue(boris) == {alpha.short_name: ["anna"], beta.short_name: []}
    assert in_queue(anna) == {alpha.short_name: ["boris"], beta.short_name: []}


def test_nobody_is_believed_to_be_there_after_two_minutes(municipality, anna, boris, round_, alpha):
    submission = submit(round_, alpha)
    anna.get(address(submission))

    age(municipality, STALE - dt.timedelta(seconds=10))
    assert in_queue(boris) == {alpha.short_name: ["anna"]}
    age(municipality, STALE + dt.timedelta(seconds=1))
    assert in_queue(boris) == {alpha.short_name: []}

    boris.get(address(submission))
    assert everybody(municipality) == ["boris"]


def test_the_heartbeat_keeps_since_when_and_renews_the_rest(municipality, anna, round_, alpha):
    submission = submit(round_, alpha)
    anna.get(address(submission))
    age(municipality, dt.timedelta(seconds=100))

    assert anna.post(here(submission)).status_code == 200

    with tenant_context(municipality):
        noted = OpenReview.objects.get()
    assert now() - noted.opened_at > dt.timedelta(seconds=90)
    assert now() - noted.seen_at < dt.timedelta(seconds=30)


def test_who_leaves_is_forgotten(municipality, anna, round_, alpha):
    submission = submit(round_, alpha)
    anna.get(address(submission))

    assert anna.post(here(submission), {"left": "1"}).status_code == 204

    assert everybody(municipality) == []


def test_who_decides_is_forgotten_and_the_other_is_told(municipality, anna, boris, round_, alpha):
    submission = submit(round_, alpha)
    anna.get(address(submission))
    boris.get(address(submission))

    anna.post(address(submission), {"decision": "accept"})
    told = boris.post(here(submission))

    assert told.context["was_decided"]
    assert "anna" in told.content.decode()
    assert boris.post(address(submission), {"decision": "accept"}).status_code == 409


def test_being_there_is_no_lock(anna, boris, round_, alpha):
    submission = submit(round_, alpha)
    anna.get(address(submission))

    boris.post(address(submission), {"decision": "accept"})

    assert participation(round_, alpha).state == State.ACCEPTED


def test_reading_what_is_decided_notes_nobody(municipality, anna, round_, alpha):
    submission = returned(round_, alpha)

    anna.get(address(submission))
    anna.post(here(submission))

    assert everybody(municipality) == []


def test_a_beat_is_only_posted(anna, round_, alpha):
    assert anna.get(here(submit(round_, alpha))).status_code == 405


def test_a_beat_for_what_does_not_exist_is_not_found(anna):
    assert anna.post("/admin/review/999999/presence/").status_code == 404


@pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
def test_a_school_notes_nothing(municipality, round_, alpha, role):
    submission = submit(round_, alpha)

    assert login(alpha, role).post(here(submission)).status_code == 404
    assert everybody(municipality) == []


def test_many_open_reports_cost_the_queue_no_statement_more(municipality, anna, boris, round_):
    submissions = [hand_in(round_, school, USUAL) for school in make_schools(municipality, 6)]
    anna.get("/admin/review/")

    counted = []
    for some in (submissions[:1], submissions[1:]):
        for submission in some:
            boris.get(address(submission))
        with CaptureQueriesContext(connection) as queries:
            anna.get("/admin/review/")
        counted.append(len(queries))

    assert counted[0] == counted[1]
