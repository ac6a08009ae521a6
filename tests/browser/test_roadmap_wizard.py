"""From a Word document to the board of a roadmap, by keyboard; and the same way without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_tenants.utils import tenant_context
from playwright.sync_api import Locator, Page, expect

from mentoring_reports.roadmaps.models import Roadmap
from portal.tenants.models import Organisation
from tests.factories import CURATOR
from tests.roadmaps.wizard.plans import document

from .conftest import Enter, OpenPage, Tenants
from .test_public import OVERFLOW, variants, violations

pytestmark = [pytest.mark.browser, pytest.mark.committed]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of the document."""
    path = tmp_path / "карта.docx"
    path.write_bytes(document())
    return path


def upload(page: Page, file: Path) -> None:
    page.goto(page.url.replace("/admin/", "/admin/roadmap-imports/new/"))
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button[type=submit]").first.press("Enter")


def row(page: Page, words: str) -> Locator:
    """Return the row of an activity, by its text as it was sent."""
    found = page.locator("tr.wizard-row").filter(has=page.locator("textarea", has_text=words))
    return found.or_(page.locator("tr.wizard-row--dropped", has_text=words))


def press(row_: Locator, operation: str) -> None:
    """Open the row's menu and press a button in it, by keyboard."""
    menu = row_.locator("details.wizard-menu")
    menu.locator("summary").press("Enter")
    menu.locator(f"button[value^='{operation}:']").press("Enter")


def correct_and_save(page: Page) -> None:
    """Correct a deadline, leave a row out, move one, merge two, and save: only by keyboard."""
    expect(page.locator("tr[data-doubtful]").first).to_be_visible()
    deadline = row(page, "базу").locator("textarea[data-deadline]")
    deadline.fill("До 15.11.2024")
    press(row(page, "совещание"), "up")
    expect(page.locator("tr.wizard-row").first.locator("textarea[id$='-activity']")).to_have_value(
        "Провести совещание с наставниками"
    )
    expect(row(page, "базу").locator("[data-words]")).to_contain_text("15.11.2024")
    press(row(page, "Встречи пар"), "drop")
    expect(page.locator("tr.wizard-row--dropped")).to_have_count(1)
    press(row(page, "совещание"), "merge_next")
    expect(page.locator("tr.wizard-row")).to_have_count(4)
    page.locator("button[value='save']").press("Enter")
    expect(page.locator("form[action*='/put-to-work/'] button")).to_be_visible()


def saved(school: Organisation) -> list[tuple[str, str]]:
    with tenant_context(school):
        roadmap = Roadmap.objects.get()
        assert roadmap.is_draft
        return [(item.activity, item.deadline_text) for item in roadmap.items()]


EXPECTED = [
    ("Провести совещание с наставниками Издать приказ о программе наставничества", "сентябрь 2024 До 10.09.2024"),
    ("Составить базу наставляемых", "До 15.11.2024"),
    ("Провести диагностику", "1 раз в квартал"),
]


def test_a_document_becomes_a_roadmap_by_keyboard(committed_tenants: Tenants, enter: Enter, file: Path) -> None:
    _municipality, alpha, _beta = committed_tenants
    page = enter(alpha, CURATOR)

    upload(page, file)
    page.wait_for_url("**/roadmap-imports/*/")
    page.evaluate(Axe().axe_script)
    against = [f"{shown}: {wrong}" for shown in variants(page) for wrong in violations(page)]
    assert against == []
    assert page.evaluate(OVERFLOW) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})

    # The reading follows while one types.
    deadline = row(page, "базу").locator("textarea[data-deadline]")
    deadline.fill("До 15.11.2024")
    expect(row(page, "базу").locator("[data-words]")).to_contain_text("15.11.2024")
    correct_and_save(page)

    assert saved(alpha) == EXPECTED


def test_the_same_way_without_scripts(
    committed_tenants: Tenants, enter: Enter, open_page: OpenPage, file: Path
) -> None:
    _municipality, alpha, _beta = committed_tenants
    page = enter(alpha, CURATOR, on=open_page(java_script_enabled=False))

    upload(page, file)
    correct_and_save(page)

    assert saved(alpha) == EXPECTED


def test_messages_are_in_sight_without_scripts(
    committed_tenants: Tenants, enter: Enter, open_page: OpenPage, file: Path
) -> None:
    _municipality, alpha, _beta = committed_tenants
    page = enter(alpha, CURATOR, on=open_page(java_script_enabled=False))
    upload(page, file)

    page.locator("button[value='drop_chosen']").click()

    message = page.locator(".messages > ul")
    assert message.evaluate("e => getComputedStyle(e).opacity") == "1"
    assert message.evaluate("e => getComputedStyle(e).position") == "static"
