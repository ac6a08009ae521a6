"""The only place with XlsxWriter: a book and its pages, styled, printed on A4, the same bytes for the same data."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from .cells import MISSING, Cell, Column, Span, Table, clean
from .styles import Styles

LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 9
# A wide sheet is printed at this scale; then so many characters fit across a landscape A4 page.
WIDE_SCALE, PAGE_WIDTH = 60, 165
ONE_PAGE_WIDTH = 220  # up to here a sheet is shrunk to one page instead
PER_WIDTH = 1.12  # characters of ordinary text on one unit of a column's width
A4 = 9
HEADER_LINES = 5
LINE_HEIGHT, MOST_HEIGHT = 13.5, 400


class Book:
    """An XLSX file in memory. Nothing that it is given as text becomes a formula, a link or a number."""

    def __init__(self, *, title: str, author: str, created: dt.datetime) -> None:
        self._file = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "dd.mm.yyyy",
            },
        )
        self._book.set_properties(
            {"title": clean(title), "author": clean(author), "company": clean(author), "created": created}
        )
        self._book.set_calc_mode("auto")
        self._styles = Styles(self._book)
        self._names: set[str] = set()
        self._footer = clean(title)

    def page(self, name: str) -> Page:
        """Add a sheet."""
        safe = self._free_name(name)
        return Page(self._book, self._book.add_worksheet(safe), self._styles, footer=self._footer)

    def to_bytes(self) -> bytes:
        """Close the book and return the file."""
        self._book.close()
        return self._file.getvalue()

    def _free_name(self, name: str) -> str:
        """Return a name that spreadsheets take: no brackets, colons or slashes, short, used once."""
        stem = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip("' ")[:LONGEST_SHEET_NAME] or _("Sheet")
        free, count = stem, 1
        while free.casefold() in self._names:
            count += 1
            free = f"{stem[: LONGEST_SHEET_NAME - len(str(count)) - 1]} {count}"
        self._names.add(free.casefold())
        return free


class Page:
    """A sheet that is written from top to bottom."""

    def __init__(self, book: Any, sheet: Any, styles: Styles, *, footer: str) -> None:
        self._book, self._sheet, self._styles = book, sheet, styles
        self._widths: dict[int, float] = {}
        self._fixed: dict[int, float] = {}
        self.row = 0
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        pages = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
        sheet.set_footer(f"&L&8{footer.replace('&', '&&')[:150]}&R&8{pages}")

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return str(self._sheet.get_name())

    def title(self, text: str, style: str = "title") -> None:
        """Write a heading; it may run over the columns to its right."""
        self._sheet.write_string(self.row, 0, clean(text), self._styles.plain(style))
        self._sheet.set_row(self.row, 26 if style == "title" else 20)
        self.row += 1

    def text(self, text: str, style: str = "note") -> None:
        """Write a line that may run over the columns to its right."""
        self._sheet.write_string(self.row, 0, clean(text), self._styles.plain(style))
        self.row += 1

    def line(self, label: str, value: Cell) -> None:
        """Write a label and, beside it, a value."""
        self._write(self.row, 0, Cell(label, "label"))
        self._write(self.row, 1, value._replace(style="line"))
        self.row += 1

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def table(self, table: Table, *, freeze: int | None = None) -> Span:
        """Write a table and return where its rows lie. `freeze`: keep the header and so many columns in view."""
        top = self.row
        self._measure(table)
        self._headers(table.columns)
        header = self.row - 1
        first = self.row
        for row in table.rows:
            self._cells(row)
        last = max(first, self.row - 1)
        if not table.rows:
            self.row += 1
        if table.filtered:
            self._sheet.autofilter(header, 0, last, len(table.columns) - 1)
        for row in table.totals:
            self._cells(row, total=True)
        if freeze is not None:
            self._sheet.freeze_panes(first, freeze)
            self._sheet.repeat_rows(top, header)
        return Span(first, last)

    def first_row_of(self, columns: Sequence[Column]) -> int:
        """Return the row where the rows of a table with these columns would start now."""
        return self.row + (2 if any(column.group for column in columns) else 1)

    def on_one_page(self) -> None:
        """Print the whole sheet on one page."""
        self._sheet.fit_to_pages(1, 1)

    def spread_over_pages(self, columns: Sequence[Column], fixed: int) -> None:
        """Print a wide sheet over pages that stay readable: the first columns on each, no group torn apart."""
        if sum(self._width(place) for place in self._widths) <= ONE_PAGE_WIDTH:
            return
        room = PAGE_WIDTH - sum(self._width(place) for place in range(fixed))
        breaks, used = [], 0.0
        for start, end in _groups(columns)[fixed:]:
            width = sum(self._width(place) for place in range(start, end))
            if used + width > room and used:
                breaks.append(start)
                used = 0.0
            used += width
        self._sheet.set_print_scale(WIDE_SCALE)
        self._sheet.set_v_pagebreaks(breaks)
        self._sheet.repeat_columns(0, fixed - 1)

    def bars(  # noqa: PLR0913  (a chart is described by this much)
        self, *, at: str, title: str, names: Span, column: int, format_: str, target: int | None = None
    ) -> None:
        """Draw a native bar chart of a column over the names in the first one; `target` is a column of targets."""
        chart = self._book.add_chart({"type": "bar"})
        for place, colour in ((column, "#2f6fb0"), (target, "#b9c4d0")):
            if place is not None:
                chart.add_series(self._series(names, place, colour))
        chart.set_title({"name": clean(title), "name_font": {"size": 11, "bold": True}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "line": {"none": True}})
        gridlines = {"visible": True, "line": {"color": "#e3e7ec"}}
        chart.set_x_axis({"num_format": format_, "min": 0, "major_gridlines": gridlines, "num_font": {"size": 8}})
        chart.set_legend({"position": "bottom"} if target is not None else {"none": True})
        self._insert(chart, at, height=60 + 34 * (names.last - names.first + 1))

    def ring(self, *, at: str, title: str, names: Span, column: int, colours: Sequence[str]) -> None:
        """Draw a native doughnut of a column's shares."""
        chart = self._book.add_chart({"type": "doughnut"})
        series = self._series(names, column, "")
        series["points"] = [{"fill": {"color": colour}} for colour in colours]
        chart.add_series(series)
        chart.set_title({"name": clean(title), "name_font": {"size": 11, "bold": True}, "overlay": False})
        chart.set_legend({"position": "right", "font": {"size": 9}})
        chart.set_hole_size(55)
        self._insert(chart, at, height=300, width=420)

    def finish(self) -> None:
        """Set the columns' widths: call it when everything is written."""
        for column in self._widths:
            self._sheet.set_column(column, column, self._width(column))

    def _insert(self, chart: Any, at: str, *, height: int, width: int = 640) -> None:
        chart.set_size({"width": width, "height": height})
        row, column = xl_cell_to_rowcol(at)
        self._sheet.insert_chart(row, column, chart, {"object_position": 2})

    def _series(self, names: Span, column: int, colour: str) -> dict[str, Any]:
        sheet = self.name
        series: dict[str, Any] = {
            "categories": [sheet, names.first, 0, names.last, 0],
            "values": [sheet, names.first, column, names.last, column],
            "name": [sheet, names.first - 1, column],
            "gap": 60,
        }
        return series | ({"fill": {"color": colour}, "border": {"none": True}} if colour else {})

    def _headers(self, columns: Sequence[Column]) -> None:
        grouped = any(column.group for column in columns)
        if grouped:
            self._write_groups(columns)
            self.row += 1
        longest = max(lines_of(column.header, self._width(place)) for place, column in enumerate(columns))
        self._sheet.set_row(self.row, LINE_HEIGHT * min(HEADER_LINES, longest) + 4)
        for place, column in enumerate(columns):
            if column.group or not grouped:
                self._sheet.write_string(self.row, place, clean(column.header), self._styles.plain("header"))
        self.row += 1

    def _write_groups(self, columns: Sequence[Column]) -> None:
        """Merge neighbours of one group under its name; a column without a group takes both rows."""
        lines = 1
        for start, end in _groups(columns):
            name = clean(columns[start].group)
            if not name:
                style = self._styles.plain("header")
                self._sheet.merge_range(self.row, start, self.row + 1, start, "", style)
                self._sheet.write_string(self.row, start, clean(columns[start].header), style)
                continue
            style = self._styles.plain("group")
            if end - start > 1:
                self._sheet.merge_range(self.row, start, self.row, end - 1, "", style)
            self._sheet.write_string(self.row, start, name, style)
            lines = max(lines, lines_of(name, sum(self._width(place) for place in range(start, end))))
        self._sheet.set_row(self.row, LINE_HEIGHT * min(HEADER_LINES, lines) + 4)

    def _cells(self, row: Sequence[Cell], *, total: bool = False) -> None:
        lines = 1
        for place, cell in enumerate(row):
            self._write(self.row, place, cell, total=total)
            if isinstance(cell.value, str) and cell.style == "text":
                lines = max(
                    lines, sum(lines_of(line, self._width(place) * PER_WIDTH) for line in cell.value.split("\n"))
                )
        if lines > 1:
            self._sheet.set_row(self.row, min(MOST_HEIGHT, LINE_HEIGHT * lines + 2))
        self.row += 1

    def _write(self, row: int, column: int, cell: Cell, *, total: bool = False) -> None:
        """Write one cell by the call for its type: XlsxWriter never has to guess."""
        style = self._styles.of(cell, total=total)
        value = clean(cell.value) if isinstance(cell.value, str) else cell.value
        if cell.formula:
            self._sheet.write_formula(row, column, cell.formula, style, MISSING if value is None else value)
        elif value is None:
            self._sheet.write_string(row, column, MISSING, style)
        elif isinstance(value, str):
            self._sheet.write_string(row, column, value, style)
        elif isinstance(value, dt.date):
            self._sheet.write_datetime(row, column, value, style)
        else:
            self._sheet.write_number(row, column, value, style)

    def _measure(self, table: Table) -> None:
        for place, column in enumerate(table.columns):
            if column.width:
                self._fixed[place] = max(column.width, self._fixed.get(place, 0))
            texts = [str(row[place].value) for row in table.rows[:500] if isinstance(row[place].value, str)]
            widest = max([NARROWEST, *(len(text) for text in texts), max(map(len, column.header.split() or [""]))])
            self._widths[place] = max(self._widths.get(place, 0), widest + 2)

    def _width(self, column: int) -> float:
        return self._fixed.get(column) or min(self._widths[column], WIDEST)


def address(row: int, column: int) -> str:
    """Return the address of a cell, as in a formula."""
    return str(xl_rowcol_to_cell(row, column))


def column_range(span: Span, column: int) -> str:
    """Return the address of a column's cells over a table's rows."""
    return f"{address(span.first, column)}:{address(span.last, column)}"


def lines_of(text: str, width: float) -> int:
    """Return over how many lines of this width, in characters, a text breaks between its words."""
    lines, used = 1, 0
    for word in text.split():
        needed = used + bool(used) + len(word)
        if used and needed > width:
            lines, used = lines + 1, len(word)
        else:
            used = needed
    return lines


def _groups(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Return start and end of neighbours that share a group; a column without one stands alone."""
    starts = [
        place
        for place, column in enumerate(columns)
        if place == 0 or not column.group or column.group != columns[place - 1].group
    ]
    return list(zip(starts, [*starts[1:], len(columns)], strict=True))
