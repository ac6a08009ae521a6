"""A school's profile: its own figures by the pure formulas, its peers only as quartiles, the same for both sides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.peers import refresh_peer_figures
from mentoring_reports.submissions.profile import Profile
from tests.factories import CURATOR, EDITOR, METHODIST, client_at, login
from tests.submissions.acting import FIGURES, accept, hand_over, make_dated_round
from tests.workbooks.reporting import hand_in_accepted, make_schools


@pytest.fixture
def rounds(municipality):
    return [
        make_dated_round(municipality, f"r{year}", period_start=dt.date(year, 1, 1), period_end=dt.date(year, 5, 31))
        for year in (2023, 2024, 2025)
    ]


def profile_of(school, rounds):
    read = Round.objects.filter(pk__in=[one.pk for one in rounds]).select_related("form")
    return Profile.of(school, read)


def line_of(profile, code):
    return next(line for line in profile.lines if line.indicator.code == code)


def test_a_line_has_the_school_s_accepted_figures_in_the_order_of_the_periods(rounds, alpha):
    for mentors, round_ in zip((2, 4, 8), rounds, strict=True):
        accept(hand_over(round_, alpha, FIGURES | {"mentors": mentors}))

    with tenant_context(alpha):
        line = line_of(profile_of(alpha, reversed(rounds)), "mentor_share")

    assert [point.value for point in line.points] == [5, 10, 20]
    assert line.change == 10


def test_what_is_not_accepted_is_not_shown(rounds, alpha):
    accept(hand_over(rounds[0], alpha, FIGURES))
    hand_over(rounds[1], alpha, FIGURES | {"mentors": 39})

    with tenant_context(alpha):
        line = line_of(profile_of(alpha, rounds[:2]), "mentor_share")

    assert line.latest.value is None
    assert line.change is None


def test_the_school_stands_among_its_peers_without_seeing_one_of_them(rounds, municipality, alpha):
    peers = [school for school in make_schools(municipality, 10) if school.organisation_type.name == "Школа"]
    for mentors, school in enumerate(peers, start=1):
        hand_in_accepted(rounds[0], school, FIGURES | {"mentors": mentors})
    accept(hand_over(rounds[0], alpha, FIGURES | {"mentors": 40}))

    with tenant_context(alpha):
        line = line_of(profile_of(alpha, rounds[:1]), "mentor_share")

    assert line.place == "upper"
    assert line.latest.peers.schools == 6


def test_with_too_few_peers_nothing_is_compared(rounds, municipality, alpha):
    accept(hand_over(rounds[0], alpha, FIGURES))
    with tenant_context(municipality):
        refresh_peer_figures(rounds[0], {"Школа"})

    with tenant_context(alpha):
        line = line_of(profile_of(alpha, rounds[:1]), "mentor_share")

    assert (line.latest.peers, line.place) == (None, "")


def test_both_sides_see_the_same(rounds, municipality, alpha):
    for round_ in rounds:
        accept(hand_over(round_, alpha, FIGURES))

    seen = []
    for place in (alpha, municipality):
        with tenant_context(place):
            lines = profile_of(alpha, rounds).lines
            seen.append([(line.indicator.code, [point.value for point in line.points]) for line in lines])

    assert seen[0] == seen[1]


def test_another_school_s_profile_is_empty_for_a_school(rounds, alpha, beta):
    accept(hand_over(rounds[0], alpha, FIGURES))

    with tenant_context(beta):
        lines = profile_of(alpha, rounds[:1]).lines

    assert all(point.value is None for line in lines for point in line.points)


def test_the_number_of_statements_does_not_grow_with_the_rounds(rounds, alpha):
    for round_ in rounds:
        accept(hand_over(round_, alpha, FIGURES))

    counts = []
    for chosen in (rounds[:1], rounds):
        with tenant_context(alpha), CaptureQueriesContext(connection) as statements:
            for line in profile_of(alpha, chosen).lines:
                assert line.chart.labels
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_school_opens_its_profile(rounds, alpha):
    accept(hand_over(rounds[0], alpha, FIGURES))

    response = login(alpha, CURATOR).get("/admin/school-reports/figures/")

    assert response.status_code == 200
    assert rounds[0].title in response.text


def test_an_editor_does_not(rounds, alpha):
    assert login(alpha, EDITOR).get("/admin/school-reports/figures/").status_code == 302


def test_the_municipality_opens_any_of_its_schools(rounds, municipality, alpha):
    submission = hand_over(rounds[0], alpha, FIGURES)
    accept(submission)

    response = login(municipality, METHODIST).get(f"/admin/dashboard/schools/{alpha.pk}/")

    assert response.status_code == 200
    assert f"/admin/review/{submission.pk}/" in response.text


def test_a_school_s_admin_has_no_profiles_of_schools(rounds, alpha, beta):
    assert login(alpha, CURATOR).get(f"/admin/dashboard/schools/{beta.pk}/").status_code == 404
    assert client_at(alpha).get(f"/admin/dashboard/schools/{beta.pk}/").status_code == 302
