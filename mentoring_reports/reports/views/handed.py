"""What was handed over: the state of the report with its decisions, and every revision exactly as it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.evidence import submitted_evidence
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.screen import Beside, Screen
from mentoring_reports.submissions.models import Submission

from .base import RoundView

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ReportView(RoundView):
    """Where the report stands: what to do next, the decisions, the revisions."""

    template_name = "mentoring_reports/report.html"

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data())

    @cached_property
    def revisions(self) -> QuerySet[Submission]:
        """Return the school's revisions in this round, the newest first, with their decisions."""
        return Submission.objects.for_round(self.round).of_school(self.school).prefetch_related("decisions__remarks")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the revisions, and the names of the data elements that comments are about."""
        names = dict(self.round.form.elements.values_list("code", "name"))
        return {**super().get_context_data(**kwargs), "revisions": self.revisions, "names": names}


class RevisionView(ReportView):
    """One revision, read only."""

    template_name = "mentoring_reports/revision.html"

    @cached_property
    def submission(self) -> Submission:
        """Return the revision, or 404."""
        found = self.revisions.filter(revision=self.kwargs["revision"]).select_related("form").first()
        if found is None:
            raise Http404(_("There is no such revision."))
        return found

    def get_page_subtitle(self) -> str:
        """Return the round and the revision's number."""
        return _("%(round)s, revision %(revision)s") % {"round": self.round, "revision": self.submission.revision}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the revision as it was sent."""
        screen = _screen_of(self.submission, self.school)
        return {**super().get_context_data(**kwargs), "submission": self.submission, "screen": screen}


def _screen_of(submission: Submission, school: Any) -> Screen:
    """Return the screen of a revision: its own form, values, counts and texts."""
    rows = list(submission.values.all())
    counts = {row.element_code: row.counted for row in rows if row.counted is not None or row.reason}
    values = {row.element_code: row.value for row in rows}
    filling = Filling(
        values=values,
        overruled=frozenset(code for code, counted in counts.items() if values[code] != counted),
        reasons={row.element_code: row.reason for row in rows if row.reason},
        explanations=submission.explanations,
        note=submission.note,
    )
    basis = Basis.of_form(submission.form, submission.round, school, counts, school_type=submission.school_type)
    return Screen(basis, filling, beside=Beside(remarks=_remarks(submission), evidence=submitted_evidence(submission)))


def _remarks(submission: Submission) -> dict[str, str]:
    """Return what was said about single values when the revision was decided last."""
    decisions = list(submission.decisions.all())  # the newest first, read along with their comments
    return {row.element_code: row.text for decision in reversed(decisions) for row in decision.remarks.all()}
