"""How wide each column is: long texts take more, and no column is too narrow for a word of its heading. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

NUMBER_SHARE = 0.055
_LEAST, _A_LETTER = 0.09, 0.0105  # of the width of A4 on its side, at ten points
_LONGEST_COUNTED = 600  # one very long cell does not squeeze the other columns


def shares(headings: Sequence[str], columns: Sequence[Sequence[str]]) -> list[float]:
    """Return the share of each column, given its heading and its texts; the first one holds numbers. They make 1."""
    least = [NUMBER_SHARE, *map(_least, headings[1:])]
    weights = [0.0, *(sqrt(_usual_length(texts)) for texts in columns[1:])]
    free = max(0.0, 1 - sum(least)) / (sum(weights) or 1.0)
    wide = [narrowest + free * weight for narrowest, weight in zip(least, weights, strict=True)]
    return [width / sum(wide) for width in wide]


def _least(heading: str) -> float:
    return max(_LEAST, _A_LETTER * max(map(len, heading.split()), default=0))


def _usual_length(texts: Sequence[str]) -> float:
    lengths = [min(len(text), _LONGEST_COUNTED) for text in texts if text]
    return max(1.0, sum(lengths) / len(lengths)) if lengths else 1.0
