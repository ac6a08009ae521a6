"""The school's own figures over rounds, against anonymous quartiles of its peers; the municipality sees the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.profile import Profile

from .base import SchoolReportView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ROUNDS_SHOWN = 8


class ProfileView(SchoolReportView):
    """The last rounds of the school."""

    page_title = gettext_lazy("Figures of the school")
    header_icon = "table"
    template_name = "mentoring_reports/profile.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the profile, each round with the address of the school's report."""
        rounds = Round.objects.started().select_related("form").order_by("-period_end", "-pk")[:ROUNDS_SHOWN]
        profile = Profile.of(self.school, rounds)
        linked = [
            (one, reverse("mentoring_reports:report", args=[one.round.pk])) for one in reversed(profile.standings)
        ]
        return {**super().get_context_data(**kwargs), "profile": profile, "rounds": linked}
