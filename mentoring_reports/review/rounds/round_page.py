"""A round's page: in numbers, who is missing, and all its schools; and the same list as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.review.access import EXEMPT, EXTEND, own_rounds
from mentoring_reports.submissions.csv_files import csv_response
from mentoring_reports.submissions.enums import RoundPhase
from mentoring_reports.submissions.queries import rates, standings

from .listing import BY_NAME, ORDERS, StandingFilterSet, found_schools, ordered, searched
from .missing import gaps
from .pages import RoundMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.submissions.standings import Standing


class SchoolPaginator(WagtailPaginator):
    """Counts schools in Russian plurals."""

    @cached_property
    def items_count_label(self) -> str:
        """Return how many there are."""
        return ngettext("%(count)d organisation", "%(count)d organisations", self.count) % {"count": self.count}


class RoundView(RoundMixin, BaseListingView):
    """A round in numbers, and every school that takes part or is exempt."""

    header_icon = "calendar-check"
    template_name = "mentoring_review/rounds/round.html"
    results_template_name = "mentoring_review/rounds/round_results.html"
    filterset_class = StandingFilterSet
    is_searchable = True
    paginate_by = 100
    paginator_class = SchoolPaginator
    columns = ()

    def get_index_url(self) -> str:
        """Return this page."""
        return reverse("rounds:round", args=[self.round.pk])

    def get_index_results_url(self) -> str:
        """Return the page's results."""
        return reverse("rounds:round_results", args=[self.round.pk])

    @cached_property
    def standings(self) -> list[Standing]:
        """Return all schools of the round: a fixed number of statements."""
        return standings(self.round)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Let the filters offer the territories and types of the round."""
        return {**super().get_filterset_kwargs(), "standings": self.standings}

    def get_queryset(self) -> list[Standing]:
        """Return standings, filtered and sorted."""
        return ordered(searched(self.filters.wanted(self.standings), self.search_query), self.ordering)

    def get_ordering(self) -> str:
        """Return the order asked for, by name unless another one is known."""
        asked = self.request.GET.get("ordering", BY_NAME)
        return asked if asked in ORDERS else BY_NAME

    def get_page_title(self) -> str:
        """Return the round's title."""
        return self.round.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the rounds."""
        return [*self.way_here(), {"url": "", "label": self.round.title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the round's dates, and the round after it."""
        user, buttons = self.request.user, []
        if own_rounds.user_has_permission(user, "change"):
            address = reverse("rounds:edit", args=[self.round.pk])
            buttons.append(HeaderButton(_("Dates of the round"), url=address, icon_name="edit"))
        if own_rounds.user_has_permission(user, "add"):
            address = f"{reverse('rounds:add')}?after={self.round.pk}"
            buttons.append(HeaderButton(_("Next round"), url=address, icon_name="plus"))
        return buttons

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the round in numbers, who is missing, and whether something may be agreed with several schools."""
        user, kept = self.request.user, self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment"):
            kept.pop(name, None)
        may = user.has_perm(EXTEND) or user.has_perm(EXEMPT)
        return {
            **super().get_context_data(*args, **kwargs),
            "round": self.round,
            "numbers": rates(self.round),
            "gaps": [gap for gap in gaps(self.standings) if gap.missing],
            "asked": kept.urlencode(),
            "may_agree": may and self.round.phase() is not RoundPhase.CLOSED,
        }


class RoundCsvView(RoundMixin, View):
    """The list of a round's schools as it is filtered and sorted; no contacts, no persons."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write a line a school."""
        headings = (
            _("School"), _("Type of organisation"), _("Territory"), _("State"), _("Expected"), _("Due"),
            _("First handed in"), _("Last handed in"), _("Accepted on"), _("Timeliness"), _("Late, days"),
            _("Extension until"), _("Reason of the extension"), _("Reason of the exemption"),
        )  # fmt: skip
        rows = (_line(stands) for stands in found_schools(standings(self.round), request))
        return csv_response(f"round-{self.round.code}.csv", headings, rows)


def _line(stands: Standing) -> tuple[Any, ...]:
    extension, exemption = stands.extension, stands.exemption
    return (
        stands.names.school,
        stands.names.type,
        stands.names.territory,
        stands.state.label,
        _("yes") if stands.is_expected else _("no"),
        stands.due,
        stands.first_submitted_on,
        stands.last_submitted_on,
        stands.accepted_on,
        stands.timeliness.label,
        stands.days_late,
        extension.due if extension else None,
        extension.reason if extension else None,
        exemption.reason if exemption else None,
    )
