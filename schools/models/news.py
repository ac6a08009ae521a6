"""News: a list by pages and single items. Used by schools and by the municipality."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from mentoring_reports.clock import today
from schools.pagination import page_of
from schools.querysets import news_of

from .base import ContentPage, LeadPage

NEWS_A_PAGE = 9


class NewsIndexPage(LeadPage):
    """The list of news. Where it may stand is said by the pages that hold it."""

    template = "schools/news_index_page.html"
    subpage_types: ClassVar = ["schools.NewsPage"]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the news of the page asked for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = page_of(news_of(self), request, size=NEWS_A_PAGE)
        return context


class NewsPage(ContentPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=today)
    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("image")
    )
    image_alt = models.CharField(
        _("what the image shows"),
        max_length=250,
        blank=True,
        help_text=_("Read aloud to those who do not see the image."),
    )

    template = "schools/news_page.html"
    parent_page_types: ClassVar = ["schools.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Image")),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*ContentPage.search_fields, index.FilterField("date")]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("news item")
        verbose_name_plural = _("news items")
