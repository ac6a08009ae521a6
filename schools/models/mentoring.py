"""The section «Наставничество»: the programme's passport and the pages below it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from schools.querysets import child_cards
from schools.roadmap_table import current_roadmap

from .base import ContentPage


class MentoringPage(ContentPage):
    """The section's first page. Its published children are the section's rubrics."""

    curator_post = models.CharField(
        _("curator's post"), max_length=200, blank=True, help_text=_("The post only: public pages carry no names.")
    )
    goal = models.TextField(_("goal of the programme"), blank=True)
    tasks = models.TextField(_("tasks of the programme"), blank=True, help_text=_("One task per line."))
    period_start = models.DateField(_("programme starts"), null=True, blank=True)
    period_end = models.DateField(_("programme ends"), null=True, blank=True)

    template = "schools/mentoring_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["schools.HomePage"]
    subpage_types: ClassVar = [
        "schools.StandardPage",
        "schools.RoadmapPage",
        "schools.DocumentsPage",
        "schools.PracticesIndexPage",
    ]
    content_panels: ClassVar = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("curator_post"),
                FieldPanel("goal"),
                FieldPanel("tasks"),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
            ],
            heading=_("Programme passport"),
        ),
    ]
    search_fields: ClassVar = [
        *ContentPage.search_fields,
        index.SearchField("goal"),
        index.SearchField("tasks"),
    ]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("mentoring section")
        verbose_name_plural = _("mentoring sections")

    def clean(self) -> None:
        """Refuse a programme that ends before it starts."""
        super().clean()
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValidationError({"period_end": _("The programme ends before it starts.")})

    @property
    def task_list(self) -> list[str]:
        """Return the tasks, one an item."""
        return [line.strip(" \t•–—-") for line in self.tasks.splitlines() if line.strip()]

    @property
    def has_passport(self) -> bool:
        """Say whether anything of the passport is filled in."""
        return bool(self.curator_post or self.goal or self.tasks or self.period_start or self.period_end)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages of the section and the roadmap's progress."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["children"] = child_cards(self)
        context["current"] = current_roadmap()
        return context
