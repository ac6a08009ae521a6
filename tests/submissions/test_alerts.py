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
from tests.submissions.acting import CLOSES, DAY, DUE, FIGURES, OPENS, make_dated_round
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools

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


def found(rounds, on=AFTER):
    with tenant_context(rounds[0].municipality), pretend(on):
        read = list(Round.objects.filter(pk__in=[one.pk for one in rounds]).select_related("form"))
        indicators = list(read[0].form.indicators.select_related("group"))
        return alerts(read, indicators)


def kinds_of(school, rounds, on=AFTER):
    return {alert.kind for alert in found(rounds, on) if alert.school_id == school.pk}


@pytest.fixture
def just_opened(municipality, rounds):
    """Return a round that takes reports still, with the three closed ones before it, the latest first."""
    later = dt.timedelta(days=100)
    period = {"period_start": dt.date(2026, 1, 1), "period_end": dt.date(2026, 5, 31)}
    dates = {"opens": OPENS + later, "due": DUE + later, "closes": CLOSES + later}
    return [make_dated_round(municipality, "r2026", **period, **dates), *rounds]


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


def test_a_round_that_has_just_opened_silences_nothing(just_opened, schools):
    today = just_opened[0].opens
    for round_, number in zip(just_opened[1:], (6, 8, 10), strict=True):
        figures = USUAL | {"teaching_staff": 200, "mentors": number, "roadmap_due": 20, "roadmap_done": 2}
        hand_in_accepted(round_, schools[0], figures)

    assert kinds_of(schools[0], just_opened, today) == {AlertKind.FALLING, AlertKind.OVERDUE_ROADMAP}
    assert kinds_of(schools[1], just_opened, today) == {AlertKind.MISSING_TWICE}


def test_missing_in_the_two_rounds_before_an_open_one_names_those(just_opened, schools):
    reasons = [one.reason for one in found(just_opened, just_opened[0].opens) if one.school_id == schools[0].pk]

    assert [just_opened[1].title in reasons[0], just_opened[2].title in reasons[0]] == [True, True]
    assert len(reasons) == 1


def test_once_it_is_overdue_the_open_round_itself_is_a_missing_one(just_opened, schools):
    hand_in_accepted(just_opened[2], schools[0], USUAL)
    first, second = just_opened[0], just_opened[1]

    assert kinds_of(schools[0], just_opened, first.due) == set()
    reasons = [one.reason for one in found(just_opened, first.due + DAY) if one.school_id == schools[0].pk]
    assert [first.title in reasons[0], second.title in reasons[0]] == [True, True]


def test_what_an_open_round_has_accepted_is_judged_by_it(just_opened, schools):
    hand_in_accepted(just_opened[0], schools[0], USUAL | {"roadmap_due": 20, "roadmap_done": 20})
    hand_in_accepted(just_opened[1], schools[0], USUAL | {"roadmap_due": 20, "roadmap_done": 2})

    assert kinds_of(schools[0], just_opened, just_opened[0].due) == set()


def test_whoever_has_handed_in_for_the_open_round_is_not_missing(just_opened, schools):
    hand_in(just_opened[0], schools[0], USUAL)

    assert kinds_of(schools[0], just_opened, just_opened[0].due) == set()


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
