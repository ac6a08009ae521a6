"""How a PDF page is cut into tables without ruling lines, and where their columns are.

A stretch of lines is a table by as many of its lines as have a wide gap at the same place. Places across the page are
bits of a number: what any line covers is an "or" of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import median

from .pdf_runs import Block, Line, crosses, runs_of

# A word ends at a gap wider than this share of the letters' height.
_BLANK = 0.18
# The points of a page that one bit stands for, and the bits that a gutter is wide at least.
_STEP, _GUTTER = 2.0, 2
# What a table, and each of its gutters, must have more than in lines that are parted there.
_COST_OF_TABLE, COST_OF_GUTTER, _COST_OF_CROSSING = 2.0, 3.0, 1.0
_MOST_BITS = 1_000
# Lines further apart than this many usual distances do not go on with a table's last row.
_APART = 1.6


class Stretches:
    """The lines of a page as bits, and the best way to cut them into tables."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._begin = min(line.left for line in lines)
        self._bits = min(int((max(line.right for line in lines) - self._begin) / _STEP) + 1, _MOST_BITS)
        self._tabular = [len(line.runs) > 1 for line in lines]
        self._words = [self._covered(line) if len(line.runs) > 1 else 0 for line in lines]
        self._parted = self._sums([self._gaps(line) for line in lines])
        alone = [0 if len(line.runs) > 1 else self._mask(line.left, line.right) for line in lines]
        self._crossing = self._sums(alone)

    def places(self) -> list[tuple[int, int]]:
        """Return first and last line of every table: the cut that is worth most."""
        worth, begun = [0.0], [-1]
        tables: list[tuple[float, int]] = [(0.0, -1)] * (len(self._lines) + 1)
        for n in range(len(self._lines)):
            for end, value in self._tables(n):
                tables[end + 1] = max(tables[end + 1], (worth[n] + value, n))
            is_end = tables[n + 1][0] > worth[n]
            worth.append(tables[n + 1][0] if is_end else worth[n])
            begun.append(tables[n + 1][1] if is_end else -1)
        return _cut(begun)

    def _tables(self, start: int) -> Iterator[tuple[int, float]]:
        """Return what tables that begin with a line are worth, wherever they end."""
        covered = 0
        for end in range(start, len(self._lines) if self._tabular[start] else start):
            covered |= self._words[end]
            if self._tabular[end]:
                yield end, self._worth(start, end, covered)

    def _worth(self, start: int, end: int, covered: int) -> float:
        worth, crossing = -_COST_OF_TABLE, 0
        for place, width in _blanks(covered):
            middle = place + width // 2
            parted = self._parted[end + 1][middle] - self._parted[start][middle]
            if parted > COST_OF_GUTTER:
                worth += parted - COST_OF_GUTTER
                crossing = max(crossing, self._crossing[end + 1][middle] - self._crossing[start][middle])
        return worth - crossing * _COST_OF_CROSSING

    def block(self, start: int, end: int) -> Block:
        """Return a table with the lines that go on with its last row."""
        covered = 0
        for n in range(start, end + 1):
            covered |= self._words[n]
        gutters = tuple(self._gutters(start, end, covered))
        usual = self._usual_distance()
        while end + 1 < len(self._lines) and not crosses(self._lines[end + 1], gutters):
            if self._lines[end].y - self._lines[end + 1].y > usual * _APART:
                break
            end += 1
        return Block(tuple(self._lines[start : end + 1]), gutters)

    def _gutters(self, start: int, end: int, covered: int) -> Iterator[tuple[float, float]]:
        for place, width in _blanks(covered):
            middle = place + width // 2
            if self._parted[end + 1][middle] - self._parted[start][middle] > COST_OF_GUTTER:
                yield self._begin + place * _STEP, self._begin + (place + width) * _STEP

    def _usual_distance(self) -> float:
        distances = [upper.y - lower.y for upper, lower in pairwise(self._lines)]
        whole = [d for d, line in zip(distances, self._lines, strict=False) if d > line.height * 0.7]
        return median(whole) if whole else self._lines[0].height

    def _mask(self, left: float, right: float) -> int:
        first = max(int((left - self._begin) / _STEP), 0)
        last = min(int((right - self._begin) / _STEP), self._bits - 1)
        return (1 << (last + 1)) - (1 << first) if last >= first else 0

    def _covered(self, line: Line) -> int:
        covered = 0
        for word in runs_of(line.chars, _BLANK * line.height):
            covered |= self._mask(word[0].left, word[-1].right)
        return covered

    def _gaps(self, line: Line) -> int:
        gaps = 0
        for before, after in pairwise(line.runs):
            gaps |= self._mask(before[-1].right, after[0].left)
        return gaps

    def _sums(self, masks: Sequence[int]) -> list[list[int]]:
        """Return for every number of lines, and every place, how many of the lines have the place's bit."""
        rows = ([mask >> bit & 1 for bit in range(self._bits)] for mask in masks)
        none = [0] * self._bits
        return list(accumulate(rows, lambda sums, row: [a + b for a, b in zip(sums, row, strict=True)], initial=none))


def _blanks(covered: int) -> Iterator[tuple[int, int]]:
    """Return place and width of the blank stretches between what is covered."""
    if not covered:
        return
    bits = bin(covered)[:1:-1]
    place = bits.index("1")
    while (begin := bits.find("0", place)) >= 0:
        place = bits.index("1", begin)
        if place - begin >= _GUTTER:
            yield begin, place - begin


def _cut(begun: Sequence[int]) -> list[tuple[int, int]]:
    """Return the tables by where they begin and end, from where the table that ends at each line begins."""
    found = []
    end = len(begun) - 1
    while end > 0:
        if begun[end] >= 0:
            found.append((begun[end], end - 1))
        end = begun[end] if begun[end] >= 0 else end - 1
    return found[::-1]
