"""A report goes to and fro: returned with a reason, corrected, read again, accepted by a key."""

from __future__ import annotations

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import expect

from mentoring_reports.reports.actions import submit
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Decision, Participation
from tests.factories import CURATOR, METHODIST, make_user
from tests.reports.drafts import open_round, ready_draft

from .conftest import Enter, OpenPage, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]

REASON = "Проверьте число внешних мероприятий."
SECOND_THOUGHT = "И ещё: уточните число занятий."


def test_a_report_is_returned_corrected_and_accepted(
    committed_tenants: Tenants, enter: Enter, open_page: OpenPage
) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    sender = make_user(alpha, CURATOR, "sender")
    with tenant_context(alpha):
        submit(draft=ready_draft(round_, alpha, by=sender), by=sender)
    methodist = enter(municipality, METHODIST)

    # The report waits in the queue.
    methodist.get_by_role("link", name="Проверка", exact=True).first.click()
    methodist.get_by_role("link", name=alpha.short_name).click()
    expect(methodist.get_by_role("heading", name=alpha.short_name, exact=True)).to_be_visible()
    forgotten = methodist.context.new_page()
    forgotten.goto(methodist.url)
    forgotten.locator("#reason").fill(SECOND_THOUGHT)

    # Without a reason nothing is returned; R leads to where it is written.
    methodist.get_by_role("button", name="Вернуть на доработку").click()
    expect(methodist.locator("#refusal")).to_be_visible()
    expect(methodist.locator("#reason")).to_be_focused()
    methodist.locator("#reason").fill(REASON)
    methodist.get_by_role("button", name="Вернуть на доработку").click()
    expect(methodist.get_by_text("Ничто не ждёт решения.", exact=True)).to_be_visible()

    # The school sees the reason where it acts, corrects and sends again.
    school = enter(alpha, CURATOR, on=open_page())
    expect(school.locator(".report-todo")).to_contain_text(REASON)
    school.locator(".report-todo").get_by_role("link", name=round_.title).click()
    expect(school.locator(".report-notice__reason")).to_have_text(REASON)
    school.locator("[name=value-external_events]").fill("5")
    school.get_by_role("button", name="Проверить и отправить").click()
    school.get_by_role("button", name="Отправить отчёт").click()
    expect(school.get_by_text("Редакция 2 отправлена.")).to_be_visible()

    # A screen left open on the old revision decides nothing and loses nothing.
    forgotten.get_by_role("button", name="Вернуть на доработку").click()
    expect(forgotten.locator("#kept")).to_have_value(SECOND_THOUGHT)
    forgotten.get_by_role("button", name="Показать редакцию 2").click()
    expect(forgotten.locator("#reason")).to_have_value(SECOND_THOUGHT)

    # The corrected report is accepted by a key, and the queue is empty again.
    methodist.reload()
    expect(methodist.get_by_role("row").filter(has_text=alpha.short_name)).to_contain_text("представлен повторно")
    methodist.get_by_role("link", name=alpha.short_name).click()
    expect(methodist.locator("[data-review-key=KeyA]")).to_be_visible()
    methodist.keyboard.press("a")
    expect(methodist.get_by_text("Ничто не ждёт решения.", exact=True)).to_be_visible()

    with tenant_context(municipality):
        assert Participation.objects.get(round=round_).state == State.ACCEPTED
        assert Decision.objects.count() == 2
    school.reload()
    expect(school.locator(".report-round__head")).to_contain_text("принят")
