"""Rows torn in two by the end of a page, in the middle of words: put together before the cells are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from mentoring_reports.roadmaps.readers.document import Row

from .looks import is_deadline, is_number, starts_small
from .words import glued, glued_posts, is_one_word


def with_halves_joined(rows: Sequence[Row], width: int) -> list[Row]:
    """Return the rows, those that go on in the middle of a word made one with the row above."""
    made: list[Row] = []
    for row in rows:
        shift = _shift(made[-1], row, width) if made else None
        if shift is None:
            made.append(row)
        else:
            made[-1] = _one(made[-1], replace(row, cells=(*[""] * shift, *row.cells)))
    return made


def _shift(upper: Row, lower: Row, width: int) -> int | None:
    """Return how many tabs the lower half of a row has lost, None where it is no lower half."""
    if not (upper.table and lower.table and len(upper.cells) > 1 and len(lower.cells) > 1):
        return None
    if _is_lower_half(upper.cells, lower.cells):
        return 0
    if upper.line and len(upper.cells) < len(lower.cells) and _is_shifted_half(upper.cells, lower.cells):
        return 0
    if not (upper.line and starts_small(lower.cells[0])):
        return None
    shifts = range(1, min(len(upper.cells), width - len(lower.cells) + 1))
    return next((n for n in shifts if _is_shifted_half(upper.cells[n:], lower.cells)), None)


def _is_lower_half(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether all that a row holds goes on with the cells above it, at least once in the middle of a word."""
    pairs = [(a, b) for a, b in zip_longest(upper, lower, fillvalue="") if b]
    if not all(a and _goes_on(b) for a, b in pairs):
        return False
    return any(is_one_word(a, b) for a, b in pairs)


def _is_shifted_half(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether cells go on with those above, and what is more are the cells that the upper half lacks."""
    pairs = [(a, b) for a, b in zip(upper, lower, strict=False) if b]
    if not pairs or not all(a and _goes_on(b) for a, b in pairs):
        return False
    return any(is_one_word(a, b) or _is_one_deadline(a, b) for a, b in pairs)


def _is_one_deadline(upper: str, lower: str) -> bool:
    """Tell whether two pieces say when only together: «до 10» and «сентября»."""
    return not is_deadline(upper) and is_deadline(glued(upper, lower))


def _goes_on(cell: str) -> bool:
    return (starts_small(cell) or cell[:1].isdigit()) and not is_number(cell)


def _one(upper: Row, lower: Row) -> Row:
    cells = tuple(glued_posts(a, b) for a, b in zip_longest(upper.cells, lower.cells, fillvalue=""))
    width = max([len(upper.cells), *(n for n, cell in enumerate(cells, start=1) if cell)])
    return replace(upper, last=lower.last, cells=cells[:width], joined=True)
