"""The complete history of a school in a round, and the receipt of each revision, for the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django_tenants.utils import get_tenant_model
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.submissions.history import History
from mentoring_reports.submissions.models import Round, Submission
from mentoring_reports.submissions.receipt_pages import receipt_page, sealed_file
from mentoring_reports.tenancy import current_organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.submissions.history import Event


class HistoryView(MunicipalMixin, WagtailAdminTemplateMixin, View):
    """Every event with its date, author and words, as the school reads it too; prints."""

    template_name = "mentoring_review/history.html"
    header_icon = "history"
    page_title = gettext_lazy("History of a report")

    def get(self, request: HttpRequest, round_pk: int, school_pk: int) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data())

    @cached_property
    def round(self) -> Round:
        """Return the municipality's round, or 404."""
        rounds = Round.objects.filter(municipality=current_organisation())
        return get_object_or_404(rounds, pk=self.kwargs["round_pk"])

    @cached_property
    def school(self) -> Any:
        """Return the municipality's school, or 404."""
        schools = get_tenant_model().objects.schools().filter(municipality=current_organisation())
        return get_object_or_404(schools, pk=self.kwargs["school_pk"])

    def get_page_subtitle(self) -> str:
        """Return the school and the round."""
        return f"{self.school.short_name} · {self.round}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the school in the round."""
        school = {
            "url": reverse("rounds:school", args=[self.round.pk, self.school.pk]),
            "label": self.school.short_name,
        }
        return [
            {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("rounds:round", args=[self.round.pk]), "label": str(self.round)},
            school,
            {"url": "", "label": _("History of a report")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the events, those that concern a revision with its addresses."""
        history = History.of(self.round, self.school)
        rows = [(event, *_addresses(event)) for event in history.events]
        context = super().get_context_data(**kwargs)
        return {**context, "round": self.round, "school": self.school, "history": history, "rows": rows}


class ReceiptView(MunicipalMixin, View):
    """The receipt of a revision, exactly as the school prints it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = self.submission
        return receipt_page(
            request,
            row,
            way_back=reverse("mentoring_review:history", args=[row.round_id, row.school_id]),
            sealed_url=reverse("mentoring_review:receipt_sealed", args=[row.pk]),
        )

    @cached_property
    def submission(self) -> Submission:
        """Return one of the municipality's revisions, or 404."""
        found = Submission.objects.select_related("round", "form").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(_("There is no such submission."))
        return found


class SealedView(ReceiptView):
    """What the checksum is made of, as a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the very bytes."""
        return sealed_file(self.submission)


def _addresses(event: Event) -> tuple[str, str]:
    """Return where the event's revision and its receipt are read."""
    if event.submission is None:
        return "", ""
    pk = [event.submission.pk]
    return reverse("mentoring_review:submission", args=pk), reverse("mentoring_review:receipt", args=pk)
