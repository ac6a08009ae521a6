"""The curator's way through a round: from what there is to do to the report that is handed over, and the roadmap."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import RoadmapItem
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Participation, Submission
from tests.factories import CURATOR
from tests.reports.drafts import TYPED, open_round
from tests.reports.records import mentor, pair, teacher
from tests.roadmaps.factories import make_item, make_recurring, make_roadmap, make_section

from .conftest import Address, Enter, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]

COUNTED, TOLD = 3, 30
REASON = "Три совместителя внесены в учёт позже."


def explain_warnings(page: Page) -> None:
    """Give every warning on the screen an explanation."""
    for box in page.locator("textarea[name^=explain-]").all():
        box.fill("Так сложилось в этом полугодии.")


def test_the_curator_fills_in_and_sends_the_report(committed_tenants: Tenants, enter: Enter, address: Address) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    with tenant_context(alpha):
        teacher(last_name="Образцов")
        pair(mentor())
    page = enter(alpha, CURATOR)

    # What there is to do leads to the form.
    expect(page.get_by_role("heading", name="Нужно сделать")).to_be_visible()
    page.locator(".report-todo").get_by_role("link", name=round_.title).click()

    # Counts are there already, with the rows behind them.
    staff, row = page.locator("[name=value-teaching_staff]"), page.locator("#row-teaching_staff")
    expect(staff).to_have_value(str(COUNTED))
    row.get_by_text("Показать строки").click()
    expect(row.get_by_role("cell", name="Образцов")).to_be_visible()

    # Typed numbers are typed; a count that is overruled without a reason is told of, at once and on sending.
    for code, number in TYPED.items():
        page.locator(f"[name=value-{code}]").fill(str(number))
    staff.fill(str(TOLD))
    expect(row.locator(".report-finding--error")).to_contain_text("Укажите причину")
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_role("alert").filter(has_text="Укажите причину")).to_be_visible()
    expect(staff).to_have_value(str(TOLD))

    # With the reason it is a warning less; the draft is kept.
    row.locator("[name=reason-teaching_staff]").fill(REASON)
    explain_warnings(page)
    page.get_by_role("button", name="Сохранить и пересчитать").click()
    expect(page.get_by_text("Черновик сохранён, показатели пересчитаны.")).to_be_visible()
    expect(staff).to_have_value(str(TOLD))
    expect(row.locator(".report-finding--error")).to_have_count(0)

    # The summary asks once; nothing is sent before the answer.
    page.get_by_role("button", name="Проверить и отправить").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    with tenant_context(alpha):
        assert not Submission.objects.exists()
    page.get_by_role("button", name="Отправить отчёт").click()
    expect(page.get_by_text("Редакция 1 отправлена.")).to_be_visible()
    expect(page.locator(".report-round__head")).to_contain_text("представлен")

    with tenant_context(alpha):
        assert Participation.objects.get(round=round_).state == State.SUBMITTED
        sent = Submission.objects.get().values.get(element_code="teaching_staff")
        assert (sent.value, sent.counted, sent.reason) == (Decimal(TOLD), Decimal(COUNTED), REASON)
    page.goto(address(alpha, "/admin/"))
    expect(page.locator(".report-todo").get_by_role("link", name=round_.title)).to_have_count(0)


def test_an_activity_of_the_roadmap_is_done_with_one_click_and_undone_with_another(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    _municipality, alpha, _beta = committed_tenants
    with tenant_context(alpha):
        month = dt.timedelta(days=30)
        section = make_section(make_roadmap(period_start=today() - month, period_end=today() + month))
        item = make_item(section, activity="Провести установочную встречу", ends_on=today(), deadline_text="")
    page = enter(alpha, CURATOR)

    page.goto(address(alpha, "/admin/roadmap/"))
    row = page.get_by_role("row").filter(has_text=item.activity)
    row.get_by_role("button", name="Выполнено").click()

    undo = row.get_by_role("button", name="Отменить отметку")
    expect(undo).to_be_visible()
    with tenant_context(alpha):
        done = RoadmapItem.objects.get(pk=item.pk)
        assert (done.status, done.done_on) == (Status.DONE, today())
    undo.click()
    expect(row.get_by_role("button", name="Выполнено")).to_be_visible()
    with tenant_context(alpha):
        assert RoadmapItem.objects.get(pk=item.pk).status != Status.DONE


def test_one_time_of_an_activity_is_ticked_by_keyboard_and_confirmed_on_a_page_of_its_own(
    committed_tenants: Tenants, enter: Enter, address: Address
) -> None:
    _municipality, alpha, _beta = committed_tenants
    with tenant_context(alpha):
        month = dt.timedelta(days=31)
        section = make_section(make_roadmap(period_start=today() - month * 5, period_end=today() + month * 5))
        item = make_recurring(section, every="month", activity="Провести занятие школы наставника")
    page = enter(alpha, CURATOR)

    page.goto(address(alpha, "/admin/roadmap/"))
    first = page.locator(".board-time").first
    first.get_by_role("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with tenant_context(alpha):
        assert list(item.occurrences.values_list("done_on", flat=True)).count(today()) == 1

    evidence = page.locator(".board-time a[href*='/complete/']").first
    evidence.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/complete/")
    page.locator("[name=evidence_note]").fill("Лист регистрации от 12 ноября")
    page.locator("[name=evidence_note]").press("Tab")
    with page.expect_navigation():
        page.locator(".board-complete button[type=submit]").press("Enter")
    expect(page.locator(".board-evidence").filter(has_text="Лист регистрации")).to_be_attached()
