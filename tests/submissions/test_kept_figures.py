"""Figures kept between requests: always what the database says, however they came to be kept."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.clock import today
from mentoring_reports.row_security import every_school
from mentoring_reports.submissions import kept_figures
from mentoring_reports.submissions.kept_figures import kept_figures_frame
from mentoring_reports.submissions.models import AcceptedFigure
from mentoring_reports.submissions.reading import KEYS, SLIM_KEYS, figures_frame
from tests.dashboard.screens import earlier_round
from tests.factories import make_round
from tests.submissions.acting import accept, hand_over, participation, reopen
from tests.workbooks.reporting import USUAL, hand_in_accepted

ALL_KEYS = tuple(name for name in KEYS if name != "school")
FEW = {"mentors", "roadmap_due"}


@pytest.fixture
def rounds(municipality, alpha, beta) -> list[Any]:
    """Three rounds: one with both schools' figures, one with one school's, one without any."""
    latest = make_round(municipality)
    earlier = [earlier_round(municipality, f"earlier-{days}", days=days) for days in (100, 200)]
    for school in (alpha, beta):
        hand_in_accepted(latest, school, USUAL | {"mentors": school.pk})
    hand_in_accepted(earlier[0], alpha, USUAL | {"mentors": 3, "roadmap_due": None})
    return [latest, *earlier]


def assert_kept(organisation, rounds, **asked) -> None:
    """Check that kept figures are those that are read, twice: when they are kept, and when they have been."""
    with tenant_context(organisation):
        expected = figures_frame(rounds, **asked).dropna(axis="columns", how="all")
        for _time in range(2):
            found = kept_figures_frame(rounds, **asked).dropna(axis="columns", how="all")
            pd.testing.assert_frame_equal(found, expected, check_like=True)


def statements(municipality, rounds) -> list[str]:
    with tenant_context(municipality), CaptureQueriesContext(connection) as captured:
        kept_figures_frame(rounds)
    return [query["sql"] for query in captured.captured_queries if "SELECT" in query["sql"]]


def correct(round_, school, **values):
    """Let a school's accepted report be replaced by another one."""
    reopen(participation(round_, school).accepted, on=today())
    accept(hand_over(round_, school, USUAL | values, on=today()), on=today())


@pytest.mark.parametrize("keys", [SLIM_KEYS, ALL_KEYS])
@pytest.mark.parametrize("codes", [None, FEW, set()], ids=["all", "few", "none"])
def test_kept_figures_are_those_that_are_read(municipality, rounds, keys, codes):
    assert_kept(municipality, rounds, keys=keys, codes=codes)


def test_no_rounds_have_no_figures(municipality):
    assert_kept(municipality, [])
    assert_kept(municipality, [], keys=ALL_KEYS)


def test_rounds_are_kept_apart_and_read_together(municipality, rounds):
    assert_kept(municipality, rounds[:1])
    assert_kept(municipality, rounds[1:])

    assert len(statements(municipality, rounds)) == 1


def test_after_a_correction_only_the_new_revision_is_read(municipality, alpha, rounds):
    statements(municipality, rounds)

    correct(rounds[0], alpha, mentors=77)

    new = participation(rounds[0], alpha).accepted_id
    _counting, frozen, figures = statements(municipality, rounds)
    assert f"{{{new}}}" in frozen
    assert f"{{{new}}}" in figures
    assert_kept(municipality, rounds)
    with tenant_context(municipality):
        assert 77 in kept_figures_frame(rounds)["mentors"].tolist()


def test_a_few_are_read_each_time_and_not_kept(municipality, alpha, rounds, monkeypatch):
    statements(municipality, rounds)
    monkeypatch.setattr(kept_figures, "FEW", 0.5)  # of two schools

    correct(rounds[0], alpha, mentors=77)

    assert len(statements(municipality, rounds)) == 3
    assert len(statements(municipality, rounds)) == 3
    assert_kept(municipality, rounds)


def test_figures_of_a_report_that_is_being_corrected_still_count(municipality, alpha, rounds):
    statements(municipality, rounds)

    reopen(participation(rounds[0], alpha).accepted, on=today())

    assert_kept(municipality, rounds)


def test_each_sees_its_own(municipality, alpha, beta, rounds):
    for organisation in (municipality, alpha, beta, municipality):
        assert_kept(organisation, rounds)
    with tenant_context(alpha):
        assert set(kept_figures_frame(rounds)["school_id"]) == {alpha.pk}


def test_a_number_with_another_seal_is_another_revision(municipality, rounds):
    statements(municipality, rounds)
    with tenant_context(municipality):
        key = kept_figures._key(rounds[0].pk)
        cache.set(key, cache.get(key).assign(seal=1, mentors=999.0))

    assert_kept(municipality, rounds)


def test_a_revision_whose_figures_were_gone_is_read_again(municipality, rounds):
    # As it looks when another one is accepted between the two statements.
    with tenant_context(municipality), every_school():
        taken_away = list(AcceptedFigure.objects.filter(round=rounds[0]))
        AcceptedFigure.objects.filter(round=rounds[0]).delete()
        assert "mentors" not in kept_figures_frame(rounds[:1])
        AcceptedFigure.objects.bulk_create(taken_away)

    assert_kept(municipality, rounds)


def test_a_revision_that_is_superseded_while_it_is_read_is_left_out(municipality, alpha, beta, rounds, monkeypatch):
    with tenant_context(municipality):
        counted = kept_figures._counting([rounds[0].pk])
    correct(rounds[0], alpha, mentors=77)
    monkeypatch.setattr(kept_figures, "_counting", lambda _rounds: counted)  # asked a moment too early

    with tenant_context(municipality):
        found = kept_figures_frame(rounds[:1])

    assert found["school_id"].tolist() == [beta.pk]
    monkeypatch.undo()
    assert_kept(municipality, rounds)
