"""Questions that pages ask about other pages. Each is one statement.

Types come along where cards show them: django-tenants forgets cached content types at every request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Page
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from .models import NewsPage, PracticePage


def section_pages(home: Page) -> PageQuerySet[Page]:
    """Return the published pages of the mentoring section below a home page, in the editor's order."""
    below = Page.objects.live().filter(path__startswith=home.path, depth=home.depth + 2, show_in_menus=True)
    return below.select_related("content_type")


def child_cards(page: Page) -> PageQuerySet[Page]:
    """Return the published children of a page in the editor's order."""
    return Page.objects.live().child_of(page).select_related("content_type")


def news_of(index: Page) -> PageQuerySet[NewsPage]:
    """Return the published news below a list, newest first."""
    model: type[NewsPage] = apps.get_model("schools", "NewsPage")
    return model.objects.live().child_of(index).select_related("image").order_by("-date", "-pk")


def latest_news(home: Page, *, limit: int) -> PageQuerySet[NewsPage]:
    """Return the latest published news anywhere below a home page."""
    model: type[NewsPage] = apps.get_model("schools", "NewsPage")
    return model.objects.live().descendant_of(home).select_related("image").order_by("-date", "-pk")[:limit]


def practices_of(index: Page) -> PageQuerySet[PracticePage]:
    """Return the published practices below a list, newest first."""
    model: type[PracticePage] = apps.get_model("schools", "PracticePage")
    return model.objects.live().child_of(index).order_by("-first_published_at", "-pk")
