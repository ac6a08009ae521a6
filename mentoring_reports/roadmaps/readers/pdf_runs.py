"""The lines of a PDF page as runs of text with wide gaps between: what columns without ruling lines are told by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .pdf_texts import Char, lines_of

# A gap wider than this share of the letters' height may part two columns.
_WIDE = 0.65
# Cells that stand in the middle of their row's height are half a line higher or lower than the others.
_SAME_LINE = 0.62

Gutters = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its runs of text, parted by wide gaps, and its place on the page."""

    runs: tuple[tuple[Char, ...], ...]
    y: float
    height: float

    @property
    def chars(self) -> list[Char]:
        """Return all characters from left to right."""
        return [char for run in self.runs for char in run]

    @property
    def top(self) -> float:
        """Return the height of its highest letter."""
        return max(char.top for run in self.runs for char in run)

    @property
    def bottom(self) -> float:
        """Return the height of its lowest letter."""
        return min(char.bottom for run in self.runs for char in run)

    @property
    def left(self) -> float:
        """Return where the text begins."""
        return self.runs[0][0].left

    @property
    def right(self) -> float:
        """Return where the text ends."""
        return self.runs[-1][-1].right


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines that make a table, and the gutters between its columns from left to right."""

    lines: tuple[Line, ...]
    gutters: Gutters


def made_lines(chars: Sequence[Char]) -> list[Line]:
    """Return the lines of characters from top to bottom."""
    return [_line(line) for line in lines_of(chars, same=_SAME_LINE)]


def crosses(line: Line, gutters: Gutters) -> bool:
    """Tell whether a line's text goes over a gutter without a gap."""
    return any(run[0].left < left and run[-1].right > right for run in line.runs for left, right in gutters)


def _line(chars: list[Char]) -> Line:
    height = median(max(char.top - char.bottom, 1.0) for char in chars)
    return Line(tuple(runs_of(chars, _WIDE * height)), median(char.middle[1] for char in chars), height)


def runs_of(chars: Sequence[Char], gap: float) -> list[tuple[Char, ...]]:
    """Return characters of a line parted where the gap between two of them is wider than this."""
    runs: list[list[Char]] = [[chars[0]]]
    for before, char in pairwise(chars):
        if char.left - before.right > gap:
            runs.append([])
        runs[-1].append(char)
    return [tuple(run) for run in runs]
