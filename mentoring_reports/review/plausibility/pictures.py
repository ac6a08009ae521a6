"""Small pictures of what is odd, as geometry: pure functions from numbers to what the templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from .robust import quantile

WIDTH = 220.0
MARGIN = 10.0
LINE_HEIGHT, STRIP_HEIGHT = 56.0, 44.0
BAR_HEIGHT = 22.0
LEVELS = 4  # dots of nearly one value are stacked so high
DOT = 7.0


@dataclass(frozen=True, slots=True)
class Place:
    """A point with the value that it stands for; `is_own` marks the one that is judged."""

    x: float
    y: float
    value: float
    label: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A school's own past, the last point being the number judged; an unknown number interrupts the line."""

    kind: ClassVar[str] = "sparkline"
    words: str
    dots: Sequence[Place]
    paths: Sequence[str]
    width: float = WIDTH
    height: float = LINE_HEIGHT


@dataclass(frozen=True, slots=True)
class PeerStrip:
    """Similar schools as dots, their middle half as a box with the median, and the school judged."""

    kind: ClassVar[str] = "strip"
    words: str
    dots: Sequence[Place]
    own: Place
    box: tuple[float, float, float]
    width: float = WIDTH
    height: float = STRIP_HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """One of several amounts."""

    label: str
    value: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Amounts against each other, longest over the whole width."""

    kind: ClassVar[str] = "bars"
    words: str
    bars: Sequence[Bar]
    height: float
    width: float = WIDTH


Picture: TypeAlias = Sparkline | PeerStrip | Bars


def sparkline(points: Sequence[tuple[str, float | None]], words: str) -> Sparkline:
    """Draw (label, value) from the earliest on; the axis spans the values, a level one runs through the middle."""
    known = [value for _label, value in points if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    step = (WIDTH - 2 * MARGIN) / max(1, len(points) - 1)
    last = len(points) - 1
    dots = [
        Place(
            x=round(MARGIN + step * number, 2),
            y=round(LINE_HEIGHT - MARGIN - (LINE_HEIGHT - 2 * MARGIN) * _part(value, low, high), 2),
            value=value,
            label=label,
            is_own=number == last,
        )
        for number, (label, value) in enumerate(points)
        if value is not None
    ]
    return Sparkline(words, dots, _runs(dots, step))


def peer_strip(peers: Sequence[float], own: float, words: str) -> PeerStrip:
    """Draw ordered values of peers, at least one, and the school's own."""
    low, high = min(own, *peers), max(own, *peers)

    def x(value: float) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * _part(value, low, high), 2)

    stacked: dict[int, int] = {}
    dots = []
    for value in peers:
        slot = round(x(value) / DOT)
        level = stacked[slot] = stacked.get(slot, -1) + 1
        dots.append(Place(x(value), STRIP_HEIGHT - MARGIN - DOT * (level % LEVELS), value))
    lower, middle, upper = (x(quantile(peers, cut)) for cut in (0.25, 0.5, 0.75))
    return PeerStrip(words, dots, Place(x(own), STRIP_HEIGHT - MARGIN, own, is_own=True), (lower, middle, upper))


def bars(amounts: Sequence[tuple[str, float]], words: str) -> Bars:
    """Draw (label, amount) one under the other; a negative amount has no length."""
    most = max((amount for _label, amount in amounts if amount > 0), default=1.0)
    drawn = [
        Bar(label, amount, BAR_HEIGHT * number, round(WIDTH * max(0.0, amount) / most, 2))
        for number, (label, amount) in enumerate(amounts)
    ]
    return Bars(words, drawn, BAR_HEIGHT * len(drawn))


def _part(value: float, low: float, high: float) -> float:
    """Return where a value lies between the ends, from 0 to 1."""
    return (value - low) / (high - low) if high > low else 0.5


def _runs(dots: Sequence[Place], step: float) -> list[str]:
    """Return polylines' points, one text for each unbroken run of at least two."""
    runs: list[list[Place]] = []
    for dot in dots:
        if runs and dot.x - runs[-1][-1].x < step * 1.5:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return [" ".join(f"{dot.x:g},{dot.y:g}" for dot in run) for run in runs if len(run) > 1]
