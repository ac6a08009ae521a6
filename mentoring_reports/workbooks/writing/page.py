"""A sheet of a book, written block by block from top to bottom: styled, named, ready for A4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from mentoring_reports.indicators.formulas import rounded

from . import drawing, printing
from .blocks import Block, Chart, Charts, EndOfPrint, Fact, Gap, Layout, Note, Rows, Title
from .cells import MISSING, Cell, Column, Span, Table, groups
from .streaming import format_columns_from, write_cell, write_cells, write_rows
from .widths import LINE_HEIGHT, PER_WIDTH_BOLD, Widths, lines_of, wrapped

if TYPE_CHECKING:
    from .styles import Styles
    from .writer import Book

HEADER_LINES, GROUP_LINES = 5, 7
MOST_HEIGHT = 400
DIGITS = 15
KINDS = {"text": "cell", "number": "general", "date": "date", "flag": "cell"}  # styles of long tables
# What a protected sheet still lets people do: everything but typing over the formulas of totals.
ALLOWED = dict.fromkeys(
    (
        "objects", "scenarios", "format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows",
        "insert_hyperlinks", "delete_columns", "delete_rows", "sort", "autofilter", "pivot_tables",
    ),
    True,
)  # fmt: skip
Progress = Callable[[int], object]


def silent(rows: int) -> None:
    """Tell nobody how many rows are written."""


class Page:
    """A sheet that is written from top to bottom. `row` is the next free one, from 0."""

    def __init__(self, book: Book, sheet: Any, styles: Styles, *, footer: str) -> None:
        self.book, self.sheet, self.styles = book, sheet, styles
        self.widths = Widths()
        self.spans: dict[str, Span] = {}
        self.spread: tuple[list[tuple[int, int]], int] = ([], 0)
        self.row = 0
        self._live = False
        self._last_printed: int | None = None
        self._charts: list[tuple[int, Sequence[Chart]]] = []
        printing.set_up(sheet, footer)

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return str(self.sheet.get_name())

    def write(self, blocks: Iterable[Block], progress: Progress = silent) -> None:
        """Write the blocks one below the other; `progress` is told how many rows of figures were added."""
        for block in blocks:
            self._write(block, progress)

    @singledispatchmethod
    def _write(self, block: Any, progress: Progress) -> None:
        raise TypeError(type(block))

    @_write.register
    def _(self, block: Title, progress: Progress) -> None:
        self.sheet.set_row(self.row, 26 if block.style == "title" else 20)
        self._text(0, block.text, self.styles.plain(block.style))
        self.row += 1

    @_write.register
    def _(self, block: Note, progress: Progress) -> None:
        self._text(0, block.text, self.styles.plain(block.style))
        self.row += 1

    @_write.register
    def _(self, block: Fact, progress: Progress) -> None:
        self._text(0, block.label, self.styles.plain("label"))
        self._cell(1, block.value._replace(style="line"), self.styles.plain("line"))
        self.row += 1

    @_write.register
    def _(self, block: Gap, progress: Progress) -> None:
        self.row += block.rows

    @_write.register
    def _(self, block: EndOfPrint, progress: Progress) -> None:
        self._last_printed = self.row - 1

    @_write.register
    def _(self, block: Charts, progress: Progress) -> None:
        self._charts.append((self.row, block.charts))  # drawn when all tables that they name are written
        self.row += drawing.rows_of(block.charts)

    @_write.register
    def _(self, block: Table, progress: Progress) -> None:
        self.widths.measure(block)
        top = self.row
        self._headers(block.columns)
        span = Span(self.row, self.row + max(len(block.rows), 1) - 1)
        tell = _added(progress)
        if not write_cells(self.sheet, self.row, block.rows, self.styles.of, height=self._height, progress=tell):
            for place, row in enumerate(block.rows):
                self._row(row, span)
                if place % 1000 == 999:  # noqa: PLR2004
                    tell(place + 1)
            tell(len(block.rows))
        self.row = span.last + 1
        for row in block.totals:
            self._row(row, span, total=True)
        self._finish_table(block, top, span)

    @_write.register
    def _(self, block: Rows, progress: Progress) -> None:
        self.widths.measure(Table(columns=block.columns, rows=[]))
        top, tell = self.row, _added(progress)
        self._headers(block.columns)
        first, formats = self.row, [self.styles.of(Cell(None, KINDS[kind])) for kind in block.kinds]
        missing = self.styles.of(Cell(None, "missing"))
        self.row += write_rows(self.sheet, first, block.kinds, formats, block.read(), missing=missing, progress=tell)
        span = Span(first, max(first, self.row - 1))
        named = Span(top, span.last)  # with the headers, as pivot tables want them
        self._finish_table(Table(columns=block.columns, rows=[], pinned=block.alone, filtered=block.alone), top, span)
        self.book.name(block.name, self.name, named, len(block.columns))

    def finish(self, layout: Layout = Layout.WIDTH) -> None:
        """Draw the charts, set the columns' widths, protection and print; call it when everything is written."""
        for row, charts in self._charts:
            drawing.draw(self, row, charts)
        free = self.styles.plain("free") if self._live else None
        for column, width in self.widths.all():
            self.sheet.set_column(column, column, width, free)
        if self._live:
            format_columns_from(self.sheet, self.widths.count, free)
            self.sheet.protect("", ALLOWED)
        printing.fit(self, layout)
        if self._last_printed is not None:
            self.sheet.print_area(0, 0, self._last_printed, drawing.last_column(self, self._charts))

    def _headers(self, columns: Sequence[Column]) -> None:
        if any(column.group for column in columns):
            self._groups(columns)
        heights = [
            lines_of(column.header, self.widths.of(place) * PER_WIDTH_BOLD) for place, column in enumerate(columns)
        ]
        self.sheet.set_row(self.row, LINE_HEIGHT * min(HEADER_LINES, max(heights)) + 4)
        for place, column in enumerate(columns):
            self._text(place, column.header, self.styles.plain("header"))
        self.row += 1

    def _groups(self, columns: Sequence[Column]) -> None:
        """Write each group's name above its columns, over several rows: cells that run over, none merged."""
        spans = list(groups(columns))
        names = [
            wrapped(columns[start].group, sum(map(self.widths.of, range(start, end))) * PER_WIDTH_BOLD)[:GROUP_LINES]
            for start, end in spans
        ]
        height = max(map(len, names))
        for line in range(height):
            for (start, end), name in zip(spans, names, strict=True):
                for place in range(start, end):
                    edges = {"left": int(place == start), "right": int(place == end - 1), "top": int(line == 0)}
                    look = self.styles.plain(
                        "group" if name else "header", **(edges | {"border": 0, "text_wrap": False})
                    )
                    text = name[line] if place == start and line < len(name) else ""
                    self._text(place, text, look) if text else self.sheet.write_blank(self.row, place, None, look)
            self.row += 1

    def _row(self, row: Sequence[Cell], span: Span, *, total: bool = False) -> None:
        if height := self._height(row):
            self.sheet.set_row(self.row, height)
        for place, cell in enumerate(row):
            self._cell(place, cell, self.styles.of(cell, total=total), span)
        self.row += 1

    def _height(self, row: Sequence[Cell]) -> float | None:
        """Return how high a row has to be for the texts that break in it; None where no text does."""
        lines = 1
        for place, cell in enumerate(row):
            if cell.style == "text" and isinstance(cell.value, str):
                lines = max(lines, self.widths.lines(place, cell.value))
        return min(MOST_HEIGHT, LINE_HEIGHT * lines + 2) if lines > 1 else None

    def _cell(self, column: int, cell: Cell, look: Any, span: Span | None = None) -> None:
        if cell.formula:
            self._formula(column, cell, look, span)
        else:
            write_cell(self.sheet, self.row, column, cell, look)

    def _formula(self, column: int, cell: Cell, look: Any, span: Span | None) -> None:
        rows = {"first": span.first + 1, "last": span.last + 1} if span else {}
        formula = cell.formula.format(row=self.row + 1, **rows)
        self.sheet.write_formula(self.row, column, formula, look, _kept(cell.value))
        self._live = True

    def _text(self, column: int, text: str, look: Any) -> None:
        """Write a text as a text; an empty one leaves the cell empty."""
        write_cell(self.sheet, self.row, column, Cell(text), look)

    def _finish_table(self, table: Table, top: int, span: Span) -> None:
        if table.pinned:
            self.spread = list(groups(table.columns)), table.fixed
        header, last = span.first - 1, len(table.columns) - 1
        if table.listed:
            drawing.list_table(self, table, header, span)
        elif table.filtered:
            self.sheet.autofilter(header, 0, span.last, last)
        if table.pinned:
            self.sheet.freeze_panes(span.first, table.fixed)
            printing.repeat(self.sheet, top, header, table.fixed)
        drawing.bars_in_cells(self.sheet, table, span)
        self._name(table, span)

    def _name(self, table: Table, span: Span) -> None:
        if not table.name:
            return
        self.spans[table.name] = span
        if not table.listed:
            self.book.name(table.name, self.name, span, len(table.columns))
        if table.totals:
            totals = Span(span.last + 1, span.last + len(table.totals))
            self.book.name(f"{table.name}_total", self.name, totals, len(table.columns))


def _added(progress: Progress) -> Progress:
    """Return what is told how many rows are written in all, and tells `progress` how many were added."""
    told = 0

    def tell(rows: int) -> None:
        nonlocal told
        progress(rows - told)
        told = rows

    return tell


def _kept(value: str | float | dt.date | None) -> str | float | dt.date:
    """Return a formula's value with the digits that spreadsheets keep of what they compute, rounded as they do."""
    if value is None:
        return MISSING
    if not isinstance(value, float) or not value:
        return value
    exact = Decimal(repr(value))
    return float(rounded(exact, DIGITS - 1 - exact.adjusted()))
