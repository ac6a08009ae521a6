"""The filters of the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import get_tenant_model
from wagtail.admin.filters import WagtailFilterSet

from mentoring_reports.submissions.enums import AWAITING_REVIEW, State
from mentoring_reports.submissions.models import Participation, Round
from mentoring_reports.tenancy import current_organisation

from .assignments import Shares
from .flags import flags_of, is_plain

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

STATES = (State.SUBMITTED, State.RESUBMITTED, State.RETURNED, State.REOPENED, State.ACCEPTED)
WITH, WITHOUT = "with", "without"
MINE, EVERYBODYS, NOBODYS = "mine", "all", "nobody"
WHOSE = {
    MINE: _("my territories"),
    EVERYBODYS: _("all territories"),
    NOBODYS: _("territories without a methodist"),
}


def territories(request: HttpRequest) -> QuerySet[Any]:
    """Return the municipality's territories, whatever model the portal keeps them in."""
    territory = get_tenant_model()._meta.get_field("territory").related_model
    return territory._default_manager.filter(municipality=current_organisation())


def types(request: HttpRequest) -> QuerySet[Any]:
    """Return the types of organisation."""
    return get_tenant_model()._meta.get_field("organisation_type").related_model._default_manager.all()


def _rounds(request: HttpRequest) -> QuerySet[Round]:
    return Round.objects.started()


class QueueFilterSet(WagtailFilterSet):
    """Whose territories, round, territory, type, state; with remarks or without, as checks and plausibility say."""

    whose = django_filters.ChoiceFilter(
        choices=list(WHOSE.items()), empty_label=None, label=_("whose"), method="filter_nothing"
    )
    round = django_filters.ModelChoiceFilter(queryset=_rounds, label=_("round"))
    territory = django_filters.ModelChoiceFilter(
        field_name="school__territory", queryset=territories, label=_("territory")
    )
    type = django_filters.ModelChoiceFilter(
        field_name="school__organisation_type", queryset=types, label=_("type of organisation")
    )
    state = django_filters.MultipleChoiceFilter(
        choices=[(state.value, state.label) for state in STATES],
        label=_("state"),
        widget=forms.CheckboxSelectMultiple,
        method="filter_nothing",
    )
    remarks = django_filters.ChoiceFilter(
        choices=[(WITH, _("with remarks")), (WITHOUT, _("without remarks"))],
        label=_("remarks"),
        method="filter_nothing",
    )

    class Meta:
        """Of schools in rounds."""

        model = Participation
        fields = ("whose", "round", "territory", "type", "state", "remarks")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """Offer what makes sense here: without assignments there is nobody whose territories they are."""
        super().__init__(data, *args, **kwargs)
        self.shares = Shares.of(self.request.user)
        if not self.shares.taken:
            del self.filters["whose"]
        else:
            offered = [name for name in WHOSE if name != MINE or self.shares.mine]
            self.filters["whose"].extra["choices"] = [(name, WHOSE[name]) for name in offered]

    @property
    def whose_chosen(self) -> str:
        """Return whose territories are shown: a methodist's own unless another choice was made."""
        asked = self.form.cleaned_data.get("whose") if self.is_valid() else ""
        return asked or (MINE if self.shares.mine else EVERYBODYS)

    def filter_nothing(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Leave it to `filter_queryset`: whose and states mean something without a choice, remarks come last."""
        return queryset

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the states chosen, what waits by default, and in the end the remarks."""
        chosen = self.form.cleaned_data
        found = super().filter_queryset(queryset).filter(state__in=chosen.get("state") or AWAITING_REVIEW)
        found = self.of_whom(found)
        if not (remarks := chosen.get("remarks")):
            return found
        plain = _plain(found)
        return found.filter(pk__in=plain) if remarks == WITHOUT else found.exclude(pk__in=plain)

    def of_whom(self, queryset: QuerySet) -> QuerySet:
        """Keep the schools of the territories that are asked for."""
        whose = self.whose_chosen
        if whose == MINE:
            return queryset.filter(school__territory__in=self.shares.mine)
        return queryset.exclude(school__territory__in=self.shares.taken) if whose == NOBODYS else queryset


def _plain(rows: QuerySet[Participation]) -> list[int]:
    listed = list(rows)
    flags = flags_of([row.latest for row in listed])
    return [row.pk for row in listed if is_plain(row.latest, flags[row.latest_id])]
