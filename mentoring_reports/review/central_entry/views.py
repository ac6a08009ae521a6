"""Filing for a school: type the paper, look at it once more, hand it over. What is refused keeps all that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django_tenants.utils import get_tenant_model
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import REVIEW
from mentoring_reports.review.rounds.pages import RoundMixin
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.errors import AwaitingReview, StaleRevision, SubmissionError
from mentoring_reports.submissions.handover import ensure_may_hand_over
from mentoring_reports.submissions.queries import round_values, standing
from mentoring_reports.tenancy import current_organisation

from .form import CentralEntryForm
from .paper import Paper
from .screen import groups_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.submissions.models import Submission

CONFLICT, UNPROCESSABLE = 409, 422
FILE, EDIT = "file", "edit"


class CentralEntryView(RoundMixin, WagtailAdminTemplateMixin, View):
    """A school's report, filed by the municipality and marked so."""

    permission = REVIEW
    template_name = "mentoring_review/central_entry/form.html"
    confirm_template_name = "mentoring_review/central_entry/confirm.html"
    header_icon = "upload"
    page_title = gettext_lazy("File for the school")

    def get(self, request: HttpRequest, pk: int, school_pk: int) -> HttpResponse:
        """Show the empty form, or say at once why nothing can be filed now."""
        try:
            ensure_may_hand_over(self.round, self.school)
        except SubmissionError as error:
            return self._show(CentralEntryForm(self.paper), refusal=error, is_blocked=True)
        return self._show(CentralEntryForm(self.paper))

    def post(self, request: HttpRequest, pk: int, school_pk: int) -> HttpResponse:
        """Check, show once more, and file on the second press."""
        form = CentralEntryForm(self.paper, request.POST)
        step = request.POST.get("step", "")
        try:
            ensure_may_hand_over(self.round, self.school)
            if not form.is_valid():
                return self._show(form, status=UNPROCESSABLE)
            self._ensure_seen(form)
            if step != FILE:
                return self._show(form, confirm=step != EDIT)
            return self._done(self._file(form))
        except SubmissionError as error:
            if isinstance(error, AwaitingReview) and self._is_repeated(form, error.submission):
                return self._done(error.submission)
            return self._show(form, status=CONFLICT, refusal=error)

    @cached_property
    def school(self) -> Any:
        """Return the municipality's school, or 404."""
        schools = get_tenant_model().objects.schools().filter(municipality=current_organisation())
        return get_object_or_404(schools.select_related("organisation_type", "territory"), pk=self.kwargs["school_pk"])

    @cached_property
    def paper(self) -> Paper:
        """Return what the paper is held against."""
        return Paper.of(self.round, self.school, standing(self.round, self.school).participation)

    def _file(self, form: CentralEntryForm) -> Submission:
        return actions.hand_over(
            round_=self.round,
            school=self.school,
            values=form.handed(),
            explanations=form.explanations(),
            note="",
            by=Author.of(self.request.user),
            evidence=form.evidence(),
            behalf_reason=form.behalf_reason(),
        )

    def _ensure_seen(self, form: CentralEntryForm) -> None:
        """Refuse to correct a revision that was not on the screen; the next press is about the newest one."""
        if form.cleaned_data["seen"] == self.paper.seen or self.paper.latest is None:
            return
        form.data = {**{name: form.data[name] for name in form.data}, "seen": str(self.paper.seen)}
        text = _("Meanwhile revision %(revision)s came: its numbers stand beside yours. Compare them and check again.")
        raise StaleRevision(self.paper.latest, text % {"revision": self.paper.seen})

    def _is_repeated(self, form: CentralEntryForm, filed: Submission) -> bool:
        """Say whether the form is what this very user has just filed: a double press is no error."""
        if not filed.on_behalf or filed.author_id != self.request.user.pk or not form.is_valid():
            return False
        numbers = {code: row.value for code, row in round_values(filed).items()}
        return numbers == form.numbers() and filed.behalf_reason == form.behalf_reason()

    def _done(self, submission: Submission) -> HttpResponse:
        text = _("%(submission)s is filed for the school and waits for review.") % {"submission": submission}
        messages.success(self.request, text)
        return redirect(self._address_of_school())

    def _address_of_school(self) -> str:
        return reverse("rounds:school", args=[self.round.pk, self.school.pk])

    def _show(self, form: CentralEntryForm, *, status: int = 200, confirm: bool = False, **more: Any) -> HttpResponse:
        self.template_name = self.confirm_template_name if confirm else self.template_name
        context = self.get_context_data(form=form, groups=groups_of(form), **more)
        return self.render_to_response(context, status=status)

    def get_page_subtitle(self) -> str:
        """Return the school."""
        return str(self.school.short_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the school in the round."""
        round_ = {"url": reverse("rounds:round", args=[self.round.pk]), "label": self.round.title}
        school = {"url": self._address_of_school(), "label": self.school.short_name}
        return [*self.way_here(), round_, school, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the round, the school and what is being corrected."""
        return {
            **super().get_context_data(**kwargs),
            "round": self.round,
            "school": self.school,
            "paper": self.paper,
            "back": self._address_of_school(),
        }
