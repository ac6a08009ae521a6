"""A school's content for tests: pages, files and a roadmap. Call inside the school's schema."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from schools.models import (
    DocumentItem,
    DocumentsPage,
    MentoringPage,
    NewsIndexPage,
    NewsPage,
    PracticePage,
    PracticesIndexPage,
)


def publish(page: Page) -> Page:
    """Publish the page as an editor does."""
    page.save_revision().publish()
    return page


def add_news(title: str, *, live: bool = True, **fields: Any) -> NewsPage:
    """Add a piece of news below the list."""
    slug = fields.pop("slug", f"n{NewsPage.objects.count() + 1}")
    page = NewsPage(title=title, slug=slug, live=live, **fields)
    NewsIndexPage.objects.get().add_child(instance=page)
    return publish(page) if live else page


def add_practice(title: str, **fields: Any) -> PracticePage:
    """Add and publish a good practice."""
    page = PracticePage(title=title, slug=f"p{PracticePage.objects.count() + 1}", **fields)
    PracticesIndexPage.objects.get().add_child(instance=page)
    return publish(page)


def add_image() -> Image:
    """Return a small image."""
    buffer = io.BytesIO()
    Drawing.new("RGB", (32, 24), (20, 80, 160)).save(buffer, "PNG")
    return Image.objects.create(title="Рисунок", file=ImageFile(io.BytesIO(buffer.getvalue()), name="drawing.png"))


def add_document(title: str = "Приказ") -> Document:
    """Return a document of 2048 bytes."""
    document = Document(title=title)
    document.file.save("order.pdf", ContentFile(b"x" * 2048))
    document.file_size = 2048
    document.save()
    return document


def add_roadmap(*, published: bool = True) -> Roadmap:
    """Return a current roadmap of two sections: done, overdue and cancelled; in progress and without a date."""
    day = today()
    roadmap = Roadmap.objects.create(
        title="План внедрения",
        period_start=day - dt.timedelta(days=100),
        period_end=day + dt.timedelta(days=100),
        is_published=published,
    )
    first = RoadmapSection.objects.create(roadmap=roadmap, number="1", title="Подготовка", sort_order=0)
    second = RoadmapSection.objects.create(roadmap=roadmap, number="2", title="Работа пар", sort_order=1)
    last_month, next_month = day - dt.timedelta(days=40), day + dt.timedelta(days=40)

    def item(section: RoadmapSection, activity: str, **fields: Any) -> None:
        order = RoadmapItem.objects.filter(section=section).count()
        RoadmapItem.objects.create(section=section, activity=activity, sort_order=order, **fields)

    item(first, "Издать приказ", status="done", starts_on=last_month, ends_on=last_month, done_on=last_month)
    item(first, "Заключить соглашения", status="planned", ends_on=day - dt.timedelta(days=5), responsible="Методист")
    item(first, "Отменённое дело", status="cancelled", ends_on=last_month, cancelled_on=last_month)
    item(second, "Провести встречи", status="in_progress", starts_on=next_month, ends_on=next_month)
    item(second, "Вести журнал", deadline_kind="whole_period", deadline_text="В течение всего периода")
    return roadmap


def fill_site() -> None:
    """Fill every kind of page and every kind of block."""
    document, image = add_document(), add_image()
    section = MentoringPage.objects.get()
    section.goal, section.tasks, section.curator_post = "Цель программы", "Первая задача\nВторая задача", "Методист"
    section.body = [
        ("heading", {"text": "Заголовок блока", "level": "2"}),
        ("paragraph", "<p>Текст абзаца</p>"),
        ("list", {"kind": "ticks", "items": ["<p>Пункт списка</p>"]}),
        ("quote", {"text": "Текст цитаты", "source": "Положение"}),
        ("image", {"image": image, "alt_text": "Синий прямоугольник", "caption": "Подпись"}),
        ("document", {"document": document, "title": "Ссылка на приказ"}),
        ("callout", {"title": "Важно", "text": "<p>Текст врезки</p>"}),
        ("figures", {"figures": [{"value": "24", "label": "пары"}], "note": "На сегодня"}),
    ]
    publish(section)
    documents = DocumentsPage.objects.get()
    documents.items.add(DocumentItem(document=document, kind="order", issued_on=dt.date(2026, 9, 8)))
    publish(documents)
    add_news("Новость с картинкой", image=image, image_alt="Синий прямоугольник", lead="Вводный текст")
    add_practice("Урок вдвоём", mentoring_form="учитель – учитель", shared_on=dt.date(2026, 10, 5))
    add_roadmap()
