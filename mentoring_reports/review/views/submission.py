"""One submission on one screen, and the decision about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import REOPEN, MunicipalMixin
from mentoring_reports.review.queue import next_after, only_waiting, waiting
from mentoring_reports.review.sheet import Sheet
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.enums import AWAITING_REVIEW, DecisionKind, RoundPhase, State
from mentoring_reports.submissions.errors import StaleRevision, SubmissionError
from mentoring_reports.submissions.models import Decision, Participation, Submission

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CONFLICT, UNPROCESSABLE = 409, 422
LOOK = "look"  # not a decision: show this revision and keep the text that was typed about an older one


class SubmissionView(MunicipalMixin, WagtailAdminTemplateMixin, View):
    """Values beside what they can be compared with; accept, return, reopen; then the next one."""

    template_name = "mentoring_review/submission.html"
    header_icon = "glasses"
    page_title = gettext_lazy("Review")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the revision."""
        return self._show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide, and go to the next one; when that is refused, say why and keep what was typed."""
        if request.POST.get("decision") == LOOK:
            return self._show()
        try:
            self._decide(request.POST.get("decision", ""))
        except StaleRevision as error:
            return self._show(status=CONFLICT, conflict=error)
        except SubmissionError as error:
            return self._show(status=UNPROCESSABLE, refusal=error)
        return redirect(self._next_address())

    def _decide(self, decision: str) -> None:
        by, text = Author.of(self.request.user), self.text
        if decision == DecisionKind.ACCEPT:
            actions.accept(submission_id=self.submission.pk, by=by, comment=text)
            done = _("%(submission)s: accepted.")
        elif decision == DecisionKind.RETURN:
            actions.return_for_revision(submission_id=self.submission.pk, reason=text, by=by)
            done = _("%(submission)s: returned. The school sees the reason.")
        elif decision == DecisionKind.REOPEN:
            if not self.request.user.has_perm(REOPEN):
                raise PermissionDenied
            actions.reopen(submission_id=self.submission.pk, reason=text, by=by)
            done = _("%(submission)s: reopened. The accepted figures count until the next revision is accepted.")
        else:
            raise Http404(_("There is no such decision."))
        messages.success(self.request, done % {"submission": _named(self.submission)})

    @property
    def text(self) -> str:
        """Return the reason or comment that was typed, without NUL characters: PostgreSQL holds none."""
        return self.request.POST.get("reason", "").replace("\0", "")

    @cached_property
    def submission(self) -> Submission:
        """Return the revision, or 404; row security leaves only the municipality's own."""
        rows = Submission.objects.select_related("round", "school", "form")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(_("There is no such submission."))
        return found

    @cached_property
    def revisions(self) -> list[Submission]:
        """Return the school's revisions in this round, the newest first, with their decisions."""
        rows = Submission.objects.filter(round_id=self.submission.round_id, school_id=self.submission.school_id)
        return list(rows.order_by("-revision").prefetch_related("decisions"))

    @cached_property
    def before(self) -> Submission | None:
        """Return the revision that this one corrects."""
        return next((row for row in self.revisions if row.revision == self.submission.revision - 1), None)

    @cached_property
    def sent_back(self) -> Decision | None:
        """Return the decision that made the school send this revision."""
        return next(iter(self.before.decisions.all()), None) if self.before else None

    def _next_address(self) -> str:
        following = next_after(self.submission, self.request.GET)
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        if following is None:
            messages.success(self.request, _("The queue is empty: nothing waits for a decision."))
            return reverse("mentoring_review:index")
        return reverse("mentoring_review:submission", args=[following.latest_id]) + query

    def _show(self, *, status: int = 200, **context: SubmissionError) -> HttpResponse:
        """Render the screen; a `conflict` is told on top, a `refusal` at the field that caused it."""
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_page_subtitle(self) -> str:
        """Return the school and the revision."""
        return _named(self.submission)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the queue, with its filters."""
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        queue = {"url": reverse("mentoring_review:index") + query, "label": _("Review of reports")}
        home = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
        return [home, queue, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheet, what may be decided, and what comes next."""
        participation = Participation.objects.select_related("latest").get(
            round_id=self.submission.round_id, school_id=self.submission.school_id
        )
        is_latest = participation.latest_id == self.submission.pk
        parameters = self.request.GET
        return {
            **super().get_context_data(**kwargs),
            "submission": self.submission,
            "round": self.submission.round,
            "participation": participation,
            "is_latest": is_latest,
            "may_decide": is_latest and participation.state in AWAITING_REVIEW,
            "may_reopen": is_latest and participation.state == State.ACCEPTED and self.request.user.has_perm(REOPEN),
            "is_closed": self.submission.round.phase() is RoundPhase.CLOSED,
            "sheet": Sheet.of(self.submission, self.before),
            "before": self.before,
            "sent_back": self.sent_back,
            "revisions": self.revisions,
            "following": next_after(self.submission, parameters),
            "waiting": only_waiting(waiting(parameters)).count(),
            "parameters": f"?{parameters.urlencode()}" if parameters else "",
            "text": self.text,
        }


def _named(submission: Submission) -> str:
    """Return the school, as in lists, and the revision."""
    return _("%(school)s, revision %(revision)s") % {
        "school": submission.school.short_name,
        "revision": submission.revision,
    }
