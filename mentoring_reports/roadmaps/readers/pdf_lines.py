"""The ruling lines of a PDF page, and the grids that they make."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

# In points: what is thinner is a line; what is nearer is the same place.
_THIN, _NEAR, _SHORT = 3.0, 3.0, 4.0
_MOST_LINES = 20_000
# A table that a page ends is open there: this many lines down go on, at least so far.
_LEAST_DOWN, _OPEN = 3, 8.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: its place across, and from where to where it goes."""

    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: `xs` from left to right, `ys` from top to bottom, and the rulings themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]


def grids(page: Any) -> list[Grid]:
    """Return the tables of a page, from top to bottom."""
    across, down = _rulings(page)
    made = [_grid(*group) for group in _connected(across, down)]
    return sorted((grid for grid in made if len(grid.xs) > 2 and len(grid.ys) > 1), key=lambda g: -g.ys[0])  # noqa: PLR2004


def lines_across(page: Any) -> list[Ruling]:
    """Return the ruling lines across a page."""
    return _rulings(page)[0]


def _rulings(page: Any) -> tuple[list[Ruling], list[Ruling]]:
    """Return the lines across and the lines down the page."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    for x1, y1, x2, y2 in _edges(page):
        if abs(y1 - y2) <= _THIN and abs(x1 - x2) > _SHORT:
            across.append(Ruling((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
        elif abs(x1 - x2) <= _THIN and abs(y1 - y2) > _SHORT:
            down.append(Ruling((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
        if len(across) + len(down) > _MOST_LINES:
            raise OverflowError
    return across, down


def _edges(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Return the straight edges of all paths; a thin box is one line, a box its four sides."""
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = shape.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            yield (left, bottom, right, top)
            continue
        points = list(_points(shape))
        for (x1, y1, _), (x2, y2, drawn) in pairwise(points):
            if drawn:
                yield (x1, y1, x2, y2)


def _points(shape: Any) -> Iterator[tuple[float, float, bool]]:
    """Return a path's points on the page, each with whether a line leads to it; closed paths lead back."""
    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for number in range(min(max(pdfium.FPDFPath_CountSegments(shape.raw), 0), _MOST_LINES)):
        segment = pdfium.FPDFPath_GetPathSegment(shape.raw, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        first = point if kind == pdfium.FPDF_SEGMENT_MOVETO or first is None else first
        yield (*point, kind == pdfium.FPDF_SEGMENT_LINETO)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield (*first, True)


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Group the lines by tables: two lines that touch are of the same one."""
    groups: list[tuple[float, float, list[Ruling], list[Ruling]]] = []
    for line in sorted(down, key=lambda line: line.end, reverse=True):
        for n, (low, high, _, lines) in enumerate(groups):
            if line.end >= low - _NEAR and line.start <= high + _NEAR:
                lines.append(line)
                groups[n] = (min(low, line.start), max(high, line.end), groups[n][2], lines)
                break
        else:
            groups.append((line.start, line.end, [], [line]))
    for ruling in across:
        for low, high, lines, _ in groups:
            if low - _NEAR <= ruling.place <= high + _NEAR:
                lines.append(ruling)
                break
    return [(lines, verticals) for _, _, lines, verticals in groups]


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid:
    xs = _places(line.place for line in down)
    ys = _places([*(line.place for line in across), *_open_ends(across, down)])
    return Grid(tuple(xs), tuple(reversed(ys)), tuple(across), tuple(down))


def _open_ends(across: list[Ruling], down: list[Ruling]) -> list[float]:
    """Return where a table goes on over the first or last line across: the page ended inside of it."""
    if not across or len(down) < _LEAST_DOWN:
        return []
    low, high = min(line.place for line in across), max(line.place for line in across)
    tops = [line.end for line in down if line.end > high + _OPEN]
    bottoms = [line.start for line in down if line.start < low - _OPEN]
    return [
        value
        for values, value in ((tops, max(tops, default=0)), (bottoms, min(bottoms, default=0)))
        if len(values) >= _LEAST_DOWN
    ]


def _places(values: Iterable[float]) -> list[float]:
    """Return places in order, those that are nearly the same as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def is_drawn(rulings: Iterable[Ruling], place: float, at: float) -> bool:
    """Tell whether a line is drawn at a place, where `at` is along it."""
    return any(abs(r.place - place) <= _NEAR and r.start - 1 <= at <= r.end + 1 for r in rulings)
