"""From the summary to the revision: the screens around handing a report over."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.actions import Author, grant_extension, return_for_revision
from mentoring_reports.submissions.models import Round, Submission
from portal.tenants.models import Organisation
from tests.factories import CURATOR, METHODIST, login, make_user

from .drafts import day, open_round, ready_draft, save
from .records import teacher


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


@pytest.fixture
def draft(round_: Round, alpha: Organisation) -> Draft:
    with tenant_context(alpha):
        return ready_draft(round_, alpha, note="Просим учесть")


def address(name: str, round_: Round, *args: Any) -> str:
    return reverse(f"mentoring_reports:{name}", urlconf="portal.urls_school", args=[round_.pk, *args])


def page(response: Any) -> str:
    """Return the page with entities read."""
    return html.unescape(response.content.decode())


def send(client: Client, round_: Round) -> Any:
    """Open the summary and confirm what it shows."""
    summary = client.get(address("send", round_))
    fields = {"version": summary.context["draft"].version, "confirmed": summary.context["fingerprint"]}
    return client.post(address("send", round_), fields)


def returned(municipality: Organisation, reason: str) -> None:
    """Let a methodist return the only submission."""
    methodist = make_user(municipality, METHODIST)
    with tenant_context(municipality):
        return_for_revision(submission_id=Submission.objects.get().pk, reason=reason, by=Author.of(methodist))


def test_the_summary_shows_what_will_be_sent(round_: Round, draft: Draft, curator: Client) -> None:
    text = page(curator.get(address("send", round_)))
    assert "Просим учесть" in text
    assert "Пояснение: target_missed_by_half:experts" in text


def test_the_summary_of_a_report_with_errors_leads_back_to_the_form(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        save(round_)
    assert curator.get(address("send", round_))["Location"] == f"{address('fill', round_)}?check=1"


def test_without_a_draft_there_is_nothing_to_send(round_: Round, curator: Client) -> None:
    assert curator.get(address("send", round_)).status_code == 302
    assert curator.post(address("send", round_), {}).status_code == 302


def test_confirming_sends_revision_one_and_shows_the_state(
    round_: Round, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    response = send(curator, round_)
    assert response["Location"] == address("report", round_)
    with tenant_context(alpha):
        submission = Submission.objects.get()
    text = page(curator.get(address("report", round_)))
    assert submission.checksum in text
    assert address("revision", round_, 1) in text


def test_a_count_that_changed_after_the_summary_sends_nothing(
    round_: Round, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    summary = curator.get(address("send", round_))
    with tenant_context(alpha):
        teacher()
    fields = {"version": draft.version, "confirmed": summary.context["fingerprint"]}
    response = curator.post(address("send", round_), fields)
    assert response["Location"] == address("send", round_)
    with tenant_context(alpha):
        assert Submission.objects.count() == 0


def test_a_summary_of_an_older_draft_sends_nothing(
    round_: Round, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    summary = curator.get(address("send", round_))
    with tenant_context(alpha):
        save(round_, version=draft.version, note="Другой")
    fields = {"version": draft.version, "confirmed": summary.context["fingerprint"]}
    curator.post(address("send", round_), fields)
    with tenant_context(alpha):
        assert Submission.objects.count() == 0


def test_a_bare_post_without_the_summary_sends_nothing(
    round_: Round, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    curator.post(address("send", round_), {"version": draft.version})
    with tenant_context(alpha):
        assert Submission.objects.count() == 0


def test_after_sending_the_form_is_locked(round_: Round, draft: Draft, curator: Client) -> None:
    send(curator, round_)
    response = curator.get(address("fill", round_))
    assert response.context["access"].explanation in page(response)
    assert response.context["form"]["note"].field.disabled


def test_a_revision_is_shown_as_it_was_sent_whatever_changes_later(
    round_: Round, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    send(curator, round_)
    with tenant_context(alpha):
        teacher()
    screen = curator.get(address("revision", round_, 1)).context["screen"]
    assert screen.filling.values["teaching_staff"] == 0
    assert screen.filling.note == "Просим учесть"


def test_a_revision_that_does_not_exist_is_not_found(round_: Round, curator: Client) -> None:
    assert curator.get(address("revision", round_, 7)).status_code == 404


def test_another_school_does_not_see_the_revision(
    round_: Round, draft: Draft, curator: Client, beta: Organisation
) -> None:
    send(curator, round_)
    assert login(beta, CURATOR).get(address("revision", round_, 1)).status_code == 404


def test_a_returned_report_shows_the_reason_where_the_school_acts_and_can_be_sent_again(
    round_: Round, municipality: Organisation, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    send(curator, round_)
    returned(municipality, "Проверьте число наставников")
    for name in ("report", "fill"):
        assert "Проверьте число наставников" in page(curator.get(address(name, round_)))
    send(curator, round_)
    with tenant_context(alpha):
        assert sorted(Submission.objects.values_list("revision", flat=True)) == [1, 2]


def test_the_list_puts_rounds_to_act_on_first(round_: Round, municipality: Organisation, curator: Client) -> None:
    open_round(municipality, "2026-0", opens=day(-30), due=day(-20), closes=day(-10))
    open_round(municipality, "2026-2", opens=day(5), due=day(6), closes=day(7))
    rounds = curator.get("/admin/school-reports/").context["rounds"]
    assert [access.round.code for access in rounds] == ["2026-1", "2026-2", "2026-0"]


def test_a_report_that_was_begun_is_a_draft_for_the_school(round_: Round, alpha: Organisation, curator: Client) -> None:
    before = curator.get(address("report", round_)).context["access"].state
    with tenant_context(alpha):
        save(round_)
    after = curator.get(address("report", round_)).context["access"].state
    assert (before, after) == ("not_started", "draft")


def test_an_extension_moves_the_date_that_the_school_sees(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality, opens=day(-9), due=day(-1), closes=day(9))
    methodist = make_user(municipality, METHODIST)
    with tenant_context(municipality):
        grant_extension(round_=round_, school=alpha, due=day(3), reason="Карантин", by=Author.of(methodist))
    access = curator.get(address("report", round_)).context["access"]
    assert (access.due, access.days_left, access.phase) == (day(3), 3, "open")


def test_the_home_screen_says_what_waits(
    round_: Round, municipality: Organisation, alpha: Organisation, draft: Draft, curator: Client
) -> None:
    before = page(curator.get("/admin/"))
    send(curator, round_)
    waiting = page(curator.get("/admin/"))
    returned(municipality, "Проверьте число наставников")
    after = page(curator.get("/admin/"))
    assert address("fill", round_) in before
    assert address("fill", round_) not in waiting
    assert "Проверьте число наставников" in after
