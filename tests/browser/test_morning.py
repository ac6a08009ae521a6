"""A methodist's morning: three reports accepted, one returned, one school extended; and the school's answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django_tenants.utils import tenant_context
from playwright.sync_api import Page, expect

from mentoring_reports.clock import today
from mentoring_reports.reports.actions import submit
from mentoring_reports.review.models import OpenReview
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Extension, Participation, Remark, Submission
from tests.factories import CURATOR, METHODIST, make_user
from tests.reports.drafts import open_round, ready_draft
from tests.review.handing import plain_values
from tests.workbooks.reporting import hand_in, make_schools

from .conftest import Address, Enter, OpenPage, Tenants

pytestmark = [pytest.mark.browser, pytest.mark.committed]

DAY = dt.timedelta(days=1)
REASON = "Уточните внешние мероприятия."
COMMENT = "Здесь посчитан и внутренний конкурс."
ELEMENT = "external_events"


def hand_in_plain(round_: Any, school: Any, on: dt.date | None = None) -> Submission:
    """Write a report that nothing objects to; at once, since a revision takes nothing more once it is committed."""
    with transaction.atomic():
        return hand_in(round_, school, plain_values(round_), on=on)


def states(municipality: Any, round_: Any) -> dict[int, str]:
    with tenant_context(municipality):
        return dict(Participation.objects.filter(round=round_).values_list("school_id", "state"))


def press(page: Page, *keys: str) -> None:
    page.wait_for_load_state()  # keys work once the scripts are there
    for key in keys:
        page.keyboard.press(key)


def comment_by_keys(page: Page) -> None:
    """J goes to the values, C comments the one where the focus is; while one types, letters are letters."""
    press(page, "j")
    expect(page.locator("[data-review-row]").first).to_be_focused()
    page.locator(f"#row-{ELEMENT}").focus()
    press(page, "c")
    field = page.locator(f"#remark-{ELEMENT}")
    expect(field).to_be_focused()
    page.keyboard.type("narjkc")
    expect(field).to_have_value("narjkc")
    field.fill(COMMENT)
    press(page, "Escape")
    expect(page.locator(f"#row-{ELEMENT}")).to_be_focused()


def correct_and_send_again(school: Page, round_: Any) -> None:
    """The school reads the reason, and the comment at the number."""
    school.locator(".report-todo").get_by_role("link", name=round_.title).click()
    expect(school.locator(".report-notice__reason")).to_contain_text(REASON)
    expect(school.locator(f"#row-{ELEMENT}")).to_contain_text(COMMENT)
    school.locator(f"[name=value-{ELEMENT}]").fill("5")
    school.get_by_role("button", name="Проверить и отправить").click()
    school.get_by_role("button", name="Отправить отчёт").click()
    expect(school.get_by_text("Редакция 2 отправлена.")).to_be_visible()


def test_a_methodists_morning(committed_tenants: Tenants, enter: Enter, open_page: OpenPage, address: Address) -> None:
    municipality, alpha, beta = committed_tenants
    round_ = open_round(municipality)
    sender = make_user(alpha, CURATOR, "sender")
    with tenant_context(alpha):
        submit(draft=ready_draft(round_, alpha, by=sender), by=sender)
    peers = make_schools(municipality, 3)
    for number, peer in enumerate(peers):
        hand_in_plain(round_, peer, on=today() - (3 - number) * DAY)

    # The oldest is opened from the queue; A accepts it and the next one comes at once, twice; the third by N and A.
    page = enter(municipality, METHODIST)
    page.goto(address(municipality, "/admin/review/"))
    rows = page.locator(".review-listing tbody tr")
    expect(rows).to_have_count(4)
    page.get_by_role("link", name=peers[0].short_name, exact=True).click()
    for peer in peers:
        expect(page.get_by_role("heading", name=peer.short_name, exact=True)).to_be_visible()
        press(page, "a")
    expect(page.get_by_role("heading", name=alpha.short_name, exact=True)).to_be_visible()
    assert [states(municipality, round_)[peer.pk] for peer in peers] == [State.ACCEPTED] * 3

    comment_by_keys(page)

    # Without a reason the return is refused and the comment is kept; with it, both go.
    press(page, "r")
    expect(page.locator("#reason")).to_be_focused()
    page.locator("[name=decision][value=return_for_revision]").click()
    expect(page.locator("#reason[aria-invalid=true]")).to_be_focused()
    expect(page.locator(f"#remark-{ELEMENT}")).to_have_value(COMMENT)
    page.locator("#reason").fill(REASON)
    page.locator("[name=decision][value=return_for_revision]").click()
    expect(page.locator(".review-empty")).to_be_visible()
    assert states(municipality, round_)[alpha.pk] == State.RETURNED

    # One school that has handed nothing in gets more time.
    page.goto(address(municipality, f"/admin/rounds/{round_.pk}/schools/{beta.pk}/"))
    page.locator("[name=extend-due]").fill((round_.due + 3 * DAY).strftime("%d.%m.%Y"))
    page.locator("[name=extend-reason]").fill("Карантин в школе.")
    page.locator("[name=act][value=extend]").click()
    expect(page.locator(".messages .success")).to_be_visible()
    with tenant_context(municipality):
        assert Extension.objects.get().school_id == beta.pk
        assert not OpenReview.objects.exists()

    correct_and_send_again(enter(alpha, CURATOR, on=open_page()), round_)

    # The methodist sees what changed, and the own comment where it was made.
    page.goto(address(municipality, "/admin/review/"))
    page.get_by_role("link", name=alpha.short_name, exact=True).click()
    expect(page.locator(".review-changes li").first.locator("strong")).to_have_text("5")
    expect(page.locator(f"#row-{ELEMENT} .review-said")).to_contain_text(COMMENT)
    with tenant_context(municipality):
        assert Remark.objects.get().text == COMMENT


def test_two_methodists_see_each_other(
    committed_tenants: Tenants, enter: Enter, open_page: OpenPage, address: Address
) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    submission = hand_in_plain(round_, alpha)
    there = address(municipality, f"/admin/review/{submission.pk}/")
    first = enter(municipality, METHODIST)
    first.goto(there)
    second = enter(municipality, "Управление образования", on=open_page())

    second.goto(address(municipality, "/admin/review/"))
    expect(second.locator(".review-open")).to_contain_text("methodist")
    second.goto(there)
    expect(second.locator("#presence")).to_contain_text("methodist")

    # Leaving forgets; the other screen learns it with the next beat.
    first.goto(address(municipality, "/admin/"))
    second.reload()
    expect(second.locator("#presence .review-open")).to_have_count(0)


def test_the_list_of_keys_names_the_reviews_own(committed_tenants: Tenants, enter: Enter, address: Address) -> None:
    municipality, alpha, _beta = committed_tenants
    round_ = open_round(municipality)
    submission = hand_in_plain(round_, alpha)
    page = enter(municipality, METHODIST)
    page.goto(address(municipality, f"/admin/review/{submission.pk}/"))

    press(page, "?")

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("J", exact=True)).to_be_visible()
    expect(dialog.get_by_text("R", exact=True)).to_be_visible()
    with tenant_context(municipality):
        assert Participation.objects.get().state == State.SUBMITTED
