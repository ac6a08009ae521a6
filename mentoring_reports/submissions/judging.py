"""What targets say about the values of many schools at once: the vectorised twin of `formulas.target_state`.

A target may differ by year and by type of school; for many schools together it is the municipality's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from mentoring_reports.indicators.formulas import Aggregation, Direction, TargetState

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

ALL_TYPES = ""


@dataclass(frozen=True)
class Targets:
    """The targets that hold on a day: by indicator's code, then by type of school, "" for all types together."""

    by_code: Mapping[str, Mapping[str, Decimal | None]]

    @classmethod
    def on(cls, day: dt.date, indicators: Iterable[Indicator], types: Iterable[str]) -> Targets:
        """Return the targets of these indicators for schools of these types."""
        named = {ALL_TYPES, *types}
        return cls({one.code: {type_: one.target_for(type_, day) for type_ in named} for one in indicators})

    def of(self, code: str, type_: str = ALL_TYPES) -> Decimal | None:
        """Return a target; None where none is set."""
        return self.by_code[code].get(type_)

    def judged(self, indicator: Indicator, value: float | None, type_: str = ALL_TYPES) -> TargetState:
        """Return how the value of many schools together stands; a sum is not held against a school's target."""
        if not Aggregation(indicator.aggregation).keeps_target:
            return TargetState.UNKNOWN
        return indicator.judge(exact(value), self.of(indicator.code, type_))

    def of_schools(self, code: str, types: pd.Series[str]) -> pd.Series[float]:
        """Return each school's target as a float; NaN where none is set."""
        return pd.Series(_spread(self.by_code[code], *pd.factorize(types)), index=types.index)

    def states(self, values: pd.DataFrame, types: pd.Series[str], indicators: Iterable[Indicator]) -> pd.DataFrame:
        """Return the state of every school's value: columns are the indicators' codes, as in `values`."""
        places, names = pd.factorize(types)
        columns = {
            one.code: self._states(one, values[one.code].to_numpy("float64"), places, names) for one in indicators
        }
        return pd.DataFrame(columns, index=values.index)

    def _states(
        self, indicator: Indicator, figures: np.ndarray, places: np.ndarray, names: Iterable[str]
    ) -> np.ndarray:
        way = 1 if Direction(indicator.direction) is Direction.UP else -1
        targets = self.by_code[indicator.code]
        bands = {type_: _band(target, indicator) for type_, target in targets.items()}
        least, close = (_spread(ends, places, names) for ends in (targets, bands))
        known = ~np.isnan(figures) & ~np.isnan(least)
        conditions = [~known, way * figures >= way * least, way * figures >= way * close]
        names = [TargetState.UNKNOWN.value, TargetState.REACHED.value, TargetState.CLOSE.value]
        return np.select(conditions, names, TargetState.MISSED.value)


def exact(value: float | None) -> Decimal | None:
    """Return a figure of a frame as the decimal that it prints as; None where it is missing."""
    return None if value is None or pd.isna(value) else Decimal(repr(float(value)))


def _band(target: Decimal | None, indicator: Indicator) -> Decimal | None:
    """Return the value from which on a school is close to its target."""
    if target is None:
        return None
    width = abs(target) * indicator.close_share
    return target - width if Direction(indicator.direction) is Direction.UP else target + width


def _spread(targets: Mapping[str, Decimal | None], places: np.ndarray, names: Iterable[str]) -> np.ndarray:
    """Return the target of each school's type: `names` are the types, `places` says which of them each school is."""
    known = [targets.get(name) for name in names]
    return np.array([np.nan if target is None else float(target) for target in known])[places]
