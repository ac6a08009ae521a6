"""A round's page with all its schools, and one school in a round: extension and exemption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django_tenants.utils import get_tenant_model
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from mentoring_reports.review.access import EXEMPT, EXTEND, VIEW_ROUND, WITHDRAW, MunicipalMixin, own_rounds
from mentoring_reports.review.queue import territories, types
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author
from mentoring_reports.submissions.enums import RoundPhase, State
from mentoring_reports.submissions.errors import SubmissionError
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.submissions.models import Extension, Round, Submission
from mentoring_reports.submissions.queries import rates, standing, standings
from mentoring_reports.tenancy import current_organisation

from .forms import ExtensionForm, ReasonForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mentoring_reports.submissions.queries import Standing

STATES: list[State] = [state for state in State if state is not State.DRAFT]  # a draft is the school's own
UNPROCESSABLE = 422
ORDERS: dict[str, Callable[[Standing], Any]] = {
    "school": lambda stands: reading_order(stands.school.short_name),
    "territory": lambda stands: (stands.school.territory.order, reading_order(stands.school.short_name)),
    "state": lambda stands: STATES.index(stands.state),
    "late": lambda stands: -stands.days_late,
    "submitted": lambda stands: (not stands.participation, stands.first_submitted_on or stands.due),
}


@dataclass(frozen=True)
class Act:
    """What may be done with a school in a round: who may, what is asked, what runs, what is said afterwards."""

    permission: str
    form_class: type[Form]
    run: Callable[..., Any]
    done: str


class RoundMixin(MunicipalMixin):
    """A view of one of the municipality's rounds."""

    permission = VIEW_ROUND
    kwargs: dict[str, Any]

    @cached_property
    def round(self) -> Round:
        """Return the round, or 404."""
        rounds = Round.objects.filter(municipality=current_organisation()).select_related("form")
        return get_object_or_404(rounds, pk=self.kwargs["pk"])

    def _way_here(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse_lazy("rounds:index"), "label": _("Rounds")},
        ]


class StandingFilterSet(WagtailFilterSet):
    """Only a form: standings are computed, so the view filters them itself."""

    state = django_filters.ChoiceFilter(
        choices=[(state.value, state.label) for state in STATES], label=gettext_lazy("state")
    )
    territory = django_filters.ModelChoiceFilter(queryset=territories, label=gettext_lazy("territory"))
    type = django_filters.ModelChoiceFilter(queryset=types, label=gettext_lazy("type of organisation"))

    class Meta:
        """Of schools."""

        model = get_tenant_model()
        fields = ("state", "territory", "type")


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

    def get_queryset(self) -> list[Standing]:
        """Return standings, filtered and sorted: a fixed number of statements."""
        rows = [stands for stands in standings(self.round) if self._is_wanted(stands)]
        return sorted(sorted(rows, key=ORDERS["school"]), key=ORDERS[self.ordering])

    def get_ordering(self) -> str:
        """Return the order asked for, by name unless another one is known."""
        asked = self.request.GET.get("ordering", "school")
        return asked if asked in ORDERS else "school"

    def _is_wanted(self, stands: Standing) -> bool:
        chosen = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        school = stands.school
        return (
            chosen.get("state") in {None, "", stands.state}
            and chosen.get("territory") in {None, school.territory}
            and chosen.get("type") in {None, school.organisation_type}
            and self.search_query.casefold() in f"{school.short_name} {school.name}".casefold()
        )

    def get_page_title(self) -> str:
        """Return the round's title."""
        return self.round.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the rounds."""
        return [*self._way_here(), {"url": "", "label": self.round.title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the round's dates."""
        if not own_rounds.user_has_permission(self.request.user, "change"):
            return []
        return [
            HeaderButton(_("Dates of the round"), url=reverse("rounds:edit", args=[self.round.pk]), icon_name="edit")
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the round in numbers."""
        return {**super().get_context_data(*args, **kwargs), "round": self.round, "numbers": rates(self.round)}


class SchoolView(RoundMixin, WagtailAdminTemplateMixin, View):
    """One school in a round: what came, what was granted, and what may be granted."""

    template_name = "mentoring_review/rounds/school.html"
    header_icon = "home"

    def get(self, request: HttpRequest, pk: int, school_pk: int) -> HttpResponse:
        """Show the school."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, pk: int, school_pk: int) -> HttpResponse:
        """Extend, exempt or withdraw; what is refused is said at the form, with what was typed."""
        name = request.POST.get("act", "")
        act = self._acts().get(name)
        if act is None:
            raise Http404(_("There is no such action."))
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        form = act.form_class(request.POST, prefix=name)
        try:
            if not form.is_valid():
                return self._refused(name, form)
            act.run(**form.cleaned_data)
        except SubmissionError as error:
            if not form.fields:
                messages.error(request, str(error))
                return redirect(request.path)
            form.add_error("due" if "due" in form.fields else "reason", str(error))
            return self._refused(name, form)
        messages.success(request, act.done % {"school": self.school.short_name})
        return redirect(request.path)

    def _acts(self) -> dict[str, Act]:
        place = {"round_": self.round, "school": self.school}
        by = Author.of(self.request.user)
        extend = partial(actions.grant_extension, **place, by=by)
        exempt = partial(actions.exempt, **place, by=by)
        withdraw = partial(actions.withdraw_exemption, **place)
        return {
            "extend": Act(EXTEND, ExtensionForm, extend, _("%(school)s: the due date is extended.")),
            "exempt": Act(EXEMPT, ReasonForm, exempt, _("%(school)s is exempt from this round.")),
            "withdraw": Act(WITHDRAW, Form, withdraw, _("%(school)s is expected again.")),
        }

    def _refused(self, act: str, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**{f"{act}_form": form}), status=UNPROCESSABLE)

    @cached_property
    def school(self) -> Any:
        """Return the municipality's school, or 404."""
        schools = get_tenant_model().objects.schools().filter(municipality=current_organisation())
        return get_object_or_404(schools.select_related("organisation_type", "territory"), pk=self.kwargs["school_pk"])

    def get_page_title(self) -> str:
        """Return the school."""
        return str(self.school.short_name)

    def get_page_subtitle(self) -> str:
        """Return the round."""
        return self.round.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the round."""
        here = {"url": reverse("rounds:round", args=[self.round.pk]), "label": self.round.title}
        return [*self._way_here(), here, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the standing, what came and was granted, and the forms that make sense now."""
        stands = standing(self.round, self.school)
        place = {"round": self.round, "school": self.school}
        user, is_over = self.request.user, self.round.phase() is RoundPhase.CLOSED
        offered = {
            "extend_form": stands.is_expected and not is_over and user.has_perm(EXTEND),
            "exempt_form": stands.is_expected and not stands.participation and user.has_perm(EXEMPT),
        }
        forms = {"extend_form": ExtensionForm(prefix="extend"), "exempt_form": ReasonForm(prefix="exempt")}
        return {
            **super().get_context_data(**kwargs),
            "round": self.round,
            "school": self.school,
            "standing": stands,
            "is_over": is_over,
            "extensions": Extension.objects.filter(**place),
            "revisions": Submission.objects.filter(**place).prefetch_related("decisions"),
            "may_withdraw": bool(stands.exemption) and user.has_perm(WITHDRAW),
            **{name: kwargs.get(name, forms[name]) if shown else None for name, shown in offered.items()},
        }
