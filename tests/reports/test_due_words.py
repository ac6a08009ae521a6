"""What a report's screens say about the due date: a warning only to those who can still act on it."""

from __future__ import annotations

import pytest

from portal.tenants.models import Organisation
from tests.factories import CURATOR, login
from tests.submissions.acting import accept, exempt, hand_over, return_

from .drafts import day, open_round
from .screens import address, page

LATE = "report-late"
LEFT = "осталось"


@pytest.mark.parametrize("screen", ["report", "fill"])
@pytest.mark.parametrize("is_accepted", [False, True])
def test_who_handed_in_on_time_is_not_told_that_the_due_date_has_passed(
    municipality: Organisation, alpha: Organisation, screen: str, is_accepted: bool
) -> None:
    round_ = open_round(municipality, due=day(-1))
    handed = hand_over(round_, alpha, on=day(-1))
    if is_accepted:
        accept(handed, on=day(0))

    text = page(login(alpha, CURATOR).get(address(screen, round_)))

    assert LATE not in text
    assert f"{round_.due:%d.%m.%Y}" in text


def test_who_handed_in_has_no_days_left_to_count(municipality: Organisation, alpha: Organisation) -> None:
    round_ = open_round(municipality)
    hand_over(round_, alpha, on=day(0))

    assert LEFT not in page(login(alpha, CURATOR).get(address("report", round_)))


def test_who_is_exempt_is_told_no_date(municipality: Organisation, alpha: Organisation) -> None:
    round_ = open_round(municipality, due=day(-1))
    exempt(round_, alpha, on=day(0))

    assert LATE not in page(login(alpha, CURATOR).get(address("report", round_)))


def test_who_has_handed_in_nothing_is_told(municipality: Organisation, alpha: Organisation) -> None:
    client = login(alpha, CURATOR)

    assert LEFT in page(client.get(address("report", open_round(municipality, "ahead"))))
    assert LATE in page(client.get(address("report", open_round(municipality, "passed", due=day(-1)))))


def test_who_was_returned_a_report_is_told_until_when_it_is_taken(
    municipality: Organisation, alpha: Organisation
) -> None:
    round_ = open_round(municipality, due=day(-1))
    return_(hand_over(round_, alpha, on=day(-1)), on=day(0))

    text = page(login(alpha, CURATOR).get(address("report", round_)))

    assert LATE not in text
    assert f"{round_.closes:%d.%m.%Y}" in text
