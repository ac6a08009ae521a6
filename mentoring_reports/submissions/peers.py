"""Quartiles of a round's accepted figures by type of school: what a school may know about its peers.

Row security hides other schools' rows from a school. The municipality's side writes these aggregates when it accepts,
never for fewer than five schools; a school reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from . import frames
from .enums import PeerSubject
from .models import PeerFigure, Round

if TYPE_CHECKING:
    import pandas as pd

ALL_TYPES = ""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """How so many schools lie."""

    lower: float
    median: float
    upper: float
    schools: int


@dataclass(frozen=True)
class Peers:
    """What is known about the peers of a school: `round` is None where there are no figures yet.

    `school_type` is empty where the school's own type is too small a group, so that all schools are compared with.
    """

    round: Round | None = None
    school_type: str = ALL_TYPES
    elements: Mapping[str, Quartiles] = field(default_factory=dict)
    indicators: Mapping[str, Quartiles] = field(default_factory=dict)


@transaction.atomic
def refresh_peer_figures(round_: Round, school_types: Iterable[str]) -> None:
    """Compute the quartiles of these types, and of all schools together, anew. Runs in the municipality's schema."""
    for school_type in sorted({*school_types, ALL_TYPES}):
        wide = frames.wide_frame([round_], school_type)
        PeerFigure.objects.filter(round=round_, school_type=school_type).delete()
        PeerFigure.objects.bulk_create(
            PeerFigure(
                municipality_id=round_.municipality_id,
                round=round_,
                school_type=school_type,
                subject=subject,
                code=code,
                **quartiles,
            )
            for subject, code, quartiles in _quartiles(round_, wide)
        )


def peers_of(school_type: str, *, upto: Round) -> Peers:
    """Return the peers of a type in the round or, while too few are accepted there, in the last one before it.

    Of each round the school's own type comes first, then all schools together. Works in a school's schema too.
    """
    figures = PeerFigure.objects.filter(
        municipality_id=upto.municipality_id,
        round__period_end__lte=upto.period_end,
        school_type__in=[school_type, ALL_TYPES],
    )
    nearest = figures.order_by("-round__period_end", "-round_id", "-school_type").select_related("round").first()
    if nearest is None:
        return Peers()
    rows = list(figures.filter(round=nearest.round_id, school_type=nearest.school_type))
    by_subject: dict[str, dict[str, Quartiles]] = {subject: {} for subject in PeerSubject.values}
    for row in rows:
        by_subject[row.subject][row.code] = Quartiles(row.lower, row.median, row.upper, row.schools)
    return Peers(nearest.round, nearest.school_type, by_subject[PeerSubject.ELEMENT], by_subject[PeerSubject.INDICATOR])


def _quartiles(round_: Round, wide: pd.DataFrame) -> Iterator[tuple[PeerSubject, str, dict[str, Any]]]:
    """Yield the quartiles of every data element and indicator that enough schools have."""
    indicators = list(round_.form.indicators.all())
    values = frames.indicator_frame(wide, indicators)["value"] if indicators else wide[[]]
    for subject, frame in ((PeerSubject.ELEMENT, wide[frames.element_codes(wide)]), (PeerSubject.INDICATOR, values)):
        known = frame.notna().sum()
        spread = frame.quantile(list(frames.QUARTILES))
        for code in frame.columns[known >= PeerFigure.SMALLEST_GROUP]:
            cut = {name: float(spread.at[share, code]) for share, name in frames.QUARTILES.items()}
            yield subject, str(code), {**cut, "schools": int(known[code])}
