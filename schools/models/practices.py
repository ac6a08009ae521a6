"""Good practices: each on a page, listed newest first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from schools.pagination import page_of
from schools.querysets import practices_of

from .base import ContentPage, LeadPage

PRACTICES_A_PAGE = 12


class PracticesIndexPage(LeadPage):
    """The list of good practices."""

    template = "schools/practices_index_page.html"
    parent_page_types: ClassVar = ["schools.MentoringPage"]
    subpage_types: ClassVar = ["schools.PracticePage"]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("practices list")
        verbose_name_plural = _("practices lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the practices of the page asked for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["practices"] = page_of(practices_of(self), request, size=PRACTICES_A_PAGE)
        return context


class PracticePage(ContentPage):
    """One good practice. The lead is its summary.

    The form of mentoring is text: a published page stays true when the register's list of forms changes.
    """

    mentoring_form = models.CharField(
        _("form of mentoring"), max_length=100, blank=True, help_text=_("For instance: teacher – teacher.")
    )
    shared_on = models.DateField(
        _("sent to the regional bank on"),
        null=True,
        blank=True,
        help_text=_("The day on which the practice was sent to the regional bank of good practices."),
    )

    template = "schools/practice_page.html"
    parent_page_types: ClassVar = ["schools.PracticesIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("mentoring_form"),
        FieldPanel("lead", heading=_("summary")),
        FieldPanel("body"),
        FieldPanel("shared_on"),
    ]
    search_fields: ClassVar = [
        *ContentPage.search_fields,
        index.SearchField("mentoring_form"),
        index.FilterField("shared_on"),
    ]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
