"""Carrying forward: last accepted numbers into typed fields that are empty, marked until they are touched."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.reports.models import Draft
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.factories import CURATOR, login
from tests.submissions.acting import accept, hand_over

from .drafts import day, open_round, save
from .records import END, START
from .screens import address, page, row_of

LAST = {"external_events": 6, "sessions_per_group": 3, "council_present": 12, "teaching_staff": 40}


@pytest.fixture
def round_(municipality: Organisation, alpha: Organisation) -> Round:
    """Return a round after one in which the school's numbers were accepted."""
    year = END.replace(year=END.year - 1)
    earlier = open_round(municipality, "earlier", period_start=START.replace(year=START.year - 1), period_end=year)
    accept(hand_over(earlier, alpha, LAST, on=day(0)), on=day(0))
    return open_round(municipality)


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    return login(alpha, CURATOR)


def carry(client: Client, round_: Round, where: str, version: int = 0, **fields: str) -> Any:
    typed = {name.replace("__", "-"): text for name, text in fields.items()}
    return client.post(address("fill", round_), {"version": str(version), "carry": where, **typed})


def rows(school: Organisation) -> dict[str, Any]:
    with tenant_context(school):
        return {row.element_code: (row.entered, row.carried) for row in Draft.objects.get().values.all()}


def test_one_field_takes_its_last_accepted_number_and_is_marked(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    carry(curator, round_, "element:external_events")
    assert rows(alpha) == {"external_events": (Decimal(6), True)}
    response = curator.get(address("fill", round_))
    assert row_of(response, "external_events").carried
    assert 'name="carried-external_events" value="6"' in page(response)


def test_a_group_takes_what_is_typed_and_empty_and_nothing_else(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        group = round_.form.elements.get(code="external_events").group
        inside = set(group.elements.values_list("code", flat=True))
    carry(curator, round_, f"group:{group.code}")
    assert set(rows(alpha)) == inside & (set(LAST) - {"teaching_staff"})


def test_what_is_typed_is_never_overwritten(round_: Round, alpha: Organisation, curator: Client) -> None:
    carry(curator, round_, "all", value__external_events="1", value__council_present="пока не знаем")
    found = rows(alpha)
    assert found["external_events"] == (Decimal(1), False)
    assert found["council_present"] == ("пока не знаем", False)
    assert found["sessions_per_group"] == (Decimal(3), True)


def test_zero_counts_as_typed(round_: Round, alpha: Organisation, curator: Client) -> None:
    carry(curator, round_, "all", value__external_events="0")
    assert rows(alpha)["external_events"] == (Decimal(0), False)


def test_counted_numbers_are_not_carried(round_: Round, alpha: Organisation, curator: Client) -> None:
    carry(curator, round_, "element:teaching_staff")
    assert "teaching_staff" not in rows(alpha)


def test_the_mark_stays_while_the_form_is_saved_and_goes_when_the_number_is_touched(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    carry(curator, round_, "element:external_events")
    kept = {"value-external_events": "6", "carried-external_events": "6"}
    curator.post(address("fill", round_), {"version": "1", **kept})
    marked = rows(alpha)["external_events"]
    curator.post(address("fill", round_), {"version": "2", **kept, "value-external_events": "7"})
    assert (marked, rows(alpha)["external_events"]) == ((Decimal(6), True), (Decimal(7), False))


def test_a_field_that_is_not_posted_keeps_its_mark(round_: Round, alpha: Organisation, curator: Client) -> None:
    carry(curator, round_, "element:external_events")
    curator.post(address("fill", round_), {"version": "1", "note": "Позже"})
    assert rows(alpha)["external_events"] == (Decimal(6), True)


@pytest.mark.parametrize("where", ["", "element:", "element:no_such", "group:no_such", "value-external_events", "\x00"])
def test_a_wrong_place_carries_nothing_and_saves_the_rest(
    round_: Round, alpha: Organisation, curator: Client, where: str
) -> None:
    assert carry(curator, round_, where, value__council_present="2").status_code == 302
    assert rows(alpha) == {"council_present": (Decimal(2), False)}


def test_carrying_over_a_draft_that_somebody_saved_is_a_conflict(
    round_: Round, alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        save(round_, values={"external_events": Decimal(2)})
    assert carry(curator, round_, "all").status_code == 409
    assert rows(alpha) == {"external_events": (Decimal(2), False)}


def test_without_an_accepted_report_there_is_nothing_to_take(municipality: Organisation, alpha: Organisation) -> None:
    round_ = open_round(municipality)
    client = login(alpha, CURATOR)
    assert "data-carry" not in page(client.get(address("fill", round_)))
    carry(client, round_, "all")
    assert rows(alpha) == {}


def test_another_schools_accepted_numbers_are_not_taken(round_: Round, beta: Organisation) -> None:
    carry(login(beta, CURATOR), round_, "all")
    assert rows(beta) == {}
