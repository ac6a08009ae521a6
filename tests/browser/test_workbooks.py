"""From choosing a workbook through the progress bar to the downloaded file, with a real worker behind it."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.factories import DEPARTMENT, make_round
from tests.workbooks.reporting import USUAL, hand_in_accepted
from tests.workbooks.workers import LONGEST, held, start_worker

from .conftest import Enter, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]


@pytest.fixture
def worker(committed_tenants: Tenants) -> Iterator[subprocess.Popen[bytes]]:
    process = start_worker()
    yield process
    process.terminate()
    process.wait(20)


def test_the_department_chooses_waits_and_downloads(
    committed_tenants: Tenants, worker: subprocess.Popen[bytes], enter: Enter
) -> None:
    municipality, alpha, beta = committed_tenants
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL)
    page = enter(municipality, DEPARTMENT)

    page.goto(page.url.replace("/admin/", f"/admin/dashboard/?round={round_.code}&territory={alpha.territory.name}"))
    page.locator('a[href^="/admin/workbooks/new/"]').click()
    expect(page.locator("select[name=territory]")).to_have_value(alpha.territory.name)
    with held():
        page.locator("form.workbooks-form button[type=submit]").click()
        expect(page.locator("progress")).to_be_visible()
        expect(page.locator("[data-progress-text]")).not_to_be_empty()
        page.reload()
        expect(page.locator("progress")).to_be_visible()

    # The page finds out by itself that the file is there.
    expect(page.locator("[data-state=done]")).to_be_visible(timeout=LONGEST * 1000)
    with page.expect_download() as downloading:
        page.locator('a[href$="/file/"]').click()

    book = openpyxl.load_workbook(io.BytesIO(downloading.value.path().read_bytes()), data_only=True)
    cells = {cell for row in book["Школы"].iter_rows(values_only=True) for cell in row}
    assert downloading.value.suggested_filename.endswith(".xlsx")
    assert alpha.name in cells
    assert beta.name not in cells


def test_a_request_is_cancelled_by_keyboard_and_without_scripts_the_page_still_says_how_far_it_is(
    committed_tenants: Tenants, enter: Enter, open_page
) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    page = enter(municipality, DEPARTMENT, on=open_page(java_script_enabled=False))

    page.goto(page.url.replace("/admin/", "/admin/workbooks/new/"))
    page.locator("form.workbooks-form button[type=submit]").press("Enter")
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator('meta[http-equiv="refresh"]')).to_have_count(1)
    page.locator('form[action$="/cancel/"] button').press("Enter")

    expect(page.locator("[data-state=cancelled]")).to_be_visible()
    expect(page.locator('form[action$="/again/"] button')).to_be_visible()
