"""The page that shows the current published roadmap; the roadmap itself is kept in the plugin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from schools.roadmap_table import RoadmapFilter, current_table

from .base import LeadPage


class RoadmapPage(LeadPage):
    """A table by section with states and a progress bar; its filters are a plain form."""

    template = "schools/roadmap_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["schools.MentoringPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("roadmap page")
        verbose_name_plural = _("roadmap pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the table, narrowed to what the address asks for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["table"] = current_table(RoadmapFilter.from_query(request.GET))
        return context
