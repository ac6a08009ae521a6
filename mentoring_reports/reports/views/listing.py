"""The list of rounds: those that want something from the school come first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator

from mentoring_reports.reports.access import Access
from mentoring_reports.submissions.enums import RoundPhase
from mentoring_reports.submissions.models import Round

from .base import SchoolReportView

ROUNDS_A_PAGE = 10
ORDER = [RoundPhase.OPEN, RoundPhase.OVERDUE, RoundPhase.PLANNED, RoundPhase.CLOSED]


class RoundListView(SchoolReportView):
    """Rounds with the state of the school's report, the days left, and the next step."""

    template_name = "mentoring_reports/round_list.html"

    def get(self, request: Any) -> Any:
        """Show a page of rounds."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of rounds, what has to be done first."""
        context = super().get_context_data(**kwargs)
        page = Paginator(Round.objects.all(), ROUNDS_A_PAGE).get_page(self.request.GET.get("p"))
        context["rounds"] = sorted(Access.of_rounds(page, self.school), key=_urgency)
        context["page"] = page
        return context


def _urgency(access: Access) -> tuple[bool, bool, int, int]:
    acts = access.may_edit
    return (not acts, not access.was_sent_back, ORDER.index(access.phase), access.days_left if acts else 0)
