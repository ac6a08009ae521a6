"""The panel beside the deadline's text: how it is read, and what is doubtful."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel

from mentoring_reports.roadmaps.deadlines import read_deadline
from mentoring_reports.roadmaps.models import RoadmapItem

from .form import period_of
from .readings import DeadlineReading


class DeadlineReadingPanel(Panel):
    """Shows the reading of the stored text; a script renews it while one types."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one activity."""

        instance: RoadmapItem
        template_name = "mentoring_roadmaps/deadline_reading.html"

        @property
        def media(self) -> forms.Media:
            """Return the comfort and its look."""
            return forms.Media(js=["mentoring_roadmaps/deadline.js"], css={"all": ["mentoring_roadmaps/deadline.css"]})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the reading of the text as it is stored."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "reading": self._reading(), "url": reverse("roadmap_items:deadline")}

        def _reading(self) -> DeadlineReading | None:
            item = self.instance
            if not item.pk or not item.deadline_text:
                return None
            return DeadlineReading.of(read_deadline(item.deadline_text, period_of(item.section)))
