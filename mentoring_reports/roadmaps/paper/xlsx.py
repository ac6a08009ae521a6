"""The official table as a sheet: printed on A4 landscape as wide as the page, the heading row on every page.

Whatever was typed stays a text: nothing becomes a formula, a link or a date.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from .archive import timeless
from .sheet import Paper
from .xlsx_page import height_of, set_up

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_WIDTH = 150  # characters over all columns: as wide as A4 landscape at ten points
LONGEST_CELL = 32_767  # characters; Excel takes no more
_SIGNS = ("=", "+", "-", "@")
_LINE = Side(style="thin")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP_LEFT = Alignment(wrap_text=True, vertical="top")
_FONT, _BOLD, _ITALIC = (
    Font(name="Times New Roman", size=11),
    Font(name="Times New Roman", size=11, bold=True),
    Font(name="Times New Roman", size=11, italic=True),
)
_TITLE = Font(name="Times New Roman", size=14, bold=True)


def as_xlsx(paper: Paper) -> bytes:
    """Return the workbook; the same paper gives the same bytes."""
    book = Workbook()
    book.properties.title, book.properties.creator = paper.title[:255], paper.author[:255]
    book.properties.language = "ru-RU"
    sheet: Any = book.active
    _Writer(sheet, paper).write()
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue(), paper.year)


class _Writer:
    """Writes row after row."""

    def __init__(self, sheet: Any, paper: Paper) -> None:
        self.sheet, self.paper, self.row = sheet, paper, 0
        self.width = len(paper.columns)

    def write(self) -> None:
        """Write everything from the approval to the signature."""
        self._head()
        header = self._table() if self.paper.has_rows else self._across(self.paper.empty, _FONT)
        self.row += 1
        for text in self.paper.signatures:
            self._across(text, _FONT)
        set_up(self.sheet, self.paper, header=header, width=SHEET_WIDTH)

    def _head(self) -> None:
        if self.paper.mark:
            self._across(self.paper.mark, _ITALIC, "right")
        for text in self.paper.approval:
            self._across(text, _FONT, "right")
        self.row += 1
        for text in self.paper.above:
            self._across(text, _FONT, "center")
            self.row += 1
        self._across(self.paper.title, _TITLE, "center")
        self.row += 1  # an empty row: what follows is no part of the title
        self._across(self.paper.period, _FONT, "center")
        self.row += 1

    def _table(self) -> int:
        """Write the table and return the number of its heading row."""
        header = self._cells([column.heading for column in self.paper.columns], _BOLD)
        for block in self.paper.blocks:
            self._across(block.title, _BOLD, grid=True)
            for cells in block.rows:
                self._cells(cells, _FONT)
        return header

    def _cells(self, texts: Sequence[str], font: Font) -> int:
        self.row += 1
        for place, text in enumerate(texts, start=1):
            cell = self._put(place, text, font)
            cell.alignment, cell.border = _TOP_LEFT, _GRID
        widths = (SHEET_WIDTH * column.share for column in self.paper.columns)
        heights = [height_of(text, width) for text, width in zip(texts, widths, strict=True)]
        self.sheet.row_dimensions[self.row].height = max(heights)
        return self.row

    def _across(self, text: str, font: Font, align: str = "left", *, grid: bool = False) -> int:
        """Write a text over the whole width."""
        self.row += 1
        cell = self._put(1, text, font)
        cell.alignment = Alignment(horizontal=align, vertical="top", wrap_text=True)
        for place in range(1, self.width + 1) if grid else ():
            self.sheet.cell(self.row, place).border = _GRID
        self.sheet.merge_cells(f"A{self.row}:{get_column_letter(self.width)}{self.row}")
        self.sheet.row_dimensions[self.row].height = height_of(text, SHEET_WIDTH, size=int(font.size or 11))
        return self.row

    def _put(self, place: int, text: str, font: Font) -> Any:
        """Put a text into a cell as a text, whatever it begins with."""
        cell = self.sheet.cell(self.row, place)
        cell.font = font
        if text:
            cell.value = text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
            cell.data_type = "s"
            cell.number_format = "@"
        if text.startswith(_SIGNS):
            cell.quotePrefix = True
        return cell
