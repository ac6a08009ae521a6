"""A curator with ready material: the report filled in as a spreadsheet, a roadmap from the municipality's template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from mentoring_reports.reports.models import Draft
from mentoring_reports.reports.spreadsheet.layout import VALUE
from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.submissions.models import Round
from tests.factories import CURATOR
from tests.reports import sheets
from tests.reports.drafts import open_round
from tests.roadmap_templates.templates import ROWS, make_template

from .conftest import Enter, Tenants
from .looking import faults

pytestmark = [pytest.mark.browser, pytest.mark.committed]

RIGHT, WRONG = "external_events", "sessions_per_group"


def test_a_curator_fills_a_spreadsheet_in_and_starts_a_roadmap_from_a_template(
    committed_tenants: Tenants, enter: Enter, tmp_path: Path
) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    with tenant_context(municipality):
        template = make_template(municipality)
    page = enter(alpha, CURATOR)

    against = [
        *fill_the_spreadsheet_in(page, alpha, round_, tmp_path / "form.xlsx"),
        *start_from_the_template(page, alpha, template),
    ]

    assert against == []


def fill_the_spreadsheet_in(page: Page, school: Any, round_: Round, path: Path) -> list[str]:
    """Download the form, type a number and a word; read which cell is wrong, and take the other one."""
    page.get_by_role("link", name=round_.title).first.click()
    page.get_by_role("link", name="Заполнить в таблице (XLSX)").click()
    against = faults(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Скачать XLSX").click()
    content = Path(loading.value.path()).read_bytes()
    path.write_bytes(sheets.filled(content, {(RIGHT, VALUE): 4, (WRONG, VALUE): "три"}))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Показать, что изменится").click()
    expect(page.locator("#errors [data-cell]")).to_contain_text(sheets.address(content, WRONG))
    expect(page.locator(f"tr[data-cell={sheets.address(content, RIGHT)}]")).to_contain_text("4")
    against += faults(page)
    page.get_by_role("button", name="Взять 1 изменение").click()
    expect(page.locator(f"[name=value-{RIGHT}]")).to_have_value("4")
    expect(page.locator(f"[name=value-{WRONG}]")).to_have_value("")
    with tenant_context(school):
        assert [row.element_code for row in Draft.objects.get().values.all()] == [RIGHT]
    return against


def start_from_the_template(page: Page, school: Any, template: Any) -> list[str]:
    """Choose the template and its days, look at the dates, make the draft."""
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/roadmaps/start/")
    against = faults(page)
    page.get_by_role("link", name="Выбрать даты").click()
    page.locator("#id_start").fill("16.09.2026")
    page.locator("#id_end").fill("31.08.2027")
    page.get_by_role("button", name="Показать даты").click()
    expect(page.locator("[data-start='2026-09-16'][data-end='2026-10-15']")).to_be_visible()
    against += faults(page)
    page.get_by_role("button", name="Создать черновик").click()
    expect(page.get_by_text("Провести диагностику").first).to_be_visible()
    against += faults(page)
    with tenant_context(school):
        made = Roadmap.objects.get()
        assert made.is_draft
        assert [item.activity for item in made.items()] == [activity for activity, _deadline in ROWS]
    return against
