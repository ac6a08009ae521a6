"""The sheet's page: A4 on its side, as wide as the paper, the heading row kept in view and printed on every page."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from openpyxl.utils import get_column_letter

from .sheet import Paper

_POINTS_A_LINE = 1.3  # of the font's size
_LEAST_HEIGHT = 15.0
_MOST_HEIGHT = 409.0  # Excel takes no higher row
_USUAL_SIZE = 11
_PADDING = 1.5  # characters at the edges of a cell


def set_up(sheet: Any, paper: Paper, *, header: int, width: int) -> None:
    """Set widths, titles and the page; `header` is the number of the heading row."""
    sheet.title = "План"
    for place, column in enumerate(paper.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = round(width * column.share, 1)
    if paper.has_rows:
        sheet.freeze_panes = f"A{header + 1}"
        sheet.print_title_rows = f"{header}:{header}"
    _page(sheet)


def _page(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.6
    sheet.oddFooter.center.text = "&P / &N"


def height_of(text: str, width: float, *, size: int = _USUAL_SIZE) -> float:
    """Return the height in points of a text in a cell so many characters wide; no program fits all rows by itself."""
    fitting = max(1.0, (width - _PADDING) * _USUAL_SIZE / size)
    return min(max(_LEAST_HEIGHT, _lines(text, int(fitting)) * size * _POINTS_A_LINE), _MOST_HEIGHT)


def _lines(text: str, fitting: int) -> int:
    """Return how many lines the text takes, broken between words as the program will do it."""
    return sum(max(1, len(wrap(line, fitting))) for line in text.split("\n"))
