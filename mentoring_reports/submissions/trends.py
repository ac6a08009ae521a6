"""One indicator over rounds: each round by the formula of its own form, with breaks where that changed.

A fixed number of statements, whatever the number of schools: the figures of the indicator's data elements only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from mentoring_reports.indicators.comparing import meaning
from mentoring_reports.indicators.models import Indicator

from . import frames
from .consolidation import Line, element_codes
from .queries import rates_by_round
from .reading import Reader, figures_frame

if TYPE_CHECKING:
    from .models import Round


@dataclass(frozen=True)
class Point:
    """A round: `line` is None where its form does not have the indicator, or no report counts.

    `expected` is None where a territory or a type was chosen: nobody knows how many were expected there then.
    """

    round: Round
    line: Line | None
    accepted: int
    expected: int | None
    broken: bool


@dataclass(frozen=True)
class Trend:
    """The figures behind an indicator's dynamics: a row a school and round, with the indicator's parts beside it."""

    code: str
    rounds: Sequence[Round]
    indicators: Mapping[int, Indicator]
    rows: pd.DataFrame
    parts: pd.DataFrame
    expected: Mapping[int, int] | None

    @cached_property
    def points(self) -> list[Point]:
        """Return the municipal figures of every round, the earliest first."""
        lines = self._lines(self.rows["round_id"])
        counts = self.rows["round_id"].value_counts()
        return [
            Point(
                round=one,
                line=lines.get(one.pk),
                accepted=int(counts.get(one.pk, 0)),
                expected=self.expected.get(one.pk, 0) if self.expected is not None else None,
                broken=place > 0 and self._breaks(self.rounds[place - 1], one),
            )
            for place, one in enumerate(self.rounds)
        ]

    def by(self, grouping: str) -> dict[str, list[float | None]]:
        """Return the values of each territory or type over the rounds; None where there is none."""
        names = sorted(self.rows[grouping].unique(), key=frames.reading_order)
        ranks = {name: rank for rank, name in enumerate(names)}
        keys = self.rows["round_id"] * len(names) + self.rows[grouping].map(ranks).astype("int64")
        lines = self._lines(keys, spread=False)
        return {
            name: [_value(lines.get(one.pk * len(names) + rank)) for one in self.rounds] for name, rank in ranks.items()
        }

    def _lines(self, keys: pd.Series[int], *, spread: bool = True) -> dict[int, Line]:
        """Return a line for each key; rounds of one form are computed together."""
        found: dict[int, Line] = {}
        for form_id, indicator in self.indicators.items():
            ids = [one.pk for one in self.rounds if one.form_id == form_id]
            chosen = self.rows["round_id"].isin(ids)
            table = frames.line_frame(self.parts[chosen], indicator, keys[chosen], spread=spread)
            found |= {int(key): Line(**row) for key, row in table.to_dict("index").items()}
        return found

    def _breaks(self, before: Round, after: Round) -> bool:
        return _is_broken(before, after, self.indicators.get(before.form_id), self.indicators.get(after.form_id))


def trend(
    rounds: Sequence[Round], code: str, *, territory: str = "", type_: str = "", read: Reader = figures_frame
) -> Trend:
    """Read an indicator over rounds, the earliest first, for one territory, one type, or all."""
    forms = Indicator.objects.filter(form__in={one.form_id for one in rounds}, code=code)
    indicators = {indicator.form_id: indicator for indicator in forms}
    rows = read(rounds, codes=element_codes(list(indicators.values())))
    rows = _chosen(rows, territory, type_).reset_index(drop=True)
    rates = None if territory or type_ else rates_by_round(rounds)
    return Trend(
        code=code,
        rounds=rounds,
        indicators=indicators,
        rows=rows,
        parts=_parts(rows, rounds, indicators),
        expected=None if rates is None else {pk: one.expected for pk, one in rates.items()},
    )


def municipal_points(
    rounds: Sequence[Round],
    codes: Collection[str],
    *,
    territory: str = "",
    type_: str = "",
    without: Collection[int] = (),
) -> dict[str, list[Point]]:
    """Return the points of several indicators by their codes, the earliest round first, all read at once.

    The revisions in `without` are left out.
    """
    forms: dict[int, dict[str, Indicator]] = {one.form_id: {} for one in rounds}
    for indicator in Indicator.objects.filter(form__in=forms, code__in=codes):
        forms[indicator.form_id][indicator.code] = indicator
    wanted = [indicator for versions in forms.values() for indicator in versions.values()]
    rows = _chosen(figures_frame(rounds, codes=element_codes(wanted)), territory, type_)
    rows = rows[~rows["submission_id"].isin(list(without))]
    expected = {} if territory or type_ else rates_by_round(rounds)
    lines, counts = _lines_by_round(rows, rounds, forms), rows["round_id"].value_counts()
    points: dict[str, list[Point]] = {code: [] for code in codes}
    for place, one in enumerate(rounds):
        for code in codes:
            before = rounds[place - 1] if place else one
            points[code].append(
                Point(
                    round=one,
                    line=lines.get(one.pk, {}).get(code),
                    accepted=int(counts.get(one.pk, 0)),
                    expected=expected[one.pk].expected if expected else None,
                    broken=_is_broken(before, one, forms[before.form_id].get(code), forms[one.form_id].get(code)),
                )
            )
    return points


def _lines_by_round(
    rows: pd.DataFrame, rounds: Iterable[Round], forms: Mapping[int, Mapping[str, Indicator]]
) -> dict[int, dict[str, Line]]:
    """Return the lines of each round by the indicators' codes; rounds of one form are computed together."""
    found: dict[int, dict[str, Line]] = {}
    for form_id, versions in forms.items():
        listed = list(versions.values())
        own = rows[rows["round_id"].isin([one.pk for one in rounds if one.form_id == form_id])]
        groups = frames.grouped_figures(frames.indicator_frame(own, listed), listed, own["round_id"])
        for round_id, figures in groups.items():
            columns = [figures[title].tolist() for title in frames.FIGURES]
            lines = (Line(**dict(zip(frames.FIGURES, row, strict=True))) for row in zip(*columns, strict=True))
            found[int(round_id)] = dict(zip(versions, lines, strict=True))
    return found


def _parts(rows: pd.DataFrame, rounds: Iterable[Round], indicators: Mapping[int, Indicator]) -> pd.DataFrame:
    """Return numerator, denominator and value of every row, each by its own round's formula."""
    parts = pd.DataFrame(index=rows.index, columns=list(frames.PARTS), dtype="float64")
    for form_id, indicator in indicators.items():
        chosen = rows["round_id"].isin([one.pk for one in rounds if one.form_id == form_id])
        own = frames.indicator_frame(rows[chosen], [indicator])
        for part in frames.PARTS:
            parts.loc[chosen, part] = own[part, indicator.code]
    return parts


def _value(line: Line | None) -> float | None:
    return None if line is None or pd.isna(line.value) else line.value


def _chosen(rows: pd.DataFrame, territory: str, type_: str) -> pd.DataFrame:
    for column, name in (("territory", territory), ("type", type_)):
        rows = rows[rows[column] == name] if name else rows
    return rows


def _is_broken(before: Round, after: Round, old: Indicator | None, new: Indicator | None) -> bool:
    """Say whether an indicator of a round cannot be compared with what it was in the round before."""
    return before.form_id != after.form_id and (old is None or new is None or meaning(old) != meaning(new))
