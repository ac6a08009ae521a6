"""A table of WordprocessingML as a grid: merged cells take their columns, nested tables become text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from lxml import etree

from .document import MOST_COLUMNS
from .docx_numbering import Numbering
from .docx_text import elements, is_strong, local, paragraph_text


class GridRow(TypedDict):
    """What a table row says of itself."""

    cells: tuple[str, ...]
    spanning: bool
    strong: bool
    above: frozenset[int]


def is_frame(table: etree._Element) -> bool:
    """Tell whether a table holds nothing but other tables: one cell with text, and a table in it."""
    cells = [cell for cell in table.iterfind("{*}tr/{*}tc") if any((t.text or "").strip() for t in cell.iter("{*}t"))]
    return len(cells) == 1 and any(local(node) == "tbl" for node in elements(cells[0]))


def grid_rows(table: etree._Element, numbering: Numbering) -> Iterator[GridRow]:
    """Make the rows of a table; a cell merged with the one above repeats its text and says so."""
    before: list[str] = []
    for node in _rows(table):
        cells, above, spanning = _grid_row(node, numbering, before)
        strong = is_strong(node)
        yield {"cells": tuple(cells), "spanning": spanning, "strong": strong, "above": frozenset(above)}
        before = cells


def _grid_row(node: etree._Element, numbering: Numbering, before: list[str]) -> tuple[list[str], set[int], bool]:
    """Return the cells by grid column, the columns merged with the row above, and whether one cell spans all."""
    cells: list[str] = [""] * _skipped_columns(node)
    above: set[int] = set()
    spans = []
    for cell in _cells(node):
        span = _span(cell)
        column = len(cells)
        merged = _goes_on(cell)
        if merged and column < len(before):
            above.add(column)
        cells.append(before[column] if column in above else "" if merged else cell_text(cell, numbering))
        cells.extend([""] * (span - 1))
        spans.append(span)
    return cells[:MOST_COLUMNS], above, len(spans) == 1 and spans[0] > 1


def cell_text(cell: etree._Element, numbering: Numbering) -> str:
    """Return a cell's paragraphs, one a line; a table inside the cell gives a line for each of its rows."""
    lines = []
    for node in elements(cell):
        if local(node) == "p":
            lines.append(paragraph_text(node, numbering))
        else:
            lines += [" ".join(cell_text(inner, numbering) for inner in _cells(row)) for row in _rows(node)]
    return "\n".join(line for line in lines if line.strip()).replace("\t", " ")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _under(table, "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _under(row, "tc")


def _under(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Return the children of a name, content controls and insertions looked through."""
    for node in parent:
        if local(node) == name:
            yield node
        elif local(node) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _under(node, name)


def _span(cell: etree._Element) -> int:
    return max(1, min(_setting(cell.find("{*}tcPr/{*}gridSpan")), MOST_COLUMNS))


def _skipped_columns(row: etree._Element) -> int:
    return min(_setting(row.find("{*}trPr/{*}gridBefore")), MOST_COLUMNS)


def _setting(node: etree._Element | None) -> int:
    value = "" if node is None else next(iter(node.attrib.values()), "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0  # noqa: PLR2004


def _goes_on(cell: etree._Element) -> bool:
    """Tell whether the cell is the lower part of a vertical merge."""
    merge = cell.find("{*}tcPr/{*}vMerge")
    return merge is not None and next(iter(merge.attrib.values()), "continue") == "continue"
