"""A book: its properties, its names, its sheets. The same bytes for the same data."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from .cells import Span, clean, letters, shortened
from .page import Page, silent
from .streaming import add_large_sheet, open_book
from .styles import FONT, Styles

LONGEST_SHEET_NAME = 31
LONGEST_PROPERTY = 255
ROW_HEIGHT = 17  # of the font, in pixels
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
    "default_row_height": ROW_HEIGHT,
}


class Book:
    """An XLSX file in memory. Nothing that it is given as text becomes a formula, a link or a number."""

    def __init__(self, *, title: str, author: str, created: dt.datetime, subject: str = "") -> None:
        self._file = io.BytesIO()
        # XlsxWriter writes into the dictionary of the font: each book needs its own to be like the others.
        self._book = open_book(self._file, OPTIONS | {"default_format_properties": dict(FONT)})
        facts = {"title": title, "author": author, "company": author, "subject": subject}
        cleaned = {name: shortened(clean(text), LONGEST_PROPERTY) for name, text in facts.items()}
        self._book.set_properties(cleaned | {"created": created})
        self._book.set_calc_mode("auto")
        self._styles = Styles(self._book)
        self._names = {"history"}  # spreadsheets keep that name for themselves
        self._footer = clean(title)

    def page(self, name: str, *, large: bool = False) -> Page:
        """Add a sheet; a large one is written from top to bottom and keeps no cells."""
        safe = self._free_name(name)
        sheet = add_large_sheet(self._book, safe) if large else self._book.add_worksheet(safe)
        return Page(self, sheet, self._styles, footer=self._footer)

    def chart(self, kind: str) -> Any:
        """Return a new native chart."""
        return self._book.add_chart({"type": kind})

    def name(self, name: str, sheet: str, span: Span, columns: int) -> None:
        """Name a range of a sheet, for formulas elsewhere."""
        quoted = sheet.replace("'", "''")
        area = f"$A${span.first + 1}:${letters(columns - 1)}${span.last + 1}"
        self._book.define_name(name, f"='{quoted}'!{area}")

    def say(self, facts: Mapping[str, str]) -> None:
        """Write what the file says of itself, as properties of the document."""
        for name, fact in facts.items():
            self._book.set_custom_property(name, shortened(clean(fact), LONGEST_PROPERTY), "text")

    def to_bytes(self) -> bytes:
        """Close the book and return the file."""
        self._book.close()
        return self._file.getvalue()

    def _free_name(self, name: str) -> str:
        """Return a name that spreadsheets take: no brackets, colons or slashes, short, used once."""
        plain = re.sub(r"[\[\]:*?/\\\s]+", " ", clean(name)).strip("' ")
        stem = shortened(plain, LONGEST_SHEET_NAME).strip("' ") or _("Sheet")
        free, count = stem, 1
        while free.casefold() in self._names:
            count += 1
            free = f"{shortened(stem, LONGEST_SHEET_NAME - len(str(count)) - 1)} {count}"
        self._names.add(free.casefold())
        return free


__all__ = ("Book", "Page", "silent")
