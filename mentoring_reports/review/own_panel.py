"""What waits for this methodist, on the home screen of the municipality's admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from .counters import Counters

if TYPE_CHECKING:
    from collections.abc import Mapping


class WaitingPanel(Component):
    """How many reports wait: in the methodist's own territories, in all, and where nobody looks."""

    name = "waiting_reports"
    order = 35
    template_name = "mentoring_review/waiting_panel.html"

    class Media:
        """The panel's look."""

        css = {"all": ["mentoring_review/review.css"]}  # noqa: RUF012 - as in Django

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Count."""
        return {"counters": Counters.of((parent_context or {})["request"].user)}
