"""Who needs help: missing twice running, an indicator that keeps falling, an overdue roadmap; with the reason."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions.alerts import AlertKind, alerts
from mentoring_reports.submissions.models import Round
from tests.factories import METHODIST, login
from tests.submissions.acting import CLOSES, DAY, FIGURES, make_dated_round
from tests.workbooks.reporting import USUAL, hand_in_accepted, make_schools

AFTER = CLOSES + DAY


@pytest.fixture
def rounds(municipality):
    """Return three closed rounds, the latest first."""
    return [
        make_dated_round(municipality, f"r{year}", period_start=dt.date(year, 1, 1), period_end=dt.date(year, 5, 31))
        for year in (2025, 2024, 2023)
    ]


@pytest.fixture
def schools(municipality):
    return make_schools(municipality, 6)


def found(rounds):
    with tenant_context(rounds[0].municipality), pretend(AFTER):
        read = list(Round.objects.filter(pk__in=[one.pk for one in rounds]).select_related("form"))
        indicators = list(read[0].form.indicators.select_related("group"))
        return alerts(read, indicators)


def kinds_of(school, rounds):
    return {alert.kind for alert in found(rounds) if alert.school_id == school.pk}


def test_missing_twice_running_is_an_alert_once_is_none(rounds, schools):
    hand_in_accepted(rounds[1], schools[0], USUAL)

    assert kinds_of(schools[0], rounds) == set()
    assert kinds_of(schools[1], rounds) == {AlertKind.MISSING_TWICE}


def test_the_reason_names_both_rounds(rounds, schools):
    reason = next(alert.reason for alert in found(rounds) if alert.school_id == schools[0].pk)

    assert rounds[0].title in reason
    assert rounds[1].title in reason


@pytest.mark.parametrize(
    ("mentors", "expected"),
    [((6, 8, 10), True), ((10, 8, 6), False), ((10, 8, 10), False), ((8, 8, 10), False), ((98, 99, 100), False)],
    ids=["fell twice", "rose", "fell once", "stood still", "fell by a trifle"],
)
def test_falling_twice_by_a_noticeable_step_is_an_alert(rounds, schools, mentors, expected):
    for round_, number in zip(rounds, mentors, strict=True):
        hand_in_accepted(round_, schools[0], FIGURES | {"teaching_staff": 200, "mentors": number})

    falling = {alert.code for alert in found(rounds) if alert.kind is AlertKind.FALLING}

    assert ("mentor_share" in falling) is expected


def test_a_missing_figure_is_no_fall(rounds, schools):
    for round_, number in zip(rounds, (None, 8, 10), strict=True):
        hand_in_accepted(round_, schools[0], FIGURES | {"mentors": number})

    assert "mentor_share" not in {alert.code for alert in found(rounds)}


@pytest.mark.parametrize(("done", "expected"), [(15, True), (16, False), (20, False)])
def test_a_roadmap_with_much_overdue_is_an_alert(rounds, schools, done, expected):
    hand_in_accepted(rounds[0], schools[0], USUAL | {"roadmap_due": 20, "roadmap_done": done})

    assert (AlertKind.OVERDUE_ROADMAP in kinds_of(schools[0], rounds)) is expected


def test_no_round_no_alert():
    assert alerts([], []) == []


def test_the_number_of_statements_does_not_depend_on_the_schools(rounds, municipality):
    everyone, counts = make_schools(municipality, 12), []
    for newcomers in (everyone[:2], everyone[2:]):
        for school in newcomers:
            hand_in_accepted(rounds[0], school, USUAL)
        with CaptureQueriesContext(connection) as statements:
            found(rounds)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_screen_tells_the_reason_and_leads_to_the_school(rounds, municipality, schools):
    for round_ in rounds:
        hand_in_accepted(round_, schools[0], USUAL | {"roadmap_due": 20, "roadmap_done": 2})

    text = login(municipality, METHODIST).get(f"/admin/dashboard/alerts/?round={rounds[0].code}").text

    assert f"/admin/dashboard/schools/{schools[0].pk}/" in text
    assert "выполнено 2 из 20" in text


def test_the_alerts_are_a_table_for_a_spreadsheet(rounds, municipality, schools):
    response = login(municipality, METHODIST).get(f"/admin/dashboard/alerts.csv?round={rounds[0].code}")

    assert response.status_code == 200
    assert schools[1].name in b"".join(response.streaming_content).decode()
