"""What a school may know about its peers: quartiles that the municipality's side writes, never of a small group."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.actions import accept_many
from mentoring_reports.submissions.models import PeerFigure, Submission
from mentoring_reports.submissions.peers import peers_of, refresh_peer_figures
from tests.submissions.acting import FIGURES, METHODIST, accept, hand_over, make_dated_round
from tests.workbooks.reporting import hand_in, hand_in_accepted, make_schools

MENTORS = {"subject": "element", "code": "mentors", "lower": 1, "median": 2, "upper": 3}


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


def of_type(schools, name):
    return [school for school in schools if school.organisation_type.name == name]


def test_a_school_reads_the_quartiles_of_its_type(round_, municipality, alpha):
    schools = of_type(make_schools(municipality, 10), "Школа")
    for mentors, school in enumerate(schools, start=1):
        hand_in_accepted(round_, school, FIGURES | {"mentors": mentors})
    with tenant_context(municipality):
        refresh_peer_figures(round_, {"Школа"})

    with tenant_context(alpha):
        peers = peers_of("Школа", upto=round_)

    mentors = peers.elements["mentors"]
    assert (mentors.lower, mentors.median, mentors.upper, mentors.schools) == (2, 3, 4, 5)
    assert (peers.round, peers.school_type) == (round_, "Школа")


def test_indicators_have_quartiles_of_their_own(round_, municipality):
    for mentors, school in enumerate(of_type(make_schools(municipality, 10), "Школа"), start=1):
        hand_in_accepted(round_, school, FIGURES | {"mentors": mentors})
    with tenant_context(municipality):
        refresh_peer_figures(round_, {"Школа"})

        share = peers_of("Школа", upto=round_).indicators["mentor_share"]

    assert Decimal(str(share.median)) == Decimal(3) * 100 / 40


def test_a_type_of_fewer_than_five_schools_is_compared_with_all(round_, municipality, alpha):
    schools = make_schools(municipality, 8)  # four of each type
    for school in schools:
        hand_in_accepted(round_, school, FIGURES)
    with tenant_context(municipality):
        refresh_peer_figures(round_, {"Школа", "Гимназия"})

    with tenant_context(alpha):
        peers = peers_of("Школа", upto=round_)

    assert peers.school_type == ""
    assert peers.elements["mentors"].schools == 8


def test_fewer_than_five_schools_in_all_show_nothing(round_, municipality, alpha):
    for school in make_schools(municipality, 4):
        hand_in_accepted(round_, school, FIGURES)
    with tenant_context(municipality):
        refresh_peer_figures(round_, {"Школа"})

    with tenant_context(alpha):
        assert not peers_of("Школа", upto=round_).elements


def test_a_number_that_only_four_schools_know_is_left_out(round_, municipality):
    for place, school in enumerate(of_type(make_schools(municipality, 10), "Школа")):
        hand_in_accepted(round_, school, FIGURES | {"mentors": None if place == 0 else 3})
    with tenant_context(municipality):
        refresh_peer_figures(round_, {"Школа"})

        peers = peers_of("Школа", upto=round_)

    assert "mentors" not in peers.elements
    assert "teaching_staff" in peers.elements


def test_the_database_refuses_a_small_group(round_, municipality):
    with (
        tenant_context(municipality),
        pytest.raises(DatabaseError, match="hides_the_single_school"),
        transaction.atomic(),
    ):
        PeerFigure.objects.create(municipality=municipality, round=round_, schools=4, **MENTORS)


def test_a_school_cannot_write_figures_of_peers(round_, municipality, alpha):
    with tenant_context(alpha), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        PeerFigure.objects.create(municipality=municipality, round=round_, schools=9, **MENTORS)


def test_accepting_keeps_the_figures_of_peers_current(round_, municipality, alpha):
    for school in of_type(make_schools(municipality, 8), "Школа"):
        hand_in_accepted(round_, school, FIGURES | {"mentors": 2})

    accept(hand_over(round_, alpha, FIGURES | {"mentors": 9}))

    with tenant_context(alpha):
        assert peers_of("Школа", upto=round_).elements["mentors"].schools == 5


def test_many_are_accepted_at_once_and_one_that_cannot_be_stops_no_other(round_, municipality):
    schools = make_schools(municipality, 6)
    waiting = [hand_in(round_, school, FIGURES).pk for school in schools[:5]]
    done = hand_in_accepted(round_, schools[5], FIGURES)
    with tenant_context(municipality):
        Submission.objects.get(pk=done.pk).decisions.create(
            **{key: value for key, value in done.place().items() if key != "submission"},
            kind="accept",
            author_name=METHODIST.name,
        )

        outcome = accept_many(submission_ids=[*waiting, done.pk], by=METHODIST)

        assert [decision.submission_id for decision in outcome.decisions] == waiting
        assert [pk for pk, _error in outcome.refused] == [done.pk]
        assert peers_of("Нет такого типа", upto=round_).elements["mentors"].schools == 6
