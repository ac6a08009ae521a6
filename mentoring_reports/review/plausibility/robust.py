"""Statistics that a few wrong numbers cannot bend: median, median absolute deviation, quartiles. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAD_TO_SIGMA = 1.4826  # 1 / Φ⁻¹(3/4): makes the MAD of normal numbers their standard deviation
IQR_TO_SIGMA = 1 / 1.349  # the same for the distance between the quartiles


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the middle of some numbers lies and how far apart they are, in units of the numbers."""

    centre: float
    scale: float

    def distance(self, value: float) -> float:
        """Return how many scales the value lies from the centre; negative below it."""
        return (value - self.centre) / self.scale


def median(values: Iterable[float]) -> float:
    """Return the middle one of the numbers, or the mean of the two in the middle. There must be at least one."""
    return quantile(sorted(values), 0.5)


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of ordered numbers, as QUARTILE.INC of spreadsheets does (Hyndman and Fan, definition 7)."""
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def spread(values: Iterable[float], smallest_group: int) -> Spread | None:
    """Return centre and scale of a group, or None where nothing can be said.

    The scale is the scaled MAD. Where more than half of the numbers are equal, that is 0, and the quartiles tell; where
    they are equal too, or the group is smaller than `smallest_group`, there is no verdict: any other number would be
    infinitely far.
    """
    ordered = sorted(value for value in values if math.isfinite(value))
    if len(ordered) < max(1, smallest_group):
        return None
    centre = quantile(ordered, 0.5)
    scale = MAD_TO_SIGMA * median(abs(value - centre) for value in ordered)
    if not scale:
        scale = IQR_TO_SIGMA * (quantile(ordered, 0.75) - quantile(ordered, 0.25))
    return Spread(centre, scale) if scale > 0 else None
