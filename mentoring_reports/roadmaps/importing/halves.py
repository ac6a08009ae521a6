"""Rows torn in two by the end of a page, in the middle of words: put together before the cells are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from mentoring_reports.roadmaps.readers.document import Row

from .looks import is_number, starts_small
from .words import glued_posts, is_one_word


def with_halves_joined(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, those that go on in the middle of a word made one with the row above."""
    made: list[Row] = []
    for row in rows:
        if made and _is_lower_half(made[-1], row):
            made[-1] = _one(made[-1], row)
        else:
            made.append(row)
    return made


def _is_lower_half(upper: Row, lower: Row) -> bool:
    """Tell whether all that a row holds goes on with the cells above it, at least once in the middle of a word."""
    if not (upper.table and lower.table and len(upper.cells) > 1 and len(lower.cells) > 1):
        return False
    pairs = [(a, b) for a, b in zip_longest(upper.cells, lower.cells, fillvalue="") if b]
    if not all(a and _goes_on(b) for a, b in pairs):
        return False
    return any(is_one_word(a, b) for a, b in pairs)


def _goes_on(cell: str) -> bool:
    return (starts_small(cell) or cell[:1].isdigit()) and not is_number(cell)


def _one(upper: Row, lower: Row) -> Row:
    cells = tuple(glued_posts(a, b) for a, b in zip_longest(upper.cells, lower.cells, fillvalue=""))
    width = max([len(upper.cells), *(n for n, cell in enumerate(cells, start=1) if cell)])
    return replace(upper, last=lower.last, cells=cells[:width], joined=True)
