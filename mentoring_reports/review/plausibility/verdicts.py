"""What the rules of plausibility say, with all that words and a picture need; and the thresholds. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .robust import Spread


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a number is odd; what each means is said where the department edits them."""

    change_percent: float = 30
    smallest_change: float = 3
    distance: float = 5
    smallest_group: int = 5
    copied_share: float = 90


@dataclass(frozen=True, slots=True)
class Jump:
    """An element that moved away from the school's own past; `past` goes from the oldest round to the last one.

    `usual` is how it moved so far, `common` by what it was multiplied in other schools since the last round.
    """

    code: str
    value: float
    last: float
    past: Sequence[float | None]
    usual: Spread | None = None
    common: float | None = None


@dataclass(frozen=True, slots=True)
class Far:
    """A value far from those of similar schools; for an element they are reckoned to this school's size.

    `is_share` tells an indicator from an element, `is_scaled` an element that was reckoned.
    """

    code: str
    value: float
    peers: Sequence[float]
    usual: Spread
    is_share: bool = False
    is_scaled: bool = False


@dataclass(frozen=True, slots=True)
class PartOverWhole:
    """An indicator whose part is larger than its whole."""

    code: str
    part: float
    whole: float


@dataclass(frozen=True, slots=True)
class AllEqual:
    """All numbers are one and the same; 0 among them."""

    number: float
    fields: int


@dataclass(frozen=True, slots=True)
class Copied:
    """Nearly all typed numbers are the last round's."""

    equal: int
    compared: int


Verdict: TypeAlias = Jump | Far | PartOverWhole | AllEqual | Copied
