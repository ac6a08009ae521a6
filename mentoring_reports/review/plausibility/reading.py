"""What plausibility reads: own past, schools to compare with, their numbers. Each question is one statement.

Runs in the municipality's schema: row security leaves its own schools only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, OuterRef, Subquery, When

from mentoring_reports.submissions.enums import AWAITING_REVIEW, State
from mentoring_reports.submissions.models import AcceptedFigure, Participation, Round, SubmittedValue

from .neighbours import Sized
from .reports import Figures

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ROUNDS = 8  # of a school's own past
SAMPLE = 200  # schools, to see what is common


@dataclass
class PastRound:
    """An earlier round with the accepted figures of schools in it, by their ids."""

    round: Round
    figures: dict[int, Figures] = field(default_factory=dict)


def past_rounds(round_: Round, school_ids: Collection[int]) -> list[PastRound]:
    """Return the last earlier rounds of the same form and kind of period, the oldest first. Two statements."""
    earlier = Round.objects.filter(
        municipality_id=round_.municipality_id,
        kind=round_.kind,
        form__code=round_.form.code,
        period_end__lt=round_.period_end,
    ).order_by("-period_end", "-pk")[:MOST_ROUNDS]
    past = {row.pk: PastRound(row) for row in reversed(earlier)}
    figures = AcceptedFigure.objects.filter(round__in=list(past), school__in=school_ids)
    for (round_id, school_id), found in _grouped(figures, "round_id", "school_id").items():
        past[round_id].figures[school_id] = found
    return list(past.values())


def figures_of(submission_ids: Iterable[int]) -> dict[int, Figures]:
    """Return the numbers of revisions by their ids, in one statement."""
    values = SubmittedValue.objects.filter(submission__in=list(submission_ids))
    return {key[0]: figures for key, figures in _grouped(values, "submission_id").items()}


def typed_of(submission_ids: Iterable[int]) -> dict[int, dict[str, float]]:
    """Return the numbers that people typed: of typed elements, and those that replaced a count."""
    values = SubmittedValue.objects.filter(submission__in=list(submission_ids), value__isnull=False)
    typed = values.exclude(counted__isnull=False, counted=F("value"))
    found: dict[int, dict[str, float]] = {}
    for submission_id, code, value in typed.values_list("submission_id", "element_code", "value"):
        found.setdefault(submission_id, {})[code] = float(value or 0)
    return found


def sized_schools(
    round_: Round, school_types: Collection[str], size_code: str, *, only_accepted: bool
) -> dict[str, list[Sized]]:
    """Return the schools of these types that can be compared with, by type, each list by size.

    In a round under review what waits for a decision counts too: robust figures can bear a few wrong numbers. What was
    returned does not count. A school of unknown size counts as of size 0.
    """
    counts = F("accepted_id") if only_accepted else _counting()
    size = SubmittedValue.objects.filter(submission_id=OuterRef("counting"), element_code=size_code).values("value")
    rows = (
        Participation.objects.for_round(round_)
        .filter(latest__school_type__in=school_types)
        .annotate(counting=counts)
        .filter(counting__isnull=False)
        .annotate(size=Subquery(size[:1]))
        .values_list("latest__school_type", "size", "school_id", "counting")
    )
    found: dict[str, list[Sized]] = {school_type: [] for school_type in school_types}
    for school_type, value, school_id, submission_id in rows:
        found[school_type].append(Sized(float(value or 0), school_id, submission_id))
    return {school_type: sorted(listed) for school_type, listed in found.items()}


def last_and_now(last: Round, round_: Round) -> list[tuple[Figures, Figures]]:
    """Return the numbers of schools that reported in both rounds: a sample, enough for a median. Three statements."""
    rows = Participation.objects.for_round(round_).annotate(counting=_counting()).filter(counting__isnull=False)
    sample = dict(rows.order_by("pk").values_list("counting", "school_id")[:SAMPLE])
    now = figures_of(sample)
    figures = AcceptedFigure.objects.filter(round=last, school__in=list(sample.values()))
    before = {key[0]: found for key, found in _grouped(figures, "school_id").items()}
    return [(before[school_id], now[pk]) for pk, school_id in sample.items() if school_id in before and pk in now]


def _counting() -> Case:
    """Return which revision of a school counts in a round under review: what was returned does not."""
    return Case(When(state__in=(*AWAITING_REVIEW, State.ACCEPTED), then=F("latest_id")), default=F("accepted_id"))


def _grouped(rows: QuerySet[Any], *keys: str) -> dict[tuple[Any, ...], Figures]:
    """Return figures by the columns named: two arrays a group travel several times faster than a row a figure."""
    arrays = {
        "codes": ArrayAgg("element_code", order_by="element_code"),
        "figures": ArrayAgg("value", order_by="element_code"),
    }
    listed = rows.order_by().values(*keys).annotate(**arrays)
    return {tuple(row[key] for key in keys): dict(zip(row["codes"], row["figures"], strict=True)) for row in listed}
