"""Tables without ruling lines on a PDF page: columns are parted where the page stays blank over many lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .pdf_runs import Block, Gutters, Line, crosses
from .pdf_stretches import COST_OF_GUTTER, Stretches

_MOST_LINES = 150
# Lines over the columns (a section's title) that a table on the next page may go on after.
_MOST_ASIDE = 2
# Of the gaps of a page that only goes on with a table, how many are between its columns.
_MOST_GAPS = 0.9


def blocks(lines: Sequence[Line], before: Gutters = (), *, search: bool = True) -> list[Block]:
    """Return the tables among a page's lines, from top to bottom.

    `before` are the gutters that the last page ended with: where the page keeps to them, or is not to be searched,
    nothing else is tried.
    """
    rest = _going_on(lines, before) if before else ()
    if len(lines) > _MOST_LINES or not search or _is_all(rest, lines, before):
        return [Block(rest, before)] if rest else []
    found: list[Block] = []
    if sum(len(line.runs) > 1 for line in lines) > COST_OF_GUTTER:
        page = Stretches(lines)
        found = [page.block(start, end) for start, end in page.places()]
    rest = _going_on(lines[: lines.index(found[0].lines[0])], before) if before and found else rest
    return [*([Block(rest, before)] if rest else []), *found]


def _is_all(rest: Sequence[Line], lines: Sequence[Line], gutters: Gutters) -> bool:
    """Tell whether lines are all of a page that has gaps, and have these where the columns are parted."""
    if sum(len(line.runs) > 1 for line in rest) < sum(len(line.runs) > 1 for line in lines):
        return False
    gaps = [(left[-1].right, right[0].left) for line in rest for left, right in pairwise(line.runs)]
    between = sum(any(left < end and right > begin for left, right in gutters) for begin, end in gaps)
    return between > len(gaps) * _MOST_GAPS


def _going_on(lines: Sequence[Line], gutters: Gutters) -> tuple[Line, ...]:
    """Return the first lines of a page that keep to the columns of the table that the last page ended with."""
    kept = [n for n, line in enumerate(lines) if not crosses(line, gutters)]
    begin, end, aside = kept[0] if kept else 0, 0, 0
    for n, line in enumerate(lines):
        crossing = crosses(line, gutters)
        aside = aside + 1 if crossing else 0
        if aside > _MOST_ASIDE or (crossing and len(line.runs) > 1):
            break
        if len(line.runs) > 1 or (not crossing and (end or line.runs[0][0].text.islower())):
            end = n + 1
    return tuple(lines[begin:end])
