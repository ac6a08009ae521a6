"""The receipt of a revision, for the school: to print, and to verify anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring_reports.submissions.models import Submission
from mentoring_reports.submissions.receipt_pages import receipt_page, sealed_file

from .base import RoundView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class ReceiptView(RoundView):
    """The receipt on a page of its own, without the admin around it."""

    def get(self, request: HttpRequest, round_id: int, revision: int) -> HttpResponse:
        """Show it."""
        sealed_url = self.address("receipt_sealed", revision)
        return receipt_page(request, self.submission, way_back=self.address("history"), sealed_url=sealed_url)

    @cached_property
    def submission(self) -> Submission:
        """Return the school's own revision, or 404."""
        rows = Submission.objects.for_round(self.round).of_school(self.school).select_related("round", "form")
        found = rows.filter(revision=self.kwargs["revision"]).first()
        if found is None:
            raise Http404(_("There is no such revision."))
        return found


class SealedView(ReceiptView):
    """What the checksum is made of, as a file."""

    def get(self, request: HttpRequest, round_id: int, revision: int) -> HttpResponse:
        """Return the very bytes."""
        return sealed_file(self.submission)
