"""The methodist's queue: what waits for review, the oldest first, filtered as the methodist likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import get_tenant_model
from wagtail.admin.filters import WagtailFilterSet

from mentoring_reports.submissions.enums import AWAITING_REVIEW, State
from mentoring_reports.submissions.models import Participation, Round
from mentoring_reports.tenancy import current_organisation

from .findings import findings_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.submissions.models import Submission

STATES = (State.SUBMITTED, State.RESUBMITTED, State.RETURNED, State.REOPENED, State.ACCEPTED)
WITH, WITHOUT = "with", "without"


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
    """Round, territory, type, state; with remarks or without, as the checks themselves say."""

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
        method="filter_remarks",
    )

    class Meta:
        """Of schools in rounds."""

        model = Participation
        fields = ("round", "territory", "type", "state", "remarks")

    def filter_nothing(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Leave states to `filter_queryset`: without a choice they mean what waits."""
        return queryset

    def filter_remarks(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Leave remarks to `filter_queryset`: they are looked for last, among what is left."""
        return queryset

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the states chosen, what waits by default, and in the end the remarks."""
        chosen = self.form.cleaned_data
        found = super().filter_queryset(queryset).filter(state__in=chosen.get("state") or AWAITING_REVIEW)
        if not (remarks := chosen.get("remarks")):
            return found
        plain = _plain(found)
        return found.filter(pk__in=plain) if remarks == WITHOUT else found.exclude(pk__in=plain)


def waiting(parameters: QueryDict, request: HttpRequest | None = None) -> QuerySet[Participation]:
    """Return the rows that the query string of a queue means, the oldest first."""
    filters = QueueFilterSet(data=parameters, request=request, queryset=everything())
    found = filters.filter_queryset(everything()) if filters.is_valid() else only_waiting(everything())
    return searched(found, parameters.get("q", ""))


def everything() -> QuerySet[Participation]:
    """Return every school that handed something in, with what a row shows, the oldest first."""
    rows = Participation.objects.select_related(
        "latest", "latest__round", "round", "school__territory", "school__organisation_type"
    )
    return rows.order_by("last_submitted_at", "pk")


def only_waiting(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Keep what waits for a decision."""
    return rows.filter(state__in=AWAITING_REVIEW)


def searched(rows: QuerySet[Participation], text: str) -> QuerySet[Participation]:
    """Keep schools whose names hold the text."""
    words = text.replace("\0", "").strip()  # PostgreSQL holds no NUL
    if not words:
        return rows
    return rows.filter(
        Q(school__name__icontains=words)
        | Q(school__short_name__icontains=words)
        | Q(latest__school_name__icontains=words)
    )


def next_after(current: Submission, parameters: QueryDict) -> Participation | None:
    """Return what comes next in the queue: behind the current one, or from its beginning."""
    rows = only_waiting(waiting(parameters)).exclude(latest_id=current.pk)
    behind = rows.filter(last_submitted_at__gte=current.created_at).first()
    return behind or rows.first()


def is_plain(submission: Submission, findings: list[Finding]) -> bool:
    """Say whether a revision may be accepted unopened: no finding and no note to read."""
    return not findings and not submission.note.strip()


def _plain(rows: QuerySet[Participation]) -> list[int]:
    listed = list(rows)
    findings = findings_of([row.latest for row in listed])
    return [row.pk for row in listed if is_plain(row.latest, findings[row.latest_id])]
