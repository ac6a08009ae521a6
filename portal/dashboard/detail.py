"""One indicator looked at closely: its distribution, ranking and dynamics, and the numbers behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from mentoring_reports import charts
from mentoring_reports.indicators.models import Aggregation, Direction
from mentoring_reports.submissions.consolidation import judged

from .formatting import figure, with_unit
from .values import Judged, accepted_links, school_value

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.models import Round

MOST_BARS = 60


@dataclass(frozen=True)
class Detail:
    """An indicator of a consolidation over the rounds of `history`, the earliest first."""

    svod: Consolidation
    indicator: Indicator
    history: Sequence[Round]

    @cached_property
    def strip(self) -> charts.Strip:
        """Return the distribution over schools."""
        line = self.svod.line(self.indicator)
        box = None if pd.isna(line.median) else (line.lower, line.median, line.upper)
        return charts.strip(self._schools, box, self._target)

    @cached_property
    def ranking(self) -> charts.Ranking:
        """Return the schools by value, those that need help first."""
        better_is_more = self.indicator.direction == Direction.UP
        ordered = sorted(self._schools, key=lambda school: school[1], reverse=not better_is_more)[:MOST_BARS]
        rows = [(name, value, judged(self.indicator, value).value) for name, value in ordered]
        return charts.ranking(rows, self._target)

    @property
    def more_bars(self) -> int:
        """Return how many schools the ranking leaves out."""
        return max(0, len(self._schools) - MOST_BARS)

    @cached_property
    def dynamics(self) -> charts.Line:
        """Return the municipal values over the rounds; a sum is not held against a school's target."""
        target = None if self.indicator.aggregation == Aggregation.SUM else self._target
        return charts.line(self._history, target)

    @property
    def dynamics_table(self) -> list[tuple[str, str]]:
        """Return the numbers behind the line."""
        return [(title, with_unit(value, self.indicator)) for title, value in self._history]

    @cached_property
    def table(self) -> list[tuple[str, str, str, Judged]]:
        """Return the numbers behind distribution and ranking: school, numerator, denominator, value."""
        parts, code = self.svod.parts, self.indicator.code
        columns = zip(self.svod.schools["school"], parts["numerator"][code], parts["denominator"][code], strict=True)
        links = accepted_links(self.svod)
        return [
            (name, _part(top), _part(bottom), school_value(self.svod, self.indicator, place, links[place]))
            for place, (name, top, bottom) in enumerate(columns)
        ]

    @cached_property
    def _schools(self) -> list[tuple[str, float]]:
        values = self.svod.parts["value"][self.indicator.code]
        named = zip(self.svod.schools["school"], values, strict=True)
        return [(str(name), float(value)) for name, value in named if not pd.isna(value)]

    @cached_property
    def _history(self) -> list[tuple[str, float | None]]:
        values = [(one.title, float(self.svod.value_in(one)[self.indicator.code])) for one in self.history]
        return [(title, None if pd.isna(value) else value) for title, value in values]

    @property
    def _target(self) -> float | None:
        return None if self.indicator.target is None else float(self.indicator.target)


def _part(value: float) -> str:
    """Return a numerator or a denominator, with decimals only where it has them."""
    return figure(value, 0 if pd.isna(value) or float(value).is_integer() else 2)
