"""The complete history of the school's report in a round, as the municipality reads it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from mentoring_reports.submissions.history import History

from .base import RoundView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.submissions.history import Event


class HistoryView(RoundView):
    """Every event with its date, author and words; prints."""

    template_name = "mentoring_reports/history.html"

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the events, those that concern a revision with its addresses."""
        history = History.of(self.round, self.school)
        rows = [(event, *self._addresses(event)) for event in history.events]
        return {**super().get_context_data(**kwargs), "history": history, "rows": rows}

    def get_page_subtitle(self) -> str:
        """Return what the page is and the round."""
        return _("History: %(round)s") % {"round": self.round}

    def _addresses(self, event: Event) -> tuple[str, str]:
        """Return where the event's revision and its receipt are read."""
        if event.submission is None:
            return "", ""
        revision = event.submission.revision
        return self.address("revision", revision), self.address("receipt", revision)
