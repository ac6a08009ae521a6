"""A school's own figures over rounds, against anonymous quartiles of its peers: the same for both sides.

Read from the school's own rows and the aggregates that the municipality wrote when it accepted, so that it works in a
school's schema. A fixed number of statements, whatever the number of rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mentoring_reports import charts
from mentoring_reports.indicators.comparing import meaning
from mentoring_reports.indicators.formulas import Parts, TargetState, ratio
from mentoring_reports.indicators.models import Indicator

from .enums import PeerSubject
from .models import AcceptedFigure, PeerFigure, Round
from .peers import ALL_TYPES, Quartiles
from .school_standings import standings_of

if TYPE_CHECKING:
    from .standings import Standing

SMALL_DENOMINATOR = 5
WIDTH = 480.0
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """One indicator in one round; `parts` is None where nothing is accepted or the form does not have it."""

    round: Round
    parts: Parts | None
    value: Decimal | None
    target: Decimal | None
    state: TargetState
    peers: Quartiles | None
    broken: bool

    @property
    def is_small(self) -> bool:
        """Say whether the share is of so few that it says little."""
        return bool(self.parts and self.parts.denominator and self.parts.denominator < SMALL_DENOMINATOR)


@dataclass(frozen=True)
class ProfileLine:
    """An indicator over rounds, the earliest first."""

    indicator: Indicator
    points: Sequence[ProfilePoint]

    @property
    def latest(self) -> ProfilePoint:
        """Return the last round's point."""
        return self.points[-1]

    @property
    def change(self) -> Decimal | None:
        """Return what changed since the round before; None where that cannot be said."""
        if len(self.points) < 2 or self.latest.broken:  # noqa: PLR2004
            return None
        before, now = self.points[-2].value, self.latest.value
        return None if before is None or now is None else now - before

    @property
    def place(self) -> str:
        """Return where the latest value lies among the peers: `lower`, `middle` or `upper` part; "" without peers."""
        point = self.latest
        if point.value is None or point.peers is None:
            return ""
        if point.value < Decimal(str(point.peers.lower)):
            return "lower"
        return "upper" if point.value > Decimal(str(point.peers.upper)) else "middle"

    @cached_property
    def chart(self) -> charts.Trend:
        """Return the school's line over the middle half of its peers."""
        points = [
            charts.TrendPoint(
                label=point.round.code,
                value=None if point.value is None else float(point.value),
                lower=point.peers.lower if point.peers else None,
                median=point.peers.median if point.peers else None,
                upper=point.peers.upper if point.peers else None,
                broken=point.broken,
            )
            for point in self.points
        ]
        target = self.latest.target
        return charts.trend(points, None if target is None else float(target), width=WIDTH)


@dataclass(frozen=True)
class Profile:
    """A school over its last rounds: where it stood, and every indicator of the latest round's form."""

    school: Any
    standings: Sequence[Standing]
    lines: Sequence[ProfileLine]

    @classmethod
    def of(cls, school: Any, rounds: Iterable[Round]) -> Profile:
        """Read the profile over these rounds; they come in the order of their periods, with their forms."""
        ordered = sorted(rounds, key=lambda one: (one.period_end, one.pk))
        standings = standings_of(school, ordered)
        if not ordered:
            return cls(school, [], [])
        type_name = standings[-1].names.type
        read = _Read(type_name, _indicators(ordered), _figures(school, ordered), _peers(ordered, type_name))
        newest = read.indicators[ordered[-1].form_id].values()
        lines = [ProfileLine(one, list(_points(one, ordered, read))) for one in newest]
        return cls(school, standings, lines)

    @property
    def key(self) -> list[ProfileLine]:
        """Return the key indicators."""
        return [line for line in self.lines if line.indicator.is_key] or list(self.lines)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: indicators by form and code, the school's figures by round, quartiles by round and code."""

    type_name: str
    indicators: Mapping[int, Mapping[str, Indicator]]
    figures: Mapping[int, Values]
    peers: Mapping[tuple[int, str], Quartiles]


def _points(indicator: Indicator, rounds: Sequence[Round], read: _Read) -> Iterable[ProfilePoint]:
    before: Indicator | None = None
    for round_ in rounds:
        own = read.indicators[round_.form_id].get(indicator.code)
        values = read.figures.get(round_.pk)
        parts = own.formula.parts(values) if own and values else None
        value = ratio(parts, own.factor) if own and parts else None
        target = own.target_for(read.type_name, round_.period_end) if own else None
        yield ProfilePoint(
            round=round_,
            parts=parts,
            value=value,
            target=target,
            state=own.judge(value, target) if own else TargetState.UNKNOWN,
            peers=read.peers.get((round_.pk, indicator.code)),
            broken=round_ is not rounds[0] and _meaning(before) != _meaning(own),
        )
        before = own


def _meaning(indicator: Indicator | None) -> Any:
    return None if indicator is None else meaning(indicator)


def _indicators(rounds: Sequence[Round]) -> dict[int, dict[str, Indicator]]:
    """Return the indicators of every form that the rounds use, by the form's id and the code, in the form's order."""
    found: dict[int, dict[str, Indicator]] = {one.form_id: {} for one in rounds}
    rows = Indicator.objects.filter(form__in=found).select_related("group").prefetch_related("targets")
    for one in rows.order_by("group__order", "order", "pk"):
        found[one.form_id][one.code] = one
    return found


def _figures(school: Any, rounds: Sequence[Round]) -> dict[int, dict[str, Decimal | None]]:
    """Return the school's accepted figures of each round that has any."""
    rows = AcceptedFigure.objects.filter(school_id=school.pk, round__in=[one.pk for one in rounds])
    found: dict[int, dict[str, Decimal | None]] = {}
    for round_id, code, value in rows.values_list("round_id", "element_code", "value"):
        found.setdefault(round_id, {})[code] = value
    return found


def _peers(rounds: Sequence[Round], type_name: str) -> dict[tuple[int, str], Quartiles]:
    """Return the quartiles of each round and indicator: of the school's type or, where it is too small, of all."""
    rows = PeerFigure.objects.filter(
        round__in=[one.pk for one in rounds],
        subject=PeerSubject.INDICATOR,
        school_type__in=[type_name, ALL_TYPES],
    )
    found: dict[tuple[int, str], Quartiles] = {}
    for row in rows.order_by("school_type"):  # "" first: the type's own figures replace those of all
        found[row.round_id, row.code] = Quartiles(row.lower, row.median, row.upper, row.schools)
    return found
