"""A visitor of the public sites: without scripts, by keyboard, on a phone, in the dark, with a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect
from wagtail.models import Page as WebPage

from portal.tenants.models import Organisation
from tests.schools import building

from .conftest import Address, OpenPage, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]

ROADMAP = "/nastavnichestvo/dorozhnaya-karta/"
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
NARROW = 320
RUN_AXE = "axe.run({resultTypes: ['violations'], preload: false})"  # no rule of ours needs the style sheets themselves
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def paths(organisation: Organisation) -> list[str]:
    """Return the address of every published page, of what a filter does not find, and of a page that is not there."""
    with tenant_context(organisation):
        pages = [page.get_url() for page in WebPage.objects.live().filter(depth__gt=1).order_by("path")]
    nothing_found = [f"{ROADMAP}?section=999999"] if ROADMAP in pages else ["/shkoly/?q=нет"]
    return [*pages, *nothing_found, "/net-takoy-stranitsy/"]


def variants(page: Page) -> Iterator[str]:
    """Show the page in each width and colour scheme, and name what is shown."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            yield f"{width} px, {scheme}"


def violations(page: Page) -> list[str]:
    """Return what axe has against the page as it is shown."""
    found = page.evaluate(RUN_AXE)["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def test_no_page_has_an_accessibility_violation_or_scrolls_sideways(
    committed_tenants: Tenants, open_page: OpenPage, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    with tenant_context(alpha):
        building.fill_site()
    with tenant_context(municipality):
        building.add_news("Новость муниципалитета", lead="Вводный текст")
    page, axe = open_page(), Axe()
    against: list[str] = []

    for organisation in (municipality, alpha):
        for path in paths(organisation):
            page.goto(address(organisation, path))
            page.evaluate(axe.axe_script)
            where = f"{organisation.short_name} {path}"
            against += [f"{where}, {shown}: {wrong}" for shown in variants(page) for wrong in violations(page)]
            page.set_viewport_size({"width": NARROW, "height": 700})
            if (overflow := page.evaluate(OVERFLOW)) > 0:
                against.append(f"{where}, {NARROW} px: {overflow} px wider than the screen")

    assert against == []


def test_a_visitor_without_scripts_finds_a_school_and_filters_its_roadmap(
    committed_tenants: Tenants, open_page: OpenPage, address: Address
) -> None:
    municipality, alpha, beta = committed_tenants
    with tenant_context(alpha):
        building.add_roadmap()
    page = open_page(java_script_enabled=False)

    page.goto(address(municipality))
    page.get_by_label("Название или номер").fill("школа 1")
    page.get_by_role("button", name="Найти").click()
    expect(page.get_by_role("link", name=beta.short_name)).to_have_count(0)
    page.get_by_role("link", name=alpha.short_name).click()
    expect(page).to_have_url(address(alpha))

    page.get_by_role("navigation", name="Основное меню").get_by_role("link", name="Наставничество").click()
    page.get_by_role("link", name="Дорожная карта").first.click()
    expect(page.get_by_role("row").filter(has_text="Провести встречи")).to_be_visible()
    page.locator("#state").select_option("done")
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_role("row").filter(has_text="Издать приказ")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Провести встречи")).to_have_count(0)
    expect(page.locator("#state")).to_have_value("done")
    page.get_by_role("link", name="Сбросить").click()
    expect(page.get_by_role("row").filter(has_text="Провести встречи")).to_be_visible()


def test_the_keyboard_skips_to_the_content(committed_tenants: Tenants, page: Page, address: Address) -> None:
    alpha = committed_tenants[1]

    page.goto(address(alpha))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Перейти к содержанию")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")
