"""A school starts a draft roadmap from a template: dated from its own day, once, and in its own schema only."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.roadmap_templates.builtin import install_builtin_template
from mentoring_reports.roadmap_templates.models import RoadmapTemplate
from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem
from mentoring_reports.roadmaps.starting.actions import start_roadmap
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, login
from tests.roadmap_templates.templates import make_template

DAYS = {"start": "16.09.2026", "end": "31.08.2027"}


def url(name: str, *args: int) -> str:
    return reverse(f"roadmaps:{name}", args=args, urlconf="portal.urls_school")


@pytest.fixture
def template(municipality: Organisation) -> RoadmapTemplate:
    with tenant_context(municipality):
        return make_template(municipality)


@pytest.fixture
def curator(alpha: Organisation):
    return login(alpha, CURATOR)


def test_a_draft_is_made_with_texts_dates_times_and_documents(curator, alpha: Organisation, template) -> None:
    response = curator.post(url("start_from", template.pk), DAYS)

    with tenant_context(alpha):
        roadmap = Roadmap.objects.get()
        first, second, third = RoadmapItem.objects.all()
        assert response.headers["Location"] == url("board", roadmap.pk)
        assert (roadmap.is_draft, roadmap.is_published, roadmap.title) == (True, False, template.title)
        assert (roadmap.period_start, roadmap.period_end) == (dt.date(2026, 9, 16), dt.date(2027, 8, 31))
        assert (first.deadline_text, first.starts_on, first.ends_on) == (
            "в течение первого месяца", dt.date(2026, 9, 16), dt.date(2026, 10, 15)
        )  # fmt: skip
        assert (second.deadline_kind, second.recurs.every) == (DeadlineKind.RECURRING, "quarter")
        assert Occurrence.objects.filter(item=second).count() == 4
        assert (third.deadline_kind, third.starts_on, third.ends_on) == (DeadlineKind.RELATIVE, None, None)
        assert [item.documents for item in (first, second, third)] == ["Положение", "Приказ", ""]


def test_pressed_twice_it_asks_and_makes_another_only_when_told_so(curator, alpha: Organisation, template) -> None:
    curator.post(url("start_from", template.pk), DAYS)
    with tenant_context(alpha):
        Roadmap.objects.update(title="Наша дорожная карта")

    twice = curator.post(url("start_from", template.pk), DAYS)
    with tenant_context(alpha):
        after_twice = Roadmap.objects.count()
    curator.post(url("start_from", template.pk), {**DAYS, "again": "yes"})
    curator.post(url("start_from", template.pk), {**DAYS, "start": "01.10.2026"})

    assert (twice.status_code, after_twice) == (409, 1)
    assert "Наша дорожная карта" in twice.content.decode()
    with tenant_context(alpha):
        assert Roadmap.objects.count() == 3


def test_a_roadmap_that_was_deleted_is_not_in_the_way(alpha: Organisation, template) -> None:
    days = {"start": dt.date(2026, 9, 1), "end": dt.date(2027, 8, 31)}
    with tenant_context(alpha):
        start_roadmap(template=template, by=None, **days).delete()

        assert start_roadmap(template=template, by=None, **days).pk


def test_the_days_offered_are_the_school_year_that_is_planned(curator, template) -> None:
    for day, year in ((dt.date(2027, 5, 31), 2026), (dt.date(2027, 6, 1), 2027)):
        with pretend(day):
            page = curator.get(url("start_from", template.pk)).content.decode()
        assert f'value="{year}-09-01"' in page
        assert f'value="{year + 1}-08-31"' in page


def test_looking_saves_nothing_and_shows_dates_and_doubts(curator, alpha: Organisation, template) -> None:
    page = curator.get(url("start_from", template.pk), DAYS).content.decode()
    wrong = curator.get(url("start_from", template.pk), {"start": "вчера", "end": ""})

    assert 'data-start="2026-09-16" data-end="2026-10-15"' in page
    assert "укажите даты сами" in page
    assert wrong.status_code == 422
    with tenant_context(alpha):
        assert not Roadmap.objects.exists()


@pytest.mark.parametrize(
    "data", [{}, {"start": "31.08.2027", "end": "01.09.2026"}, {"start": "01.01.2000", "end": "01.01.2030"}]
)
def test_wrong_days_are_refused(curator, alpha: Organisation, template, data: dict[str, str]) -> None:
    response = curator.post(url("start_from", template.pk), data)

    assert response.status_code == 422
    with tenant_context(alpha):
        assert not Roadmap.objects.exists()


def test_a_template_that_is_not_offered_and_another_school(
    curator, municipality: Organisation, beta: Organisation, alpha: Organisation, template
) -> None:
    curator.post(url("start_from", template.pk), DAYS)
    with tenant_context(municipality):
        RoadmapTemplate.objects.update(is_offered=False)

    assert curator.get(url("start_from", template.pk)).status_code == 404
    assert curator.post(url("start_from", template.pk), DAYS).status_code == 404
    assert template.title not in curator.get(url("start")).content.decode()
    with tenant_context(beta):
        assert not Roadmap.objects.exists()


def test_only_those_who_may_add_roadmaps_start_one(alpha: Organisation, municipality: Organisation, template) -> None:
    editor = login(alpha, EDITOR)

    assert editor.get(url("start")).status_code in (302, 403)
    assert editor.post(url("start_from", template.pk), DAYS).status_code in (302, 403)
    with tenant_context(alpha):
        assert not Roadmap.objects.exists()


def test_the_list_of_roadmaps_leads_to_the_templates_and_history_says_so(
    curator, alpha: Organisation, template
) -> None:
    empty = curator.get(url("index")).content.decode()
    curator.post(url("start_from", template.pk), DAYS)
    with tenant_context(alpha):
        roadmap = Roadmap.objects.get()

    history = curator.get(url("history", roadmap.pk)).content.decode()

    assert empty.count(url("start")) >= 2
    assert "Создана по шаблону" in history


def test_the_built_in_template_starts_a_whole_roadmap(alpha: Organisation, municipality: Organisation) -> None:
    with tenant_context(municipality):
        template = install_builtin_template(municipality)
    with tenant_context(alpha), CaptureQueriesContext(connection) as captured:
        roadmap = start_roadmap(template=template, start=dt.date(2026, 9, 1), end=dt.date(2027, 8, 31), by=None)

        undated = [item for item in roadmap.items() if not (item.starts_on or item.ends_on)]
        assert roadmap.sections.count() == 7
        assert roadmap.items().count() == 28
        assert [item.deadline_text for item in undated] == ["не позднее 10 дней после встречи-знакомства"]
        assert len(captured) < 50
