"""The methodist's queue: what waits for review, the oldest first, filtered and sorted as the methodist likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from mentoring_reports.submissions.enums import AWAITING_REVIEW
from mentoring_reports.submissions.models import Participation

from .filters import STATES, QueueFilterSet, territories, types

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from mentoring_reports.submissions.models import Submission

__all__ = (
    "DEFAULT_ORDER",
    "ORDERS",
    "Place",
    "everything",
    "listed",
    "only_waiting",
    "ordered",
    "searched",
    "territories",
    "types",
)

LONGEST_NUMBER = 9  # digits of a school's number that sort as a number
_NAME = "school__short_name"
# "№ 2" stands before "№ 10": first the words of a name, then its number.
_WORDS = Func(F(_NAME), Value(r"[0-9]+.*"), Value(""), function="regexp_replace")
_NUMBER = Cast(Func(F(_NAME), Value(f"[0-9]{{1,{LONGEST_NUMBER}}}"), function="substring"), IntegerField())
_STATE = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(STATES)), default=Value(len(STATES)))

DEFAULT_ORDER = "handed"
ORDERS: dict[str, tuple[Any, ...]] = {
    "school": (_WORDS, _NUMBER, F(_NAME)),
    "territory": (F("school__territory__order"), F("school__territory__name")),
    "round": (F("round__period_end"), F("round_id")),
    "state": (_STATE,),
    "handed": (F("last_submitted_at"),),
}


def listed(request: HttpRequest) -> QuerySet[Participation]:
    """Return the rows that the query string of a queue means for its user, in the order it names."""
    parameters = request.GET
    filters = QueueFilterSet(data=parameters, request=request, queryset=everything())
    found = filters.filter_queryset(everything()) if filters.is_valid() else only_waiting(everything())
    return ordered(searched(found, parameters.get("q", "")), parameters.get("ordering", ""))


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


def ordered(rows: QuerySet[Participation], order: str) -> QuerySet[Participation]:
    """Sort by one of `ORDERS`, with a minus the other way round; an order nobody knows means the oldest first."""
    name, backwards = order.removeprefix("-"), order.startswith("-")
    keys = ORDERS.get(name, ORDERS[DEFAULT_ORDER])
    backwards = backwards and name in ORDERS
    return rows.order_by(*(key.desc() if backwards else key.asc() for key in keys), "last_submitted_at", "pk")


@dataclass(frozen=True)
class Place:
    """Where a revision stands in a methodist's queue. `ids` are the latest revisions in order, the current included."""

    ids: Sequence[int]
    current: int

    @classmethod
    def of(cls, current: Submission, request: HttpRequest) -> Place:
        """Find the place of a revision, also of one that does not wait or that the filters leave out."""
        waiting = only_waiting(listed(request)).order_by().values("pk")
        rows = everything().filter(Q(pk__in=waiting) | Q(latest=current))
        found = ordered(rows, request.GET.get("ordering", "")).values_list("latest_id", flat=True)
        return cls(list(found), current.pk)

    @cached_property
    def others(self) -> list[int]:
        """Return the other revisions: those behind the current one, then from the beginning."""
        here = self.ids.index(self.current) if self.current in self.ids else -1
        return [pk for pk in (*self.ids[here + 1 :], *self.ids[: max(here, 0)]) if pk != self.current]

    def following(self) -> Participation | None:
        """Return the next school that still waits for a decision; None when nothing is left."""
        rows = Participation.objects.filter(state__in=AWAITING_REVIEW)
        still = set(rows.filter(latest__in=self.others).values_list("latest_id", flat=True))
        following = next((pk for pk in self.others if pk in still), None)
        return rows.select_related("school").filter(latest_id=following).first() if following else None
