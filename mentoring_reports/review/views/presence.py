"""The heartbeat of an open review: who else has the report open, and whether it has been decided meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from mentoring_reports.review import presence
from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.submissions.enums import AWAITING_REVIEW
from mentoring_reports.submissions.models import Participation, Submission

if TYPE_CHECKING:
    from django.http import HttpRequest

NO_CONTENT = 204


class PresenceView(MunicipalMixin, View):
    """Renewed by a small script while the screen is open; without it the screen is believed open for two minutes."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that the user is still there, or has left, and say who else is."""
        submission = get_object_or_404(Submission, pk=pk)
        if "left" in request.POST:
            presence.forget(request.user, submission)
            return HttpResponse(status=NO_CONTENT)
        participation = Participation.objects.select_related("latest").get(
            round_id=submission.round_id, school_id=submission.school_id
        )
        waits = participation.latest_id == submission.pk and participation.state in AWAITING_REVIEW
        if waits:
            presence.note(request.user, submission)
        context = {
            "open_now": presence.others(request.user, submission),
            "was_decided": not waits,
            "submission": submission,
            "last": submission.decisions.first(),
        }
        return render(request, "mentoring_review/pieces/presence.html", context)
