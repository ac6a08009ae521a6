"""The queue, the same as a table, and accepting at once what nothing objects to."""

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
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.review.access import ASSIGN, MunicipalMixin
from mentoring_reports.review.counters import Counters
from mentoring_reports.review.filters import MINE, QueueFilterSet
from mentoring_reports.review.flags import flags_of, is_plain
from mentoring_reports.review.presence import others_by_place
from mentoring_reports.review.queue import DEFAULT_ORDER, ORDERS, everything, listed, only_waiting, ordered, searched
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.csv_files import csv_response
from mentoring_reports.submissions.enums import AWAITING_REVIEW
from mentoring_reports.submissions.models import Participation, Submission

from .table import HEADINGS, table_rows

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

    def get_ordering(self) -> str:
        """Return the order asked for, the oldest first unless another one is known."""
        asked = self.request.GET.get("ordering", "")
        return asked if asked.removeprefix("-") in ORDERS else DEFAULT_ORDER

    def order_queryset(self, queryset: QuerySet[Participation]) -> QuerySet[Participation]:
        """Sort."""
        return ordered(queryset, self.ordering)

    @cached_property
    def parameters(self) -> str:
        """Return filters and order as a query string, so that "next" stays among what they leave."""
        kept = self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment"):
            kept.pop(name, None)
        return f"?{kept.urlencode()}" if kept else ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to whoever shares out the territories."""
        if not self.request.user.has_perm(ASSIGN):
            return []
        address = reverse("mentoring_review:assignments")
        return [HeaderButton(_("Territories of methodists"), url=address, icon_name="group")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add to each row of the page what speaks against it, and who has it open."""
        context = super().get_context_data(*args, **kwargs)
        entries = self._entries(list(context["object_list"]))
        return {
            **context,
            "entries": entries,
            "has_plain": any(entry["is_plain"] for entry in entries),
            "parameters": self.parameters,
            "counters": None if self.results_only else Counters.of(self.request.user),
            "only_mine": self.filters.whose_chosen == MINE,
            "has_own": bool(self.filters.shares.mine),
        }

    def _entries(self, rows: Sequence[Participation]) -> list[dict[str, Any]]:
        flags = flags_of([row.latest for row in rows])
        open_now = others_by_place(self.request.user, rows)
        return [
            {
                "row": row,
                "flags": flags[row.latest_id],
                "is_plain": row.state in AWAITING_REVIEW and is_plain(row.latest, flags[row.latest_id]),
                "open_now": open_now.get((row.round_id, row.school_id), ()),
            }
            for row in rows
        ]


class QueueTableView(MunicipalMixin, View):
    """The queue as a CSV file: everything that the filters leave, in the same order."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the file."""
        return csv_response("review.csv", HEADINGS, table_rows(list(listed(request))))


class AcceptManyView(MunicipalMixin, View):
    """Accept what was ticked, each by itself; what is flagged is left for a look."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look at the flags again here, accept, and say what was left and why."""
        given = request.POST.getlist("submission")[:MOST_AT_ONCE]
        ticked = [int(pk) for pk in given if pk.isdecimal() and len(pk) <= LONGEST_NUMBER]
        submissions = {row.pk: row for row in Submission.objects.filter(pk__in=ticked).select_related("round")}
        flags = flags_of(list(submissions.values()))
        plain = [pk for pk in dict.fromkeys(ticked) if pk in submissions and is_plain(submissions[pk], flags[pk])]
        done = actions.accept_many(submission_ids=plain, by=Author.of(request.user))
        flagged = _("%(submission)s: there are remarks, open it")
        left = [flagged % {"submission": row} for pk, row in submissions.items() if pk not in plain]
        left += [f"{submissions[pk]}: {error}" for pk, error in done.refused]
        self._tell(request, len(done.decisions), left)
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
