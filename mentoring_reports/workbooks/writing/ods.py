"""An OpenDocument spreadsheet of one sheet, written as text into its archive: the same bytes for the same blocks."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from . import ods_parts
from .blocks import Fact, Gap, Note, Rows, Title
from .cells import MISSING, Cell, Column, Span, Table, clean
from .widths import Widths

LONG_AGO = (1980, 1, 1, 0, 0, 0)
SPACES = re.compile(r"^ +| +$| {2,}")
OUTSIDE_QUOTES = re.compile(r'("[^"]*")')
REFERENCE = re.compile(r"\b([A-Z]{1,3}\d+)(?::([A-Z]{1,3}\d+))?\b")
STYLES = {"text": "general", "number": "general", "date": "date", "flag": "general"}


class Spreadsheet:
    """A file with one sheet, written block by block."""

    def __init__(self, title: str) -> None:
        self._title = clean(title)
        self._rows: list[str] = []
        self._count = 0
        self._used: set[str] = set()
        self._widths = Widths()

    @singledispatchmethod
    def write(self, block: Any) -> None:
        """Write a block below the others; charts are drawn from tables that are there, and are left out."""

    @write.register
    def _(self, block: Title) -> None:
        self._row([self._cell(Cell(block.text, "heading"))])

    @write.register
    def _(self, block: Note) -> None:
        self._row([self._cell(Cell(block.text, "note"))])

    @write.register
    def _(self, block: Fact) -> None:
        self._row([self._cell(Cell(block.label, "label")), self._cell(block.value._replace(style="line"))])

    @write.register
    def _(self, block: Gap) -> None:
        for _place in range(block.rows):
            self._row([])

    @write.register
    def _(self, block: Table) -> None:
        self._widths.measure(block)
        self._headers(block.columns)
        span = Span(self._count, self._count + max(len(block.rows), 1) - 1)
        for row in block.rows:
            self._row([self._cell(cell, span) for cell in row])
        if not block.rows:
            self._row([])
        for row in block.totals:
            self._row([self._cell(cell, span) for cell in row])

    @write.register
    def _(self, block: Rows) -> None:
        self._widths.measure(Table(columns=block.columns, rows=[]))
        self._headers(block.columns)
        styles = [STYLES[kind] for kind in block.kinds]
        for row in block.read():
            self._row([self._cell(Cell(value, style)) for value, style in zip(row, styles, strict=True)])

    def to_bytes(self) -> bytes:
        """Return the file; its first part says, unpacked, what it is."""
        file = io.BytesIO()
        parts = ods_parts.parts(self._title, self._rows, [width for _column, width in self._widths.all()], self._used)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts:
                entry = zipfile.ZipInfo(name, LONG_AGO)
                entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(entry, text)
        return file.getvalue()

    def _headers(self, columns: Sequence[Column]) -> None:
        if any(column.group for column in columns):
            shown = [
                "" if place and column.group == columns[place - 1].group else column.group
                for place, column in enumerate(columns)
            ]
            self._row([self._cell(Cell(name, "header")) for name in shown])
        self._row([self._cell(Cell(column.header, "header")) for column in columns])

    def _row(self, cells: Sequence[str]) -> None:
        self._rows.append(f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>")
        self._count += 1

    def _cell(self, cell: Cell, span: Span | None = None) -> str:
        """Return a cell's XML: its type, its value, its formula, and how it is shown."""
        if cell.style == "blank":
            return "<table:table-cell/>"
        style = cell.style.rpartition(":")[2]
        self._used.add(style)
        value = MISSING if cell.value is None else cell.value
        formula = _formula(cell.formula, self._count + 1, span) if cell.formula else ""
        return f'<table:table-cell table:style-name="{style}"{formula}{_typed(value, style)}</table:table-cell>'


def _typed(value: str | float | dt.date, style: str) -> str:
    if isinstance(value, str):
        return f' office:value-type="string">{_text(clean(value))}'
    if isinstance(value, dt.date):
        return f' office:value-type="date" office:date-value="{value.isoformat()[:10]}">'
    kind = "percentage" if style.startswith("percent") else "float"
    return f' office:value-type="{kind}" office:value="{float(value)!r}">'


def _text(text: str) -> str:
    """Return paragraphs; spaces and tabs have marks of their own, or they would run together."""
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))


def _line(line: str) -> str:
    safe = escape(line).replace("\t", "<text:tab/>")
    return SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', safe)


def _formula(formula: str, row: int, span: Span | None) -> str:
    """Return a formula in OpenDocument's words: semicolons, and brackets around references."""
    rows = {"first": span.first + 1, "last": span.last + 1} if span else {}
    plain = formula.format(row=row, **rows).replace("_xlfn.", "COM.MICROSOFT.").removeprefix("=")
    said = "".join(
        part if place % 2 else REFERENCE.sub(_reference, part.replace(",", ";"))
        for place, part in enumerate(OUTSIDE_QUOTES.split(plain))
    )
    return f" table:formula={quoteattr(f'of:={said}')}"


def _reference(found: re.Match[str]) -> str:
    return f"[.{found[1]}:.{found[2]}]" if found[2] else f"[.{found[1]}]"
