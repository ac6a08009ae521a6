"""One submission on one screen, and the decision about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review import presence
from mentoring_reports.review.access import REOPEN, MunicipalMixin
from mentoring_reports.review.comments import NUL, typed_comments
from mentoring_reports.review.deciding import decide
from mentoring_reports.review.queue import Place
from mentoring_reports.review.revisions import AGAINST, Revisions
from mentoring_reports.review.sheet import Sheet
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.enums import AWAITING_REVIEW, RoundPhase, State
from mentoring_reports.submissions.errors import StaleRevision, SubmissionError
from mentoring_reports.submissions.models import Participation, Submission

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
        place = Place.of(self.submission, request)
        try:
            done = decide(
                request.POST.get("decision", ""),
                self.submission,
                user=request.user,
                text=self.text,
                comments=self.comments,
            )
        except StaleRevision as error:
            return self._show(status=CONFLICT, conflict=error)
        except SubmissionError as error:
            return self._show(status=UNPROCESSABLE, refusal=error)
        presence.forget(request.user, self.submission)
        self._tell(done)
        return redirect(self._next_address(place))

    @property
    def text(self) -> str:
        """Return the reason or comment that was typed."""
        return self.request.POST.get("reason", "").replace(NUL, "")

    @cached_property
    def comments(self) -> dict[str, str]:
        """Return the comments on single values that were typed."""
        return typed_comments(self.request.POST.dict())

    @cached_property
    def submission(self) -> Submission:
        """Return the revision, or 404; row security leaves only the municipality's own."""
        rows = Submission.objects.select_related("round", "school", "form")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(_("There is no such submission."))
        return found

    @cached_property
    def parameters(self) -> str:
        """Return the queue's filters and order as a query string; what is compared belongs to this screen only."""
        kept = self.request.GET.copy()
        kept.pop(AGAINST, None)
        return f"?{kept.urlencode()}" if kept else ""

    def _tell(self, done: str) -> None:
        address = reverse("mentoring_review:submission", args=[self.submission.pk]) + self.parameters
        back = messages.button(address, _("Look at it again"))
        messages.success(self.request, done % {"submission": _named(self.submission)}, buttons=[back])

    def _next_address(self, place: Place) -> str:
        following = place.following()
        if following is None:
            messages.success(self.request, _("That was the last one in this queue."))
            return reverse("mentoring_review:index") + self.parameters
        return reverse("mentoring_review:submission", args=[following.latest_id]) + self.parameters

    def _show(self, *, status: int = 200, **context: SubmissionError) -> HttpResponse:
        """Render the screen; a `conflict` is told on top, a `refusal` at the field that caused it."""
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_page_subtitle(self) -> str:
        """Return the school and the revision."""
        return _named(self.submission)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the queue, with its filters."""
        queue = {"url": reverse("mentoring_review:index") + self.parameters, "label": _("Review of reports")}
        home = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
        return [home, queue, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sheet, what may be decided, who else is here, and what comes next."""
        revisions = Revisions.of(self.submission, self.request.GET.get(AGAINST, ""))
        sheet = Sheet.of(self.submission, revisions.compared, self.comments)
        return {
            **super().get_context_data(**kwargs),
            "submission": self.submission,
            "round": self.submission.round,
            "is_closed": self.submission.round.phase() is RoundPhase.CLOSED,
            "is_own_filing": self.submission.on_behalf and self._is_author(),
            "revisions": revisions,
            "sheet": sheet,
            "parameters": self.parameters,
            "queue_fields": self._queue_fields(),
            "text": self.text,
            "kept": [(row.name, row.element.code, row.typed) for row in sheet.rows if row.typed],
            **self._standing(),
            **self._around(),
        }

    def _standing(self) -> dict[str, Any]:
        """Return where the school stands and what may be decided, and note that somebody is looking."""
        participation = Participation.objects.select_related("latest", "accepted").get(
            round_id=self.submission.round_id, school_id=self.submission.school_id
        )
        is_latest = participation.latest_id == self.submission.pk
        may_decide = is_latest and participation.state in AWAITING_REVIEW
        if may_decide:
            presence.note(self.request.user, self.submission)
        return {
            "participation": participation,
            "is_latest": is_latest,
            "may_decide": may_decide,
            "may_reopen": is_latest and participation.state == State.ACCEPTED and self.request.user.has_perm(REOPEN),
            "accepted_counts": participation.accepted if participation.state != State.ACCEPTED else None,
            "open_now": presence.others(self.request.user, self.submission),
        }

    def _around(self) -> dict[str, Any]:
        place = Place.of(self.submission, self.request)
        return {"following": place.following(), "others_waiting": len(place.others)}

    def _queue_fields(self) -> list[tuple[str, str]]:
        """Return the queue's filters and order as the fields of a form."""
        given = self.request.GET.lists()
        return [(name, value) for name, values in given if name != AGAINST for value in values]

    def _is_author(self) -> bool:
        author = Author.of(self.request.user)
        return (author.id, author.schema) == (self.submission.author_id, self.submission.author_schema)


def _named(submission: Submission) -> str:
    """Return the school, as in lists, and the revision."""
    return _("%(school)s, revision %(revision)s") % {
        "school": submission.school.short_name,
        "revision": submission.revision,
    }
