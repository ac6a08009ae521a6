"""The schools of a round as a list: found, filtered and sorted. Standings are computed, so all of it happens here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import get_tenant_model
from wagtail.admin.filters import WagtailFilterSet

from mentoring_reports.submissions.enums import AWAITING_REVIEW, State, Timeliness
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.submissions.standings import Standing

if TYPE_CHECKING:
    from django.http import HttpRequest

STATES: list[State] = [state for state in State if state is not State.DRAFT]  # a draft is the school's own
LATE = (Timeliness.LATE, Timeliness.OVERDUE)
# Each leaves as many schools as the number of the same name says.
WHICH: dict[str, tuple[Any, Callable[[Standing], Any]]] = {
    "missing": (_("not handed in yet"), lambda stands: stands.is_missing),
    "submitted": (_("handed in"), lambda stands: stands.participation),
    "on_time": (_("on time"), lambda stands: stands.on_time),
    "late": (_("late or overdue"), lambda stands: stands.timeliness in LATE),
    "accepted": (_("accepted"), lambda stands: stands.participation and stands.participation.accepted_id),
    "waiting": (_("wait for review"), lambda stands: stands.state in AWAITING_REVIEW),
    "returned": (_("sent back"), lambda stands: stands.state == State.RETURNED),
}
ORDERS: dict[str, Callable[[Standing], Any]] = {
    "school": lambda stands: reading_order(stands.school.short_name),
    "territory": lambda stands: (stands.school.territory.order, reading_order(stands.names.territory)),
    "state": lambda stands: STATES.index(stands.state),
    "late": lambda stands: -stands.days_late,
    "submitted": lambda stands: (not stands.participation, stands.first_submitted_on or stands.due),
}
BY_NAME = "school"


class StandingFilterSet(WagtailFilterSet):
    """Which of the round's numbers, state, territory, type; the last two by the names that hold for the round."""

    which = django_filters.ChoiceFilter(
        choices=[(name, label) for name, (label, _is_one) in WHICH.items()], label=_("expected schools")
    )
    state = django_filters.ChoiceFilter(choices=[(state.value, state.label) for state in STATES], label=_("state"))
    territory = django_filters.ChoiceFilter(label=_("territory"))
    type = django_filters.ChoiceFilter(label=_("type of organisation"))

    class Meta:
        """Of schools."""

        model = get_tenant_model()
        fields = ("which", "state", "territory", "type")

    def __init__(self, *args: Any, standings: Iterable[Standing] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [stands.names for stands in standings]
        for field in ("territory", "type"):
            found = sorted({getattr(name, field) for name in names}, key=reading_order)
            self.filters[field].extra["choices"] = [(name, name) for name in found]

    def wanted(self, standings: Iterable[Standing]) -> list[Standing]:
        """Return those that the filters leave; a filter that makes no sense leaves all."""
        chosen = self.form.cleaned_data if self.is_valid() else {}
        return [stands for stands in standings if _is_wanted(stands, chosen)]


def found_schools(standings: Sequence[Standing], request: HttpRequest) -> list[Standing]:
    """Return the standings that the address asks for, in its order."""
    filters = StandingFilterSet(data=request.GET, request=request, standings=standings)
    return ordered(searched(filters.wanted(standings), request.GET.get("q", "")), request.GET.get("ordering", ""))


def searched(standings: Iterable[Standing], text: str) -> list[Standing]:
    """Return schools whose names hold the text."""
    words = text.strip().casefold()
    return [one for one in standings if words in f"{one.school.short_name} {one.school.name}".casefold()]


def ordered(standings: Iterable[Standing], order: str) -> list[Standing]:
    """Return them in an order that is known, by name otherwise and among equals."""
    return sorted(sorted(standings, key=ORDERS[BY_NAME]), key=ORDERS.get(order, ORDERS[BY_NAME]))


def _is_wanted(stands: Standing, chosen: dict[str, Any]) -> bool:
    which, names = chosen.get("which"), stands.names
    return bool(
        (not which or (stands.is_expected and WHICH[which][1](stands)))
        and chosen.get("state") in {None, "", stands.state}
        and chosen.get("territory") in {None, "", names.territory}
        and chosen.get("type") in {None, "", names.type}
    )
