"""Fills the pages of a school's website and of the municipality's: no names, dates in the past. Tenant schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from schools.models import (
    DocumentItem,
    DocumentsPage,
    HomePage,
    MentoringPage,
    NewsIndexPage,
    NewsPage,
    PracticePage,
    PracticesIndexPage,
    SchoolAppearance,
    StandardPage,
)

from .calendar import Calendar, Half
from .data import read
from .plan import SchoolPlan

WEEK = dt.timedelta(days=7)
Body = list[tuple[str, Any]]


def fill_website(plan: SchoolPlan, calendar: Calendar) -> None:
    """Give the ready structure of a school's site its texts, documents, practices and news."""
    random = plan.random("website")
    start = max(calendar.programme_start, plan.opened_on or dt.date.min)
    with disable_reference_index_auto_update():  # these texts refer to nothing; the documents page says so itself
        _fill_look(plan)
        _fill_home(plan)
        _fill_section(calendar)
        _fill_programme()
        _fill_documents(start)
        _fill_practices(plan, calendar, random)
        _fill_news(plan, calendar, random)
        _mark_published(plan, start, calendar.base, random)


def fill_municipal_website(base: dt.date) -> None:
    """Give the municipality's site a lead and news."""
    home = Page.objects.get(depth=2).specific
    words = read("pages")["municipality"]
    home.lead = words["lead"]
    home.save()
    SchoolAppearance.objects.update(**words["look"])
    index = NewsIndexPage.objects.get()
    for number, news in enumerate(words["news"]):
        _add(index, NewsPage(**_news(news, base - (2 + 40 * number) * dt.timedelta(days=1), number)))


def _fill_look(plan: SchoolPlan) -> None:
    SchoolAppearance.objects.update(
        accent=plan.accent,
        slogan=plan.slogan,
        address=plan.address,
        phone=f"8 (000) 000-{sum(map(ord, plan.host_label)) % 90 + 10}-00",
        email=f"info@{plan.host_label}.portal.localhost",
    )


def _fill_home(plan: SchoolPlan) -> None:
    words, home = read("pages")["home"], HomePage.objects.get()
    home.lead = words["lead"]
    home.body = _body(words["paragraphs"][plan.staffing].format(short=f"«{plan.short_name}»".replace("««", "«")))
    home.save()


def _fill_section(calendar: Calendar) -> None:
    words, section = read("pages")["programme"], MentoringPage.objects.get()
    section.lead, section.goal, section.curator_post = words["lead"], words["goal"], words["curator_post"]
    section.tasks = "\n".join(words["tasks"])
    section.period_start, section.period_end = calendar.programme_start, calendar.programme_end
    section.body = _body(*words["paragraphs"])
    section.save()


def _fill_programme() -> None:
    words, page = read("pages")["programme_page"], StandardPage.objects.get()
    page.lead = words["lead"]
    blocks: Body = []
    for heading, text in words["sections"]:
        blocks += [("heading", {"text": heading, "level": "2"}), *_body(text)]
    page.body = blocks
    page.save()


def _fill_documents(start: dt.date) -> None:
    words = read("pages")["documents_page"]
    page = DocumentsPage.objects.get()
    page.lead = words["lead"]
    page.save()
    documents = Document.objects.bulk_create(_document(row, start) for row in words["documents"])
    DocumentItem.objects.bulk_create(
        DocumentItem(page=page, document=document, kind=row["kind"], sort_order=number, issued_on=start + number * WEEK)
        for number, (document, row) in enumerate(zip(documents, words["documents"], strict=True))
    )
    for backend in get_search_backends():
        backend.add_bulk(Document, documents)
    ReferenceIndex.create_or_update_for_object(page)


def _document(row: dict[str, str], start: dt.date) -> Document:
    content = row["text"].format(start=f"{start:%d.%m.%Y}").encode()
    return Document(title=row["title"], file=ContentFile(content, name=row["name"]), file_size=len(content))


def _fill_practices(plan: SchoolPlan, calendar: Calendar, random: Random) -> None:
    """Publish one or two practices; the diligent send one on in nearly every half."""
    index = PracticesIndexPage.objects.get()
    halves = [half for half in _halves(plan, calendar) if random.random() < plan.diligence - 0.2]
    for half, words in zip(halves[-2:], random.sample(read("pages")["practices"], 2), strict=False):
        day = _day_in(half, random)
        page = PracticePage(
            title=words["title"],
            lead=words["lead"],
            mentoring_form=words["form"],
            body=_body(words["text"]),
            shared_on=day + WEEK,
            slug=f"praktika-{half.code}",
        )
        _add(index, page, day)


def _fill_news(plan: SchoolPlan, calendar: Calendar, random: Random) -> None:
    """Publish up to three pieces of news in each half, and one since the last one."""
    index = NewsIndexPage.objects.get()
    stock = random.sample(read("pages")["news"], len(read("pages")["news"]))
    for number, day in enumerate(_news_days(plan, calendar, random)):
        _add(index, NewsPage(**_news(stock[number % len(stock)], day, number)), day)


def _news_days(plan: SchoolPlan, calendar: Calendar, random: Random) -> Iterator[dt.date]:
    for half in _halves(plan, calendar):
        for _nth in range(min(3, round(random.uniform(0.6, 3.4) * plan.diligence))):
            yield _day_in(half, random)
    recent = calendar.base - dt.timedelta(days=random.randint(4, 40))
    if recent > calendar.rounds[-1].half.end and plan.is_open_on(recent):
        yield recent


def _halves(plan: SchoolPlan, calendar: Calendar) -> list[Half]:
    """Return the reported halves in which the school was at work."""
    halves = [row.half for row in calendar.rounds]
    return [half for half in halves if plan.is_open_on(half.start) and plan.is_open_on(half.end)]


def _day_in(half: Half, random: Random) -> dt.date:
    return half.start + dt.timedelta(days=random.randint(10, (half.end - half.start).days - 10))


def _news(words: dict[str, str], day: dt.date, number: int) -> dict[str, Any]:
    slug = f"novost-{day:%Y-%m-%d}-{number + 1}"
    return {"title": words["title"], "lead": words["lead"], "body": _body(words["text"]), "date": day, "slug": slug}


def _body(*paragraphs: str) -> Body:
    return [("paragraph", f"<p>{text}</p>") for text in paragraphs]


def _add(parent: Page, page: Page, day: dt.date | None = None) -> None:
    """Add a live page, first published on the day."""
    if day:
        page.first_published_at = page.last_published_at = _moment(day)
    parent.add_child(instance=page)


def _mark_published(plan: SchoolPlan, start: dt.date, base: dt.date, random: Random) -> None:
    """Say when the ready pages were first published: the section's rubrics came one after another."""
    weeks_apart = 1 + round(10 * (1 - plan.diligence))
    for number, page in enumerate(_ready_pages()):
        moment = _moment(min(start + (2 + number * (weeks_apart + random.randint(0, 2))) * WEEK, base - WEEK))
        Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)


def _ready_pages() -> Iterator[Page]:
    yield from Page.objects.filter(first_published_at__isnull=True, depth__gte=2).order_by("path")


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
