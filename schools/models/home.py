"""A school's home page: what the school is, the mentoring section, the roadmap's progress, the latest news."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from schools.querysets import latest_news, section_pages
from schools.roadmap_table import current_roadmap

from .base import ContentPage

NEWS_ON_HOME = 3


class HomePage(ContentPage):
    """The root of a school's website."""

    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("image")
    )

    template = "schools/home_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["schools.MentoringPage", "schools.NewsIndexPage", "schools.StandardPage"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections, the roadmap's progress and the latest news."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sections"] = section_pages(self)
        context["current"] = current_roadmap()
        context["news"] = latest_news(self, limit=NEWS_ON_HOME)
        return context
