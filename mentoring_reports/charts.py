"""Charts as geometry: pure functions from numbers to what the SVG templates draw. No framework, no colours."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 720.0  # of the ranking; the two charts side by side are narrower, so that their text stays readable
HALF_WIDTH = 480.0
LABEL_WIDTH = 250.0
VALUE_WIDTH = 80.0
ROW_HEIGHT = 24.0
STRIP_HEIGHT = 84.0
LINE_HEIGHT = 220.0
MARGIN = 36.0
FIRST_ROUND, LAST_ROUND = 120.0, 64.0  # how far the first and the last round are from the chart's edges
LONGEST_LABEL = 32
DOT_ROWS = 5
SMALLEST = 1e-9  # what is less is drawn as nothing


@dataclass(frozen=True)
class Segment:
    """A part of a stacked bar, in percent of its width."""

    key: str
    label: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    place: float
    value: float


@dataclass(frozen=True)
class Bar:
    """A row of a ranking. `width` is None where there is no value."""

    label: str
    full_label: str
    y: float
    width: float | None
    value: float | None
    state: str


@dataclass(frozen=True)
class Ranking:
    """Bars with a common axis and a line at the target."""

    width: float
    height: float
    start: float
    bars: list[Bar]
    target: float | None


@dataclass(frozen=True)
class Dot:
    """A school on the strip, or a round on the line."""

    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True)
class Strip:
    """Every school as a dot; the middle half as a box."""

    width: float
    height: float
    dots: list[Dot]
    box: tuple[float, float, float] | None
    target: float | None
    ticks: list[Tick]


@dataclass(frozen=True)
class Line:
    """A value over rounds; a round without one interrupts the line."""

    width: float
    height: float
    dots: list[Dot]
    paths: list[str]
    labels: list[tuple[float, str]]
    target: float | None
    ticks: list[Tick]


def stacked_bar(parts: Iterable[tuple[str, str, int]]) -> list[Segment]:
    """Return segments of (key, label, count); empty ones are left out, the widths add up to 100."""
    shown = [part for part in parts if part[2] > 0]
    total = sum(count for _key, _label, count in shown)
    segments, x = [], 0.0
    for key, label, count in shown:
        width = 100 * count / total
        segments.append(Segment(key, label, count, round(x, 3), round(width, 3)))
        x += width
    return segments


def ranking(rows: Sequence[tuple[str, float | None, str]], target: float | None) -> Ranking:
    """Return a bar for each (label, value, state), in the given order; negative values are drawn as none."""
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    top = axis_end([value for _label, value, _state in rows if value is not None] + _known(target))
    bars = [
        Bar(
            label=shortened(label),
            full_label=label,
            y=number * ROW_HEIGHT,
            width=None if value is None else round(room * max(0.0, value) / top, 2),
            value=value,
            state=state,
        )
        for number, (label, value, state) in enumerate(rows)
    ]
    line = None if target is None else round(LABEL_WIDTH + room * target / top, 2)
    return Ranking(WIDTH, ROW_HEIGHT * len(rows), LABEL_WIDTH, bars, line)


def strip(
    schools: Sequence[tuple[str, float]], quartiles: tuple[float, float, float] | None, target: float | None
) -> Strip:
    """Return the distribution of the schools' values; schools of nearly one value are stacked."""
    top = axis_end([value for _label, value in schools] + _known(target))

    def x(value: float) -> float:
        return round(MARGIN + (HALF_WIDTH - 2 * MARGIN) * max(0.0, value) / top, 2)

    stacked: dict[int, int] = {}
    dots = []
    for label, value in sorted(schools, key=lambda school: school[1]):
        slot = round(x(value) / 9)
        level = stacked[slot] = stacked.get(slot, -1) + 1
        dots.append(Dot(x(value), STRIP_HEIGHT - 34 - 8 * (level % DOT_ROWS), label, value))
    box = None if quartiles is None else (x(quartiles[0]), x(quartiles[1]), x(quartiles[2]))
    line = None if target is None else x(target)
    return Strip(HALF_WIDTH, STRIP_HEIGHT, dots, box, line, [Tick(x(value), value) for value in ticks(top)])


def line(points: Sequence[tuple[str, float | None]], target: float | None) -> Line:
    """Return a line through the rounds' values, from the earliest on."""
    top = axis_end([value for _label, value in points if value is not None] + _known(target))
    step = (HALF_WIDTH - FIRST_ROUND - LAST_ROUND) / max(1, len(points) - 1)

    def y(value: float) -> float:
        return round(LINE_HEIGHT - MARGIN - (LINE_HEIGHT - 2 * MARGIN) * max(0.0, value) / top, 2)

    places = [round(FIRST_ROUND + step * number, 2) for number in range(len(points))]
    placed = [(x, label, value) for x, (label, value) in zip(places, points, strict=True)]
    return Line(
        width=HALF_WIDTH,
        height=LINE_HEIGHT,
        dots=[Dot(x, y(value), label, value) for x, label, value in placed if value is not None],
        paths=_paths((x, None if value is None else y(value)) for x, _label, value in placed),
        labels=[(x, label) for x, label, _value in placed],
        target=None if target is None else y(target),
        ticks=[Tick(y(value), value) for value in ticks(top)],
    )


def axis_end(values: Iterable[float]) -> float:
    """Return a round number that is not less than any value: 1, 2 or 5 times a power of ten."""
    most = max((value for value in values if value > SMALLEST), default=1.0)
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most * (1 - 1e-12))


def ticks(top: float) -> list[float]:
    """Return five even marks from 0 to the axis's end."""
    return [round(top * quarter / 4, 10) for quarter in range(5)]


def shortened(label: str) -> str:
    """Return a label that fits beside its bar: of a long official name, what stands in quotation marks."""
    quoted = re.search(r"«(.+)»", label)
    if len(label) > LONGEST_LABEL and quoted:
        label = quoted[1] + "»" * (quoted[1].count("«") - quoted[1].count("»"))
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _known(value: float | None) -> list[float]:
    return [] if value is None else [value]


def _paths(points: Iterable[tuple[float, float | None]]) -> list[str]:
    """Return polylines' points, one text for each unbroken run of at least two."""
    runs: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:g},{y:g}")
    return [" ".join(run) for run in runs if len(run) > 1]


BINS = 20


@dataclass(frozen=True)
class Bin:
    """So many values from `start` on, below `end` (the last bin takes its end too)."""

    x: float
    y: float
    width: float
    height: float
    start: float
    end: float
    count: int


@dataclass(frozen=True)
class Histogram:
    """How many schools have which value; the middle half as a box."""

    width: float
    height: float
    bins: list[Bin]
    box: tuple[float, float, float] | None
    target: float | None
    ticks: list[Tick]


@dataclass(frozen=True)
class TrendPoint:
    """A round's figures; `broken` says that they cannot be compared with the round before."""

    label: str
    value: float | None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    broken: bool = False


@dataclass(frozen=True)
class Trend:
    """A value over rounds with the schools' median and middle half; interrupted where the form changed."""

    width: float
    height: float
    dots: list[Dot]
    paths: list[str]
    medians: list[str]
    bands: list[str]
    labels: list[tuple[float, str]]
    breaks: list[float]
    target: float | None
    ticks: list[Tick]


def histogram(values: Sequence[float], quartiles: tuple[float, float, float] | None, target: float | None) -> Histogram:
    """Return how the values are distributed over bins of one width, from 0 on; what is below 0 counts as 0."""
    top = axis_end([*values, *_known(target)])
    room, floor = HALF_WIDTH - 2 * MARGIN, LINE_HEIGHT - MARGIN
    counts = [0] * BINS
    for value in values:
        counts[min(BINS - 1, int(max(0.0, value) / top * BINS))] += 1
    tallest = max([1, *counts])

    def x(value: float) -> float:
        return round(MARGIN + room * max(0.0, value) / top, 2)

    bins = []
    for number, count in enumerate(counts):
        start, end = top * number / BINS, top * (number + 1) / BINS
        height = round((floor - MARGIN) * count / tallest, 2)
        bins.append(Bin(x(start), round(floor - height, 2), round(room / BINS, 2), height, start, end, count))
    box = None if quartiles is None else (x(quartiles[0]), x(quartiles[1]), x(quartiles[2]))
    line = None if target is None else x(target)
    return Histogram(HALF_WIDTH, LINE_HEIGHT, bins, box, line, [Tick(x(value), value) for value in ticks(top)])


def trend(
    points: Sequence[TrendPoint], target: float | None, *, width: float = WIDTH, upto: float | None = None
) -> Trend:
    """Return rounds from the earliest on; lines and band stop at a missing value and before a broken point.

    The axis reaches to `upto` at least: so that charts side by side have one scale.
    """
    shown = [value for point in points for value in (point.value, point.median, point.upper) if value is not None]
    top = axis_end([*shown, *_known(target), *_known(upto)])
    step = (width - FIRST_ROUND - LAST_ROUND) / max(1, len(points) - 1)
    places = [round(FIRST_ROUND + step * number, 2) for number in range(len(points))]

    def y(value: float | None) -> float | None:
        return (
            None
            if value is None
            else round(LINE_HEIGHT - MARGIN - (LINE_HEIGHT - 2 * MARGIN) * max(0.0, value) / top, 2)
        )

    placed = list(zip(places, points, strict=True))
    runs = _runs(placed)
    dots = [Dot(x, y(point.value) or 0.0, point.label, point.value) for x, point in placed if point.value is not None]
    return Trend(
        width=width,
        height=LINE_HEIGHT,
        dots=dots,
        paths=[path for run in runs for path in _paths((x, y(point.value)) for x, point in run)],
        medians=[path for run in runs for path in _paths((x, y(point.median)) for x, point in run)],
        bands=[band for run in runs for band in _bands([(x, y(point.upper), y(point.lower)) for x, point in run])],
        labels=[(x, point.label) for x, point in placed],
        breaks=[round(x - step / 2, 2) for x, point in placed[1:] if point.broken],
        target=y(target),
        ticks=[Tick(y(value) or 0.0, value) for value in ticks(top)],
    )


def _runs(placed: Sequence[tuple[float, TrendPoint]]) -> list[list[tuple[float, TrendPoint]]]:
    """Return the points split before each that cannot be compared with the one before."""
    runs: list[list[tuple[float, TrendPoint]]] = [[]]
    for x, point in placed:
        if point.broken:
            runs.append([])
        runs[-1].append((x, point))
    return runs


def _bands(points: Sequence[tuple[float, float | None, float | None]]) -> list[str]:
    """Return polygons between upper and lower edges, one for each unbroken run of at least two points."""
    runs: list[list[tuple[float, float, float]]] = [[]]
    for x, upper, lower in points:
        if upper is None or lower is None:
            runs.append([])
        else:
            runs[-1].append((x, upper, lower))
    return [
        " ".join([*(f"{x:g},{upper:g}" for x, upper, _ in run), *(f"{x:g},{lower:g}" for x, _, lower in reversed(run))])
        for run in runs
        if len(run) > 1
    ]
