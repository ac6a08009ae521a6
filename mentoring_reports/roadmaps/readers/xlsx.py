"""XLSX through openpyxl's read-only mode; merged cells are looked up beside it, as that mode does not know them."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl.utils import range_boundaries

from .archives import markup, opened
from .document import MOST_COLUMNS, MOST_ROWS, Row
from .errors import UnreadableDocument
from .registry import reader
from .xlsx_cells import written

_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_MOST_MERGES = 10_000
# Rows without a word are passed over; a sheet that claims more of them than this is not a plan.
_LAST_ROW = 100_000


@reader("xlsx")
def read(content: bytes) -> Iterator[Row]:
    """Make a row of every row of every visible sheet, numbered on from sheet to sheet."""
    archive = opened(content)
    for part in (name for name in archive.namelist() if name.endswith((".xml", ".rels"))):
        markup(archive, part)
    numbered = 0
    for table, sheet in enumerate(_sheets(content), start=1):
        last = 0
        for row in _rows(sheet, _merges(archive, sheet), table, numbered):
            last = row.last
            yield row
        numbered = max(last, numbered)


def _sheets(content: bytes) -> list[Any]:
    """Open the workbook; whatever openpyxl stumbles over is a damaged file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:
        raise UnreadableDocument("damaged") from error
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _rows(sheet: Any, merges: list[tuple[int, int, int, int]], table: int, before: int) -> Iterator[Row]:
    """Make the rows of one sheet; `before` is how many rows the sheets before it had."""
    above: list[str] = []
    joined, spanning = _merged_with_above(merges), _spanning(merges)
    for number, values in enumerate(_values(sheet), start=1):
        cells = [written(value) for value in values]
        merged = frozenset(column for column in joined.get(number, ()) if column < min(len(cells), len(above)))
        for column in merged:
            cells[column] = above[column]
        place = before + number
        if any(cells):
            yield Row(place, place, tuple(cells), table, spanning=number in spanning, above=merged)
        above = cells


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a sheet, not trusting what it says of its own size."""
    sheet.reset_dimensions()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS)):
                if number > _LAST_ROW:
                    raise UnreadableDocument("too_large")
                yield cells
    except UnreadableDocument:
        raise
    except Exception as error:
        raise UnreadableDocument("damaged") from error


def _merges(archive: ZipFile, sheet: Any) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges of a sheet as (first column, first row, last column, last row), from 1."""
    part = str(sheet._worksheet_path).lstrip("/")
    if part not in archive.namelist():
        return []
    found = _MERGE.findall(markup(archive, part))[:_MOST_MERGES]
    return [_bounds(ref.decode()) for ref in found]


def _bounds(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference)
    return left or 1, top or 1, right or 1, bottom or 1


def _merged_with_above(merges: list[tuple[int, int, int, int]]) -> dict[int, set[int]]:
    """Return, by row, the columns (from 0) whose cell is the lower part of a vertical merge."""
    joined: dict[int, set[int]] = {}
    for left, top, _, bottom in merges:
        for row in range(top + 1, min(bottom, top + MOST_ROWS) + 1):
            joined.setdefault(row, set()).add(left - 1)
    return joined


def _spanning(merges: list[tuple[int, int, int, int]]) -> set[int]:
    """Return the rows in which one cell spans at least three columns."""
    return {top for left, top, right, bottom in merges if top == bottom and right - left > 1}
