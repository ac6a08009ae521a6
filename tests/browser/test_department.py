"""The department's way: figures, a filter, the report behind a figure; and a new school with its site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories import DEPARTMENT, make_round
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted

from .conftest import Address, Enter, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def test_the_department_reads_figures_down_to_the_report(committed_tenants: Tenants, enter: Enter) -> None:
    municipality, alpha, beta = committed_tenants
    round_ = make_round(municipality)
    submission = hand_in_accepted(round_, alpha, USUAL)
    hand_in(round_, beta, USUAL)
    page = enter(municipality, DEPARTMENT)

    page.get_by_role("link", name="Показатели").first.click()
    page.get_by_role("navigation", name="Виды").get_by_role("link", name="Организации").click()
    schools = page.get_by_role("region", name="Организации").get_by_role("rowheader")
    expect(schools.filter(has_text=alpha.short_name)).to_be_visible()
    expect(schools.filter(has_text=beta.short_name)).to_be_visible()

    page.locator("select[name=territory]").select_option(alpha.territory.name)
    page.get_by_role("button", name="Показать", exact=True).click()
    expect(schools).to_have_text([alpha.short_name])

    page.get_by_role("region", name="Организации").get_by_role("link", name="15,0").first.click()
    expect(page).to_have_url(re.compile(rf"/admin/review/{submission.pk}/"))
    expect(page.get_by_role("heading", name=alpha.short_name, exact=True)).to_be_visible()


def test_a_school_created_in_the_admin_answers_at_its_address(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    municipality = committed_tenants[0]
    page = enter(municipality, DEPARTMENT)
    page.goto(address(municipality, "/admin/schools/new/"))

    # A wrong host is refused, and what was typed stays.
    page.locator("[name=name]").fill("Лицей № 3 города Примеров")
    page.locator("[name=short_name]").fill("Лицей № 3")
    page.locator("[name=organisation_type]").select_option(label="Гимназия")
    page.locator("[name=territory]").select_option(label="Заречье")
    page.locator("[name=host]").fill("alpha.portal.test")
    page.locator("#w-editor-form button[type=submit]").click()
    expect(page.get_by_text("Этот адрес занят организацией")).to_be_visible()
    expect(page.locator("[name=short_name]")).to_have_value("Лицей № 3")
    page.locator("[name=host]").fill("gamma.portal.test")
    page.locator("#w-editor-form button[type=submit]").click()
    expect(page.get_by_role("row").filter(has_text="Лицей № 3")).to_contain_text("gamma.portal.test")

    site = address(municipality).replace("portal.test", "gamma.portal.test")
    answer = page.goto(site)
    assert answer is not None
    assert answer.status == 200
    expect(page.locator(".brand-name")).to_have_text("Лицей № 3")
