"""Cells that were copied one below another: every line is a cell, and the header says how many make a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mentoring_reports.roadmaps.readers.document import Row

from .columns import Column
from .looks import is_number
from .scoring import suits

_LEAST_SHARE = 0.7


def unstacked(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Return rows of several cells, where the lines under a header hold one cell each; else the rows as they are."""
    width = len(columns)
    single = [row for row in rows if row.line and len(row.cells) == 1]
    if width < 3 or len(single) < width or len(single) < len(rows):  # noqa: PLR2004
        return list(rows)
    made, place = [], 0
    while place < len(rows):
        group = rows[place : place + width]
        if _is_row(group, columns):
            cells = tuple(row.text for row in group)
            made.append(Row(group[0].first, group[-1].last, cells, table=1))
            place += width
        else:
            made.append(rows[place])
            place += 1
    whole = sum(len(row.cells) == width for row in made)
    return made if whole * width >= len(rows) * _LEAST_SHARE else [replace(row) for row in rows]


def _is_row(group: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Tell whether as many lines as there are columns hold what the columns say."""
    if len(group) < len(columns):
        return False
    values = [suits(row.text, column.role) for row, column in zip(group, columns, strict=True)]
    numbered = all(is_number(row.text) for row, column in zip(group, columns, strict=True) if column.role == "number")
    return numbered and min(values) > -1.6 and sum(values) > len(columns)  # noqa: PLR2004
