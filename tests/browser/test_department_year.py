"""The department's year: a new version of the form, the next round made from the last one, an edition published."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.publications.models import Edition
from mentoring_reports.submissions.models import Round
from tests.factories import DEPARTMENT
from tests.submissions.acting import make_dated_round
from tests.workbooks.reporting import USUAL, hand_in_accepted

from .conftest import Enter, Tenants
from .looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def test_the_department_prepares_the_next_round_and_publishes_the_last(
    committed_tenants: Tenants, enter: Enter
) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = make_dated_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    page = enter(municipality, DEPARTMENT)

    against = [
        *make_a_new_version_of_the_form(page, municipality),
        *make_the_next_round(page, municipality, round_),
        *publish_the_last(page, municipality, round_),
    ]

    assert against == []


def go(page: Page, path: str) -> None:
    page.goto(re.sub(r"/admin/.*", f"/admin/{path}", page.url))


def make_a_new_version_of_the_form(page: Page, municipality: Any) -> list[str]:
    """Draft it, see at once what is wrong with it, try it on the last round, release it."""
    go(page, "report-forms/")
    against = faults(page)
    page.locator("td.title a").first.click()
    page.get_by_role("button", name="Создать следующую версию").click()
    against += faults(page)
    page.get_by_role("link", name="Добавить первичный показатель").click()
    against += faults(page)
    page.locator("[name=code]").fill("clubs")
    page.locator("[name=name]").fill("Клубы наставников")
    page.locator("[name=group]").select_option(index=1)
    page.locator("[name=kind][value=typed]").check()
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.get_by_role("link", name="Испытать на прошлом сборе").click()
    expect(page.get_by_text("Клубы наставников")).to_be_visible()
    against += faults(page)
    page.go_back()
    page.get_by_role("link", name="Выпустить…").click()
    against += faults(page)
    page.get_by_role("button", name="Выпустить").click()
    expect(page.get_by_role("button", name="Создать следующую версию")).to_be_visible()
    with tenant_context(municipality):
        newest = ReportForm.objects.order_by("version").last()
        assert newest is not None
        assert (newest.version, newest.is_draft) == (2, False)
        assert newest.elements.filter(code="clubs").exists()
    return against


def make_the_next_round(page: Page, municipality: Any, last: Round) -> list[str]:
    """Find what is proposed after the last round, take it, and see it in the year's calendar."""
    go(page, "rounds/")
    against = faults(page)
    go(page, "rounds/new/")
    expect(page.get_by_text(f"«{last.title}»")).to_be_visible()
    expect(page.locator("[name=code]")).to_have_value("2026-2")
    against += faults(page)
    page.locator("[name=title]").fill("Второй сбор года")
    page.locator("#w-editor-form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Второй сбор года").first).to_be_visible()
    against += faults(page)
    go(page, "rounds/calendar/?year=2026")
    expect(page.get_by_role("rowheader").filter(has_text="Второй сбор года")).to_be_visible()
    against += faults(page)
    with tenant_context(municipality):
        made = Round.objects.get(code="2026-2")
        assert made.period_start == last.period_end + dt.timedelta(days=1)
    return against


def publish_the_last(page: Page, municipality: Any, round_: Round) -> list[str]:
    """Look at what would be published, publish it, and read it where everybody does."""
    go(page, "publishing/")
    against = faults(page)
    page.get_by_role("link", name=round_.title).click()
    against += faults(page)
    page.get_by_role("button", name="Опубликовать").click()
    expect(page.get_by_text("Редакция 1 опубликована.")).to_be_visible()
    public = page.get_by_role("link", name="Показать на портале").first.get_attribute("href") or ""
    page.goto(re.sub(r"/admin/.*", urlsplit(public).path, page.url))
    expect(page.get_by_role("heading", name=round_.title).first).to_be_visible()
    with tenant_context(municipality):
        assert Edition.objects.get().round_id == round_.pk
    return against
