"""Activities of the roadmap in the day's letter: before and after the deadline, once, and only what is still open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.letters.models import Preference
from mentoring_reports.notices.choices import keep_plan
from mentoring_reports.roadmaps.actions import cancel_item, mark_done
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem
from tests.factories import CURATOR, METHODIST, make_user
from tests.letters.mailserver import html_of, text_of
from tests.letters.sending import DAY, send
from tests.roadmaps.factories import make_item, make_recurring, make_roadmap, make_section
from tests.submissions.acting import OPENS

DUE = dt.date(2025, 3, 20)
ACTIVITY = "Провести круглый стол наставников"


@pytest.fixture
def curator(alpha):
    return make_user(alpha, CURATOR)


@pytest.fixture
def item(alpha):
    with tenant_context(alpha):
        return make_item(make_section(make_roadmap(title="Карта внедрения")), activity=ACTIVITY, ends_on=DUE)


def letters_on(mailserver, days, school):
    """On which of the days a letter came."""
    came = []
    for day in days:
        before = len(mailserver.letters)
        send(day, only=school.schema_name)
        came += [day] * (len(mailserver.letters) - before)
    return came


def around(first=-10, last=30):
    return [DUE + DAY * number for number in range(first, last)]


def test_reminders_come_before_on_and_after_the_last_day(alpha, curator, item, mailserver):
    assert letters_on(mailserver, around(), alpha) == [DUE - DAY * 7, DUE - DAY, DUE, DUE + DAY, DUE + DAY * 7]


def test_the_letter_names_activity_and_day_and_leads_to_the_board(alpha, curator, item, mailserver):
    send(DUE - DAY * 7)

    (letter,) = mailserver.to(curator.email)
    for content in (text_of(letter), html_of(letter)):
        assert ACTIVITY in content
        assert "20 марта 2025" in content
        assert "Карта внедрения" in content
        assert f"http://alpha.portal.test/admin/roadmaps/{item.section.roadmap_id}/board/" in content


def test_running_the_job_again_sends_nothing_again(alpha, curator, item, mailserver):
    for _run in range(3):
        send(DUE - DAY * 7)
    send(DUE - DAY * 6)

    assert len(mailserver.letters) == 1


@pytest.mark.parametrize("way", ["done", "cancelled", "draft", "deleted"])
def test_what_needs_nothing_more_is_not_reminded(alpha, curator, item, mailserver, way):
    with tenant_context(alpha), pretend(DUE - DAY * 8):
        if way == "done":
            mark_done(item=item, by=None)
        elif way == "cancelled":
            cancel_item(item=item, by=None)
        elif way == "draft":
            Roadmap.objects.update(is_draft=True)
        else:
            item.delete()

    assert letters_on(mailserver, around(-7, 9), alpha) == []


def test_a_new_deadline_is_told_anew(alpha, curator, item, mailserver):
    send(DUE - DAY)
    with tenant_context(alpha):
        RoadmapItem.objects.update(ends_on=DUE + DAY * 10)

    assert letters_on(mailserver, around(0, 4), alpha) == [DUE + DAY * 3]


def test_all_that_is_due_comes_in_one_letter_with_news_of_reports(alpha, curator, round_, mailserver):
    with tenant_context(alpha):
        roadmap = make_roadmap(period_start=OPENS - DAY * 90, period_end=OPENS + DAY * 90)
        section = make_section(roadmap)
        make_item(section, activity="Скоро", ends_on=OPENS + DAY * 5)
        make_item(section, activity="Опоздали", ends_on=OPENS - DAY * 2)

    send(OPENS)

    (letter,) = mailserver.to(curator.email)
    for text in ("Сбор за полугодие", "Скоро", "Опоздали"):
        assert text in text_of(letter)


def test_times_are_reminded_each_and_a_weekly_one_not_a_week_ahead(alpha, curator, mailserver):
    monday = dt.date(2025, 3, 10)
    with tenant_context(alpha):
        make_recurring(every="week")

    came = letters_on(mailserver, [monday + DAY * number for number in range(14)], alpha)

    assert len(came) == 6  # of each week: on Saturday, on Sunday, and on Monday what was missed


def test_what_was_missed_long_ago_is_no_news(alpha, curator, item, mailserver):
    assert letters_on(mailserver, [DUE + DAY * 60], alpha) == []


def test_days_are_the_municipalitys(alpha, municipality, curator, item, mailserver):
    with tenant_context(municipality):
        keep_plan(municipality=municipality, days_before=[3], days_after=[])

    assert letters_on(mailserver, around(), alpha) == [DUE - DAY * 3, DUE]


def test_whoever_does_not_want_the_roadmap_gets_none_of_it(alpha, curator, item, mailserver):
    with tenant_context(alpha):
        Preference.objects.create(user=curator, wants_roadmap=False)

    assert letters_on(mailserver, around(), alpha) == []


def test_another_school_and_the_municipality_hear_nothing(alpha, beta, municipality, item, mailserver):
    make_user(beta, CURATOR)
    make_user(municipality, METHODIST)

    send(DUE - DAY)

    assert mailserver.letters == []


def test_a_long_list_is_shortened(alpha, curator, item, mailserver):
    with tenant_context(alpha):
        for _number in range(30):
            make_item(item.section, ends_on=DUE, activity="Дело " * 100)

    send(DUE - DAY)

    (letter,) = mailserver.letters
    assert text_of(letter).count("20 марта 2025") == 15


def test_the_number_of_statements_grows_neither_with_activities_nor_with_recipients(alpha, curator, item, mailserver):
    def statements(day):
        with CaptureQueriesContext(connection) as captured:
            send(day, only=alpha.schema_name)
        return len(captured)

    send(DUE - DAY * 8)
    with tenant_context(alpha), pretend(DUE):
        few = statements(DUE - DAY * 8)
        for _number in range(5):
            make_item(item.section, ends_on=DUE)
    for number in range(3):
        make_user(alpha, CURATOR, f"curator-{number}")

    assert statements(DUE - DAY * 8) == few
