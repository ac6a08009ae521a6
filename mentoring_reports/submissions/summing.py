"""What many schools' figures make together: sums, municipal values, quartiles. Arrays only; `frames` gives them names.

Rows are schools, columns indicators. Missing is NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mentoring_reports.indicators.models import Aggregation

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

PLACES = 4
QUARTILES = {0.25: "lower", 0.5: "median", 0.75: "upper"}
Arrays: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray]  # numerators, denominators, values
Figures: TypeAlias = dict[str, np.ndarray]


@dataclass(frozen=True)
class Rules:
    """How the indicators' figures are put together, an element an indicator."""

    factors: np.ndarray
    is_count: np.ndarray
    is_median: np.ndarray

    @classmethod
    def of(cls, indicators: Sequence[Indicator]) -> Rules:
        """Return the rules of these indicators, in their order."""
        return cls(
            np.array([float(indicator.factor) for indicator in indicators]),
            np.array([indicator.formula.is_count for indicator in indicators], dtype=bool),
            np.array([indicator.aggregation == Aggregation.MEDIAN for indicator in indicators], dtype=bool),
        )


def summed(arrays: Arrays, rules: Rules, *, spread: bool = True) -> Figures:
    """Return numerator, denominator, value, lower, median, upper, known, by name; each has an element an indicator.

    The sums leave out a school that lacks either part; the value is the ratio of the sums, the sum, or the median.
    Without `spread` the quartiles are NaN, where no value is a median.
    """
    tops, bottoms, values = arrays
    known = ~np.isnan(tops) & (~np.isnan(bottoms) | rules.is_count)
    numerator, denominator = (_sum(part, known & ~np.isnan(part)) for part in (tops, bottoms))
    ordered = values if spread or rules.is_median.any() else values[:0]
    quartiles = dict(zip(QUARTILES.values(), _quantiles(ordered, list(QUARTILES)), strict=True))
    top = numerator * rules.factors
    ratio = top / np.where(denominator == 0, np.nan, denominator)
    value = np.where(rules.is_median, quartiles["median"], np.where(rules.is_count, top, ratio))
    counts = (~np.isnan(values)).sum(axis=0)
    return {"numerator": numerator, "denominator": denominator, "value": value, **quartiles, "known": counts}


def split(keys: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """Return the places of each group of equal keys, and the keys themselves, in their order."""
    names, codes = np.unique(keys, return_inverse=True)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    return np.split(order, ends[:-1]) if len(names) else [], names


def _sum(part: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return the sum of each column over its known rows; NaN where there are none."""
    total = np.where(known, part, 0.0).sum(axis=0).round(PLACES)
    return np.where(known.any(axis=0), total, np.nan)


def _quantiles(values: np.ndarray, shares: Sequence[float]) -> list[np.ndarray]:
    """Return quantiles of each column's known values: linear between the ordered ones at (n - 1) · share."""
    if not len(values):
        return [np.full(values.shape[1], np.nan) for _ in shares]
    ordered = np.sort(values, axis=0)  # missing ones go last
    last = np.maximum((~np.isnan(values)).sum(axis=0) - 1, 0)
    places = np.array(shares)[:, None] * last
    below = places.astype(int)
    low, high = (np.take_along_axis(ordered, at, axis=0) for at in (below, np.minimum(below + 1, last)))
    return list(low + (high - low) * (places - below))
