"""The queue, and accepting at once what the checks have nothing against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import BaseListingView

from mentoring_reports.review.access import MunicipalMixin
from mentoring_reports.review.findings import findings_of
from mentoring_reports.review.queue import QueueFilterSet, everything, is_plain, only_waiting, searched
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.enums import AWAITING_REVIEW
from mentoring_reports.submissions.errors import SubmissionError
from mentoring_reports.submissions.models import Participation, Submission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50
MOST_AT_ONCE = PER_PAGE
LONGEST_NUMBER = 18  # digits; more fit into no primary key


class ReportPaginator(WagtailPaginator):
    """Counts reports in Russian plurals."""

    @cached_property
    def items_count_label(self) -> str:
        """Return how many there are."""
        return ngettext("%(count)d report", "%(count)d reports", self.count) % {"count": self.count}


class QueueView(MunicipalMixin, BaseListingView):
    """What waits for review, the oldest first."""

    page_title = gettext_lazy("Review of reports")
    header_icon = "glasses"
    template_name = "mentoring_review/queue.html"
    results_template_name = "mentoring_review/queue_results.html"
    index_url_name = "mentoring_review:index"
    index_results_url_name = "mentoring_review:results"
    filterset_class = QueueFilterSet
    is_searchable = True
    paginate_by = PER_PAGE
    paginator_class = ReportPaginator
    columns: Sequence[Any] = ()

    def get_base_queryset(self) -> QuerySet[Participation]:
        """Return all, the oldest first; without a filter the filter set keeps what waits."""
        return everything()

    def filter_queryset(self, queryset: QuerySet[Participation]) -> QuerySet[Participation]:
        """Filter; a filter that makes no sense leaves what waits."""
        if self.filters and self.filters.is_valid():
            return self.filters.filter_queryset(queryset)
        return only_waiting(queryset)

    def search_queryset(self, queryset: QuerySet[Participation]) -> QuerySet[Participation]:
        """Search by the names that the school has and had."""
        return searched(queryset, self.search_query)

    @cached_property
    def parameters(self) -> str:
        """Return the filters as a query string, so that "next" stays among what they leave."""
        kept = self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment"):
            kept.pop(name, None)
        return f"?{kept.urlencode()}" if kept else ""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add to each row of the page what the checks find."""
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        findings = findings_of([row.latest for row in rows])
        entries = [
            {
                "row": row,
                "findings": findings[row.latest_id],
                "is_plain": row.state in AWAITING_REVIEW and is_plain(row.latest, findings[row.latest_id]),
            }
            for row in rows
        ]
        context["entries"] = entries
        context["has_plain"] = any(entry["is_plain"] for entry in entries)
        context["parameters"] = self.parameters
        return context


class AcceptManyView(MunicipalMixin, View):
    """Accept what was ticked, each by itself; what the checks object to is left for a look."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check again here, accept, and say what was left and why."""
        given = request.POST.getlist("submission")[:MOST_AT_ONCE]
        ticked = [int(pk) for pk in given if pk.isdecimal() and len(pk) <= LONGEST_NUMBER]
        submissions = list(Submission.objects.filter(pk__in=ticked).select_related("round"))
        findings = findings_of(submissions)
        accepted, left = 0, []
        for submission in submissions:
            if not is_plain(submission, findings[submission.pk]):
                left.append(_("%(submission)s: there are remarks, open it") % {"submission": submission})
                continue
            try:
                actions.accept(submission_id=submission.pk, by=Author.of(request.user))
                accepted += 1
            except SubmissionError as error:
                left.append(f"{submission}: {error}")
        self._tell(request, accepted, left)
        return redirect(reverse("mentoring_review:index") + (f"?{query}" if (query := request.GET.urlencode()) else ""))

    @staticmethod
    def _tell(request: HttpRequest, accepted: int, left: Sequence[str]) -> None:
        if accepted:
            text = ngettext("%(count)d report is accepted.", "%(count)d reports are accepted.", accepted)
            messages.success(request, text % {"count": accepted})
        for line in left:
            messages.warning(request, _("Not accepted. %(reason)s") % {"reason": line})
        if not accepted and not left:
            messages.warning(request, _("Tick the reports to accept first."))
