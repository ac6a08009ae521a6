"""The public roadmap: what is shown, and filters that are plain addresses."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.models import Occurrence, RoadmapItem, RoadmapSection
from tests.factories import client_at
from tests.schools import building

PATH = "/nastavnichestvo/dorozhnaya-karta/"
ACTIVITIES = ("Издать приказ", "Заключить соглашения", "Отменённое дело", "Провести встречи", "Вести журнал")


def shown(school, query: str = "") -> set[str]:
    response = client_at(school).get(PATH + query)
    assert response.status_code == 200
    rows = response.text.split("<tbody")[1:]
    return {activity for activity in ACTIVITIES if any(activity in row for row in rows)}


@pytest.fixture
def roadmap(alpha):
    with tenant_context(alpha):
        return building.add_roadmap()


def test_all_activities_of_the_published_roadmap_are_shown(alpha, roadmap):
    assert shown(alpha) == set(ACTIVITIES)


def test_a_roadmap_that_is_not_published_stays_unseen(alpha):
    with tenant_context(alpha):
        building.add_roadmap(published=False)

    text = client_at(alpha).get(PATH).text

    assert "Издать приказ" not in text
    assert 'class="empty"' in text


def test_another_schools_roadmap_is_not_shown(alpha, beta, roadmap):
    assert shown(beta) == set()


def test_an_overdue_activity_is_told_by_words_and_by_a_sign(alpha, roadmap):
    row = client_at(alpha).get(PATH).text.split("Заключить соглашения")[1].split("</tr>")[0]

    assert "#warning" in row
    assert 'class="state-badge overdue"' in row


def test_progress_leaves_cancelled_activities_out(alpha, roadmap):
    from schools.roadmap_table import current_roadmap

    with tenant_context(alpha):
        progress = current_roadmap().progress

    assert (progress.done, progress.total, progress.overdue, progress.percent) == (1, 4, 1, 25)


@pytest.mark.parametrize(
    ("state", "activities"),
    [
        ("done", {"Издать приказ"}),
        ("overdue", {"Заключить соглашения"}),
        ("in_progress", {"Провести встречи"}),
        ("planned", {"Вести журнал"}),
        ("cancelled", {"Отменённое дело"}),
    ],
)
def test_the_filter_by_state(alpha, roadmap, state, activities):
    assert shown(alpha, f"?state={state}") == activities


def test_the_filter_by_section(alpha, roadmap):
    with tenant_context(alpha):
        section = RoadmapSection.objects.get(title="Работа пар")

    assert shown(alpha, f"?section={section.pk}") == {"Провести встречи", "Вести журнал"}


def test_the_filter_by_month_keeps_what_has_no_date(alpha, roadmap):
    with tenant_context(alpha):
        day = RoadmapItem.objects.get(activity="Провести встречи").ends_on

    assert shown(alpha, f"?month={day:%Y-%m}") >= {"Провести встречи", "Вести журнал"}
    assert "Издать приказ" not in shown(alpha, f"?month={day:%Y-%m}")


def test_filters_are_combined(alpha, roadmap):
    with tenant_context(alpha):
        section = RoadmapSection.objects.get(title="Подготовка")

    assert shown(alpha, f"?section={section.pk}&state=done") == {"Издать приказ"}


@pytest.mark.parametrize("query", ["?state=flying", "?section=abc", "?month=2026-13", "?month=x", "?section=²"])
def test_a_filter_that_makes_no_sense_is_left_out(alpha, roadmap, query):
    assert shown(alpha, query) == set(ACTIVITIES)


def test_a_filter_that_finds_nothing_says_so(alpha, roadmap):
    assert 'class="empty"' in client_at(alpha).get(PATH + "?section=999999").text


def test_the_form_needs_no_script_and_keeps_the_choice(alpha, roadmap):
    text = client_at(alpha).get(f"{PATH}?state=done&month={today():%Y-%m}").text

    assert '<form class="filters" method="get"' in text
    assert '<option value="done" selected>' in text
    assert f'<option value="{today():%Y-%m}" selected>' in text
    assert "<script" not in text


def test_an_activity_that_comes_back_tells_its_times_and_is_found_by_their_months(alpha, roadmap):
    with tenant_context(alpha):
        item = RoadmapItem.objects.get(activity="Вести журнал")
        day = today()
        for ends, done in ((day, day), (day + dt.timedelta(days=70), None)):
            Occurrence.objects.create(item=item, starts_on=ends, ends_on=ends, done_on=done)

    row = client_at(alpha).get(PATH).text.split("Вести журнал")[1].split("</tr>")[0]
    numbers = re.findall(r"<small>[^<]*?(\d+)[^<]*?(\d+)[^<]*</small>", row)

    assert ("1", "2") in numbers
    assert "Вести журнал" in shown(alpha, f"?month={day:%Y-%m}")
    assert "Вести журнал" not in shown(alpha, f"?month={day + dt.timedelta(days=35):%Y-%m}")
