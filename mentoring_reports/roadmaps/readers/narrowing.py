"""Sheets are as wide as the reader looks; columns at their right edge that no row uses are no columns of the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .document import Row


def narrowed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows without the empty columns at the right; all rows of a table keep one width."""
    found = tuple(rows)
    widths: dict[int, int] = {}
    for row in found:
        widths[row.table] = max(widths.get(row.table, 0), _used(row.cells))
    return tuple(replace(row, cells=row.cells[: widths[row.table]]) if row.table else row for row in found)


def _used(cells: tuple[str, ...]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
