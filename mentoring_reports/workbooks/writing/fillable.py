"""An XLSX form that people fill in and send back: only its input cells are open, and a hidden sheet says what it is.

What it asks, and in which words, is the caller's affair; nothing here knows a report.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from .cells import clean
from .page import MOST_HEIGHT
from .printing import A4
from .widths import LINE_HEIGHT, PER_WIDTH, lines_of

EXACT_DIGITS = 15  # a spreadsheet keeps so many of a number; a longer one is written as text
HIDDEN_SHEET = "portal"
MARKS_ROW = 0  # hidden: the names by which columns are found again, wherever they are moved
INK, LINE, HEAD, GROUP, QUIET, OPEN = "#1d2733", "#c9d1da", "#e8eef5", "#d5e1ee", "#7b8794", "#fff9e3"
DASHES = ("\N{EM DASH}", "\N{EN DASH}", "-")
Value = Decimal | str | None


class Opening(StrEnum):
    """What people may write into a column."""

    NOTHING = "closed"
    NUMBER = "open number"
    TEXT = "open text"


class FillColumn(NamedTuple):
    """A column: the name by which it is found again, its header, its width in characters, and what is filled in."""

    mark: str
    header: str
    width: float
    opening: Opening = Opening.NOTHING


@dataclass(frozen=True)
class Limits:
    """What a spreadsheet refuses to have typed into a cell, and the words for it; a dash is always taken."""

    whole: bool
    minimum: Decimal | None
    maximum: Decimal | None
    title: str
    message: str


@dataclass(frozen=True)
class FillRow:
    """A line of the form: its cells by the column's mark. Without cells it is a heading."""

    code: str
    cells: Mapping[str, Value] = field(default_factory=dict)
    heading: str = ""
    closed: frozenset[str] = frozenset()
    limits: Limits | None = None


@dataclass(frozen=True)
class FillableForm:
    """A whole form; its first column holds the codes. `hidden` is what the hidden sheet holds, row by row, as text."""

    title: str
    sheet: str
    author: str
    introduction: Sequence[str]
    columns: Sequence[FillColumn]
    rows: Sequence[FillRow]
    hidden: Sequence[Sequence[str]]


def write_form(form: FillableForm) -> bytes:
    """Return the form as an XLSX file; the same form gives the same bytes but for the time in its properties."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": clean(form.title), "author": clean(form.author)})
    _FormPage(book, form).write()
    _write_hidden(book, form.hidden)
    book.close()
    return file.getvalue()


def _write_hidden(book: Any, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(HIDDEN_SHEET)
    sheet.very_hidden()
    sheet.protect()
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, clean(text))


class _FormPage:
    """The sheet that people see, written from top to bottom."""

    def __init__(self, book: Any, form: FillableForm) -> None:
        self._form, self._sheet = form, book.add_worksheet(form.sheet)
        self._formats = _formats(book)
        self._row = MARKS_ROW

    def write(self) -> None:
        """Write everything and close what is not to be filled in."""
        self._set_up()
        self._write_marks()
        for number, line in enumerate([self._form.title, *self._form.introduction]):
            self._sheet.write_string(self._row, 1, clean(line), self._formats["note" if number else "title"])
            self._row += 1
        self._write_header()
        for row in self._form.rows:
            self._write_heading(row) if row.heading else self._write_row(row)

    def _set_up(self) -> None:
        for place, column in enumerate(self._form.columns):
            self._sheet.set_column(place, place, column.width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.protect("", {"format_columns": True, "format_rows": True})

    def _write_marks(self) -> None:
        for place, column in enumerate(self._form.columns):
            self._sheet.write_string(self._row, place, column.mark)
        self._sheet.set_row(self._row, None, None, {"hidden": True})
        self._row += 1

    def _write_header(self) -> None:
        for place, column in enumerate(self._form.columns):
            self._sheet.write_string(self._row, place, clean(column.header), self._formats["header"])
        height = max(lines_of(column.header, column.width) for column in self._form.columns)
        self._sheet.set_row(self._row, LINE_HEIGHT * height + 4)
        self._sheet.repeat_rows(self._row)
        self._row += 1
        self._sheet.freeze_panes(self._row, 2)

    def _write_heading(self, row: FillRow) -> None:
        for place in range(len(self._form.columns)):
            self._sheet.write_blank(self._row, place, None, self._formats["group"])
        self._sheet.write_string(self._row, 1, clean(row.heading), self._formats["group"])
        self._row += 1

    def _write_row(self, row: FillRow) -> None:
        height = 1
        for place, column in enumerate(self._form.columns):
            value = row.cells.get(column.mark) if place else row.code
            opening = Opening.NOTHING if column.mark in row.closed else column.opening
            self._write_cell(place, value, self._formats[opening if place else "code"])
            if isinstance(value, str) and place:
                height = max(height, sum(lines_of(line, column.width * PER_WIDTH) for line in value.split("\n")))
            if row.limits and opening is Opening.NUMBER:
                self._limit(place, row.limits)
        self._sheet.set_row(self._row, min(MOST_HEIGHT, LINE_HEIGHT * height + 3))
        self._row += 1

    def _write_cell(self, place: int, value: Value, look: Any) -> None:
        if value is None or value == "":
            self._sheet.write_blank(self._row, place, None, look)
        elif isinstance(value, str):
            self._sheet.write_string(self._row, place, clean(value), look)
        elif len(value.as_tuple().digits) > EXACT_DIGITS:
            self._sheet.write_string(self._row, place, f"{value:f}".replace(".", ","), look)
        else:
            self._sheet.write_number(self._row, place, float(value), look)

    def _limit(self, place: int, limits: Limits) -> None:
        rule = {"validate": "custom", "value": _rule(xl_rowcol_to_cell(self._row, place), limits)}
        words = {"error_title": limits.title[:32], "error_message": limits.message[:255]}
        self._sheet.data_validation(self._row, place, self._row, place, rule | words)


def _rule(cell: str, limits: Limits) -> str:
    """Return the formula that a cell must satisfy: a number within its limits, or a dash."""
    wanted = [f"ISNUMBER({cell})"]
    if limits.minimum is not None:
        wanted.append(f"{cell}>={limits.minimum.normalize():f}")
    if limits.maximum is not None:
        wanted.append(f"{cell}<={limits.maximum.normalize():f}")
    if limits.whole:
        wanted.append(f"{cell}=INT({cell})")
    dashes = ",".join(f'{cell}="{dash}"' for dash in DASHES)
    return f"=OR({dashes},IF(ISNUMBER({cell}),AND({','.join(wanted)}),FALSE))"


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "border_color": LINE, "valign": "top"}
    cell = {**base, "border": 1, "text_wrap": True}
    looks = {
        "title": {**base, "bold": True, "font_size": 14},
        "note": base,
        "header": {**cell, "bold": True, "bg_color": HEAD, "align": "center", "valign": "vcenter"},
        "group": {**base, "bold": True, "bg_color": GROUP, "top": 1, "bottom": 1},
        "code": {**cell, "font_color": QUIET, "font_size": 8, "text_wrap": False},
        Opening.NOTHING: {**cell, "num_format": "General"},
        Opening.NUMBER: {**cell, "bg_color": OPEN, "num_format": "General", "locked": False},
        Opening.TEXT: {**cell, "bg_color": OPEN, "num_format": "@", "locked": False},
    }
    return {name: book.add_format(look) for name, look in looks.items()}
