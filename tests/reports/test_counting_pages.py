"""Counting published pages by the setting `MENTORING_COUNTED_PAGES`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page, Site

from mentoring_reports.reports.checks import check_counted_pages
from mentoring_reports.reports.counts import count
from schools.models import MentoringPage, NewsIndexPage, NewsPage, PracticePage, PracticesIndexPage, StandardPage

from .records import DAY, END, PERIOD, START

pytestmark = pytest.mark.usefixtures("in_alpha")
NOON = dt.time(12)


def value(code: str) -> int:
    """Return the count as a number."""
    found = count(code, PERIOD).value
    assert found is not None
    return int(found)


def home() -> Page:
    """Return the school's home page."""
    return Site.objects.get(is_default_site=True).root_page


def section(model: type[Page], parent: Page) -> Page:
    """Return the page of a type below another, made if the school has none yet."""
    return model.objects.first() or parent.add_child(
        instance=model(title="Раздел", slug=f"test-{model.__name__}".lower())
    )


def publish(page: Page, parent: Page, day: dt.date, at: dt.time = NOON, **fields: Any) -> Page:
    """Put a page below another as first published on a day, in the municipality's time zone."""
    moment = timezone.make_aware(dt.datetime.combine(day, at))
    for name, given in {"live": True, "first_published_at": moment, **fields}.items():
        setattr(page, name, given)
    return parent.add_child(instance=page)


def news(day: dt.date, at: dt.time = NOON, **fields: Any) -> Page:
    """Return a piece of news published on a day."""
    parent = section(NewsIndexPage, home())
    return publish(
        NewsPage(title="Новость", slug=f"news-{NewsPage.objects.count()}", date=day), parent, day, at, **fields
    )


def practice(published: dt.date, shared: dt.date | None) -> Page:
    """Return a good practice published on a day and sent on on another."""
    parent = section(PracticesIndexPage, section(MentoringPage, home()))
    slug = f"practice-{PracticePage.objects.count()}"
    return publish(PracticePage(title="Практика", slug=slug, shared_on=shared), parent, published)


def test_publications_are_those_first_published_in_the_period() -> None:
    before = value("publications")
    for day in (START - DAY, START, END, END + DAY):
        news(day)
    assert value("publications") - before == 2


def test_the_day_of_publication_is_the_municipalitys_own() -> None:
    before = value("publications")
    news(END, at=dt.time(23, 59))
    news(START, at=dt.time(0, 1))
    assert value("publications") - before == 2


def test_drafts_and_unpublished_pages_do_not_count() -> None:
    before = value("publications")
    news(START, live=False)
    assert value("publications") == before


def test_practices_count_on_the_day_on_which_they_were_sent_on() -> None:
    practice(START, shared=END)
    practice(START, shared=END + DAY)
    practice(START, shared=START - DAY)
    practice(START, shared=None)
    assert value("practices_shared") == 1


def test_rubrics_are_the_pages_right_below_the_mentoring_section() -> None:
    parent = section(MentoringPage, home())
    before = value("rubrics")
    publish(StandardPage(title="Рубрика", slug="rubric-1"), parent, START - DAY)
    publish(StandardPage(title="Рубрика позже", slug="rubric-2"), parent, END + DAY)
    publish(StandardPage(title="Контакты", slug="contacts-1"), home(), START)
    assert value("rubrics") - before == 1


def test_the_settings_of_the_portal_name_page_types_that_exist() -> None:
    assert check_counted_pages(None) == []


@pytest.mark.parametrize("text", ["schools.NoSuchPage", "nonsense", "schools.NewsPage.no_such_date", "auth.User"])
def test_a_page_type_that_does_not_exist_stops_the_start(text: str) -> None:
    with override_settings(MENTORING_COUNTED_PAGES={"publications": [text]}):
        assert [error.id for error in check_counted_pages(None)] == ["mentoring_reports.E001"]


def test_without_the_setting_no_page_counts() -> None:
    news(START)
    with override_settings():
        del settings.MENTORING_COUNTED_PAGES
        assert value("publications") == 0
