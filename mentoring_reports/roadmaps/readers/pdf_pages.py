"""A PDF page to rows: tables by their ruling lines or their blank gutters, the rest line by line, in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Any

from .pdf_columns import blocks
from .pdf_lines import Grid, grids, is_drawn, lines_across
from .pdf_runs import Gutters, Line, made_lines
from .pdf_texts import Char, Chars, line_text, text_of
from .pdf_unruled import rows_of

_Row = dict[str, Any]
# Of a grid's columns and rows; more is a drawing.
_MOST_COLUMNS, _MOST_ROWS = 40, 400


def page_rows(page: Any, chars: Chars, before: Gutters = (), *, search: bool = True) -> tuple[list[_Row], Gutters]:
    """Return the rows of a page, and the gutters of a table that may go on; `table` counts the page's tables from 1.

    Tables without ruling lines are looked for with `search`, otherwise only gone on with.
    """
    placed: list[tuple[float, _Row]] = []
    free = chars.all
    number = 0
    for number, grid in enumerate(grids(page), start=1):
        if len(grid.xs) > _MOST_COLUMNS or len(grid.ys) > _MOST_ROWS:
            continue
        inside = [char for char in free if _is_inside(char, grid)]
        free = [char for char in free if not _is_inside(char, grid)]
        placed += _table(grid, inside, number)
    lines = made_lines(free)
    tables = blocks(lines, before, search=search)
    for number, block in enumerate(tables, start=number + 1):  # noqa: B020  (it goes on after the grids)
        placed += rows_of(block, lines_across(page), number)
        tabled = set(map(id, block.lines))
        lines = [line for line in lines if id(line) not in tabled]
    placed += [(line.y, _line(line)) for line in lines]
    rows = [row for _, row in sorted(placed, key=lambda place: -place[0])]
    return rows, tables[-1].gutters if tables else ()


def _is_inside(char: Char, grid: Grid) -> bool:
    x, y = char.middle
    return grid.xs[0] <= x <= grid.xs[-1] and grid.ys[-1] <= y <= grid.ys[0]


def _line(line: Line) -> _Row:
    return {"cells": [line_text(line.chars)], "table": 0, "spanning": False, "above": []}


def _table(grid: Grid, chars: list[Char], number: int) -> list[tuple[float, _Row]]:
    """Return the rows of a grid with their heights on the page."""
    roots = _merged(grid)
    texts: dict[tuple[int, int], list[Char]] = defaultdict(list)
    down = [-y for y in grid.ys]
    for char in chars:
        x, y = char.middle
        texts[roots[(_band(down, -y), _band(grid.xs, x))]].append(char)
    written = {root: text_of(inside) for root, inside in texts.items()}
    rows = [_row(grid, place, roots, written, number) for place in range(len(grid.ys) - 1)]
    return [(grid.ys[place], row) for place, row in enumerate(rows) if any(row["cells"])]


def _band(places: Any, at: float) -> int:
    return min(max(bisect_right(places, at) - 1, 0), len(places) - 2)


def _row(grid: Grid, place: int, roots: dict, written: dict, number: int) -> _Row:
    """Return one row; a cell merged with the one above repeats its text."""
    width = len(grid.xs) - 1
    cells, above = [""] * width, []
    for column in range(width):
        root = roots[(place, column)]
        if root[1] == column:
            cells[column] = written.get(root, "")
        if root[0] < place and root[1] == column and cells[column]:
            above.append(column)
    spanning = width > 1 and all(roots[(place, column)] == (place, 0) for column in range(width))
    return {"cells": cells, "table": number, "spanning": spanning, "above": above}


def _merged(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return, for every field of the grid, the top left field of the cell that it is a part of."""
    roots: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(zip(grid.ys, grid.ys[1:], strict=False)):
        for column, (left, right) in enumerate(zip(grid.xs, grid.xs[1:], strict=False)):
            roots[(row, column)] = (row, column)
            if column and not is_drawn(grid.down, left, (top + bottom) / 2):
                roots[(row, column)] = roots[(row, column - 1)]
            elif row and not is_drawn(grid.across, top, (left + right) / 2):
                roots[(row, column)] = roots[(row - 1, column)]
    return roots
