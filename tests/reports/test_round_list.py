"""The list of a school's rounds and its home screen: states, dates, what was agreed; statements that do not grow."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.reports.access import Access
from mentoring_reports.submissions.closing import freeze_closed_rounds
from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.queries import standing
from portal.tenants.models import Organisation
from tests.factories import CURATOR, login
from tests.submissions.acting import accept, exempt, extend, hand_over, return_

from .drafts import day, open_round, save
from .screens import address, page

LIST = "/admin/school-reports/"
MONTH = dt.timedelta(days=30)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def many_rounds(municipality: Organisation, number: int, first: int = 0) -> list[Round]:
    """Return rounds with different periods, all open today."""
    start = dt.date(2020, 1, 1)
    return [
        open_round(
            municipality, f"r-{n}", period_start=start + n * MONTH, period_end=start + n * MONTH + dt.timedelta(days=9)
        )
        for n in range(first, first + number)
    ]


def test_every_round_stands_as_when_asked_alone(municipality: Organisation, alpha: Organisation) -> None:
    plain, extended, exempted, returned, accepted = many_rounds(municipality, 5)
    past = {"opens": day(-30), "due": day(-20), "closes": day(-10)}
    frozen, missed = open_round(municipality, "frozen", **past), open_round(municipality, "missed", due=day(-1))
    extend(extended, alpha, day(15), on=day(0))
    exempt(exempted, alpha, on=day(0))
    return_(hand_over(returned, alpha, on=day(0)), on=day(0))
    accept(hand_over(accepted, alpha, on=day(0)), on=day(0))
    with tenant_context(municipality):
        freeze_closed_rounds(municipality.pk)
    with tenant_context(alpha):
        rounds = list(Round.objects.all())
        together = [access.standing for access in Access.of_rounds(rounds, alpha)]
        assert together == [standing(round_, alpha) for round_ in rounds]
    assert len({found.state for found in together}) >= 5
    assert {frozen.pk, missed.pk, plain.pk} < {found.round.pk for found in together}


def test_a_school_that_opened_later_is_not_expected_in_earlier_rounds(
    municipality: Organisation, alpha: Organisation
) -> None:
    early, late = many_rounds(municipality, 2)
    with schema_context(get_public_schema_name()):
        Organisation.objects.filter(pk=alpha.pk).update(opened_on=late.period_start)
    with tenant_context(alpha):
        found = {access.round: access.standing.is_expected for access in Access.of_rounds([early, late], alpha)}
    assert found == {early: False, late: True}


def test_the_queries_of_the_list_do_not_grow_with_the_rounds(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    for round_ in many_rounds(municipality, 2):
        return_(hand_over(round_, alpha, on=day(0)), on=day(0))
    curator.get(LIST)
    with CaptureQueriesContext(connection) as few:
        curator.get(LIST)
    for round_ in many_rounds(municipality, 6, first=2):
        return_(hand_over(round_, alpha, on=day(0)), on=day(0))
        extend(round_, alpha, day(15), on=day(0))
    with CaptureQueriesContext(connection) as many:
        response = curator.get(LIST)
    assert len(response.context["rounds"]) == 8
    assert len(many) == len(few)


def test_the_queries_of_the_home_screen_do_not_grow_with_the_rounds(
    municipality: Organisation, curator: Client
) -> None:
    many_rounds(municipality, 1)
    curator.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        curator.get("/admin/")
    many_rounds(municipality, 5, first=1)
    with CaptureQueriesContext(connection) as many:
        curator.get("/admin/")
    assert len(many) == len(few)


def test_the_dates_of_a_report_are_listed(municipality: Organisation, alpha: Organisation, curator: Client) -> None:
    round_ = open_round(municipality, opens=day(-9), due=day(-6), closes=day(9))
    return_(hand_over(round_, alpha, on=day(-5)), on=day(-4))
    accept(hand_over(round_, alpha, on=day(-3)), on=day(-2))
    text = page(curator.get(LIST))
    for when in (-5, -3, -2):
        assert f"{day(when):%d.%m.%Y}" in text
    assert "с опозданием" in text


def test_an_extension_is_shown_with_its_reason_and_author(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality)
    extend(round_, alpha, day(15), on=day(0), reason="Карантин по гриппу")
    for path in (LIST, address("fill", round_), address("report", round_), "/admin/"):
        text = page(curator.get(path))
        assert "Карантин по гриппу" in text
        assert "Методист Примерный" in text
        assert f"{day(15):%d.%m.%Y}" in text


def test_an_exemption_is_shown_with_its_reason_and_author(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality)
    exempt(round_, alpha, on=day(0), reason="Капитальный ремонт")
    for path in (LIST, address("fill", round_), address("report", round_)):
        text = page(curator.get(path))
        assert "Капитальный ремонт" in text
        assert "Методист Примерный" in text


def test_coming_back_after_a_return_is_not_called_late(
    municipality: Organisation, alpha: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality, opens=day(-9), due=day(-3), closes=day(9))
    return_(hand_over(round_, alpha, on=day(-5)), on=day(-1))
    response = curator.get(address("fill", round_))
    assert response.context["access"].was_on_time
    assert "report-late" not in page(response)
    assert f"{day(9):%d.%m.%Y}" in page(response)


def test_late_but_still_taken_says_until_when(municipality: Organisation, curator: Client) -> None:
    round_ = open_round(municipality, opens=day(-9), due=day(-3), closes=day(4))
    text = page(curator.get(address("fill", round_)))
    assert "report-late" in text
    assert f"{day(4):%d.%m.%Y}" in text


def test_the_list_shows_no_other_schools_standing(
    municipality: Organisation, alpha: Organisation, beta: Organisation, curator: Client
) -> None:
    round_ = open_round(municipality)
    extend(round_, beta, day(15), on=day(0), reason="Только для второй школы")
    with tenant_context(beta):
        save(round_)
    response = curator.get(LIST)
    assert "Только для второй школы" not in page(response)
    assert [access.state for access in response.context["rounds"]] == ["not_started"]
