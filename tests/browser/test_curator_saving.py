"""The curator's form in a real browser: it saves by itself, survives a lost connection, carries forward, links."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django_tenants.utils import tenant_context
from playwright.sync_api import BrowserContext, Page, expect
from wagtail.documents.models import Document

from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.factories import CURATOR
from tests.reports.drafts import day, open_round, save
from tests.reports.records import END, START
from tests.submissions.acting import accept, hand_over

from .conftest import Address, Enter, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]

YEAR = dt.timedelta(days=365)
SAVED = "Сохранено в "
AUTOSAVE = "**/fill/autosave/"


def opened(enter: Enter, address: Address, school: Organisation, round_: Round) -> Page:
    """Log in as the curator and open the form."""
    page = enter(school, CURATOR)
    page.goto(address(school, f"/admin/school-reports/{round_.pk}/fill/"))
    return page


def field(page: Page, code: str) -> Any:
    return page.locator(f"[name=value-{code}]")


def state(page: Page) -> Any:
    return page.locator("[data-state]")


def stored(school: Organisation, code: str) -> Any:
    with tenant_context(school):
        row = Draft.objects.get().values.filter(element_code=code).first()
        return row and (row.entered, row.carried)


def test_what_is_typed_is_saved_by_itself_and_stays_after_a_reload(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    page = opened(enter, address, alpha, open_round(municipality))

    field(page, "external_events").fill("4")
    expect(state(page)).to_contain_text(SAVED)
    field(page, "council_present").fill("7")
    expect(state(page)).to_contain_text("Ещё не сохранено")
    expect(state(page)).to_contain_text(SAVED)
    page.reload()

    expect(field(page, "external_events")).to_have_value("4")
    expect(field(page, "council_present")).to_have_value("7")
    assert stored(alpha, "council_present") == (Decimal(7), False)


def test_a_lost_connection_is_told_and_made_up_for(committed_tenants: Tenants, enter: Enter, address: Address) -> None:
    municipality, alpha, _beta = committed_tenants
    page = opened(enter, address, alpha, open_round(municipality))

    page.context.set_offline(True)
    field(page, "external_events").fill("4")
    expect(state(page)).to_contain_text("нет связи")
    page.context.set_offline(False)

    expect(state(page)).to_contain_text(SAVED)
    assert stored(alpha, "external_events") == (Decimal(4), False)


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    page = opened(enter, address, alpha, open_round(municipality))

    def lose_the_answer(route: Any) -> None:
        asked = urlsplit(route.request.url)  # the browser knows the test's hosts, this way of asking does not
        route.fetch(
            url=f"http://127.0.0.1:{asked.port}{asked.path}",
            headers={**route.request.all_headers(), "host": asked.netloc},
        )
        route.abort()

    page.route(AUTOSAVE, lose_the_answer, times=1)
    field(page, "external_events").fill("4")
    expect(state(page)).to_contain_text(SAVED)

    with tenant_context(alpha):
        assert Draft.objects.get().version == 2


def test_two_tabs_the_second_is_told_and_nothing_is_lost(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    first = opened(enter, address, alpha, round_)
    second = _another_tab(first.context, first.url)

    field(first, "external_events").fill("4")
    expect(state(first)).to_contain_text(SAVED)
    field(second, "external_events").fill("9")
    expect(second.locator("#conflict")).to_be_visible()
    expect(second.locator("#row-external_events .report-row__theirs")).to_contain_text("4")
    expect(field(second, "external_events")).to_have_value("9")
    assert stored(alpha, "external_events") == (Decimal(4), False)

    # Having seen both, the second one saves by the button.
    second.get_by_role("button", name="Сохранить и пересчитать").click()
    expect(second.get_by_text("Черновик сохранён, показатели пересчитаны.")).to_be_visible()
    assert stored(alpha, "external_events") == (Decimal(9), False)


def test_who_was_logged_out_logs_in_elsewhere_and_goes_on(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    page = opened(enter, address, alpha, open_round(municipality))
    kept = page.context.cookies()

    page.context.clear_cookies()
    field(page, "external_events").fill("4")
    expect(state(page)).to_contain_text("вы вышли из системы")
    expect(field(page, "external_events")).to_have_value("4")
    page.context.add_cookies(kept)  # logged in again, in another tab

    expect(state(page)).to_contain_text(SAVED, timeout=30_000)
    assert stored(alpha, "external_events") == (Decimal(4), False)


def test_last_accepted_numbers_are_carried_forward_and_marked_until_touched(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    earlier = open_round(municipality, "earlier", period_start=START - YEAR, period_end=END - YEAR)
    accept(hand_over(earlier, alpha, {"external_events": 6, "council_present": 12}, on=day(0)), on=day(0))
    round_ = open_round(municipality)
    with tenant_context(alpha):
        save(round_, values={})
    page = opened(enter, address, alpha, round_)

    row = page.locator("#row-external_events")
    row.get_by_role("button", name="Взять 6").click()
    expect(field(page, "external_events")).to_have_value("6")
    expect(state(page)).to_contain_text(SAVED)
    expect(row.locator(".report-row__carried")).to_be_visible()
    assert stored(alpha, "external_events") == (Decimal(6), True)

    field(page, "external_events").fill("8")
    expect(row.locator(".report-row__carried")).to_have_count(0)
    assert stored(alpha, "external_events") == (Decimal(8), False)
    assert stored(alpha, "council_present") is None


def test_without_scripts_a_group_is_carried_forward_by_its_button(
    committed_tenants: Tenants, enter: Enter, address: Address, open_page: Any
) -> None:
    municipality, alpha, _beta = committed_tenants
    earlier = open_round(municipality, "earlier", period_start=START - YEAR, period_end=END - YEAR)
    accept(hand_over(earlier, alpha, {"external_events": 6}, on=day(0)), on=day(0))
    round_ = open_round(municipality)
    logged_in = enter(alpha, CURATOR)
    page = open_page(java_script_enabled=False, storage_state=logged_in.context.storage_state())

    page.goto(address(alpha, f"/admin/school-reports/{round_.pk}/fill/"))
    page.locator("#row-external_events").get_by_role("button", name="Взять 6").click()

    expect(field(page, "external_events")).to_have_value("6")
    assert stored(alpha, "external_events") == (Decimal(6), True)


def test_a_document_of_the_library_is_attached_to_a_number(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    with tenant_context(alpha):
        Document.objects.create(title="Приказ о наставниках", file=ContentFile(b"%PDF-1.4", name="prikaz.pdf"))
    page = opened(enter, address, alpha, open_round(municipality))

    field(page, "external_events").fill("4")
    expect(state(page)).to_contain_text(SAVED)
    page.locator("#row-external_events").get_by_role("link", name="Приложить подтверждение").click()
    expect(page.get_by_text("без персональных данных")).to_be_visible()
    page.get_by_role("button", name="Выберите документ").first.click()
    page.get_by_role("link", name="Приказ о наставниках").click()
    page.get_by_role("button", name="Приложить", exact=True).click()
    expect(page.get_by_text("Приложено: «Приказ о наставниках».")).to_be_visible()
    page.get_by_role("link", name="Вернуться к отчёту").first.click()

    link = page.locator("#row-external_events .report-evidence a")
    expect(link).to_contain_text("Приказ о наставниках")
    expect(field(page, "external_events")).to_have_value("4")


def _another_tab(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    return page
