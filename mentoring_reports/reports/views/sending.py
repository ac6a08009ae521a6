"""The summary that asks once, and the hand-over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mentoring_reports.reports.actions import submit
from mentoring_reports.reports.errors import (
    DraftError,
    EvidenceBroken,
    FiguresChanged,
    NotEditable,
    StaleDraft,
    SubmissionRefused,
)
from mentoring_reports.reports.evidence import handed_evidence
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.screen import Screen
from mentoring_reports.submissions.errors import SubmissionError

from .filling import STRICT, PostedView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SendView(PostedView):
    """What will be sent, in full; one button sends it."""

    template_name = "mentoring_reports/summary.html"

    def get(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Show the summary, or go back to the form when something still stands in the way."""
        if not self.access.may_edit:
            messages.error(request, self.access.explanation)
            return redirect(self.address("report"))
        filling = Filling.of_draft(self.basis, self.draft)
        screen = Screen(self.basis, filling, strict=True, beside=self.beside())
        if self.draft is None or screen.obstacles:
            return redirect(f"{self.address('fill')}?{STRICT}=1")
        try:
            fingerprint = filling.fingerprint(handed_evidence(screen.beside.evidence))
        except EvidenceBroken as error:
            messages.error(request, str(error))
            return redirect(self.address("evidence"))
        return self.render_to_response(self.get_context_data(screen=screen, fingerprint=fingerprint))

    def post(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Hand the report over."""
        try:
            submission = submit(
                draft=self._confirmed_draft(), by=request.user, confirmed=request.POST.get("confirmed", "-")
            )
        except (DraftError, SubmissionError) as error:
            messages.error(request, str(error))
            return redirect(self._way_back(error))
        messages.success(request, _("Revision %(revision)s is sent.") % {"revision": submission.revision})
        return redirect(self.address("report"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who sends."""
        return {**super().get_context_data(**kwargs), "sender": self.request.user}

    def _confirmed_draft(self) -> Any:
        if self.draft is None:
            raise NotEditable(_("There is no draft yet: fill in the report first."))
        version = self.request.POST.get("version", "")
        if version != str(self.draft.version):
            raise StaleDraft(self.draft)
        return self.draft

    def _way_back(self, error: Exception) -> str:
        if isinstance(error, EvidenceBroken):
            return self.address("evidence")
        if isinstance(error, SubmissionRefused):
            return f"{self.address('fill')}?{STRICT}=1"
        if isinstance(error, (StaleDraft, FiguresChanged)):
            return self.address("send")
        return self.address("report")
