"""What a sheet says about its cells: a value, the name of a style, and the formula behind a value. No XlsxWriter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from mentoring_reports.indicators.formulas import TargetState

MISSING = "—"
BLANK = "blank"  # the style of a cell in which nothing stands
LONGEST_TEXT = 32_767  # what a cell of a workbook can hold, in the units of UTF-16
SHORT = LONGEST_TEXT // 2
FIRST_DAY = dt.date(1900, 3, 1)  # spreadsheets disagree about the days before
# Everything that XML 1.0 cannot carry, besides line breaks and tabs.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0d-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Cell(NamedTuple):
    """A cell. With a formula, `value` is what the formula gives. None shows as «—».

    A formula names columns by their letters and rows by `{row}` (its own), `{first}` and `{last}` (of its table):
    where the table will lie on its sheet is nobody's business before it is written.
    """

    value: str | float | dt.date | None
    style: str = "text"
    formula: str = ""
    mark: TargetState = TargetState.UNKNOWN


class Column(NamedTuple):
    """A column of a table: its header, the group above it, and its width in characters (None: by its content).

    `bars` shows the column's numbers as bars, too, up to `most` (None: the greatest of them).
    """

    header: str
    group: str = ""
    width: float | None = None
    bars: bool = False
    most: float | None = None


class Span(NamedTuple):
    """Where a table's rows lie on its sheet, from 0, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: grouped headers, rows, totals below them.

    `name` names its rows for formulas elsewhere (its totals: the name with `_total`). `pinned` keeps the headers and
    the first columns (`fixed` of them) in view and prints them on every page. `listed` makes it a real table of the
    spreadsheet, which screen readers announce and a filter belongs to; such a table has no groups and no totals.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = field(default_factory=list)
    filtered: bool = False
    name: str = ""
    pinned: bool = False
    fixed: int = 1
    listed: bool = False


def clean(text: str) -> str:
    """Return a text that a workbook can hold: without characters illegal in XML, not longer than a cell.

    XlsxWriter takes a text from <r> to </r> for markup and writes it unescaped; a space behind it keeps it a text.
    """
    if text.isprintable() and len(text) < SHORT:  # nearly all texts: nothing in them has to go
        plain = text
    else:
        plain = shortened(_ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), LONGEST_TEXT)
    return f"{shortened(plain, LONGEST_TEXT - 1)} " if plain.startswith("<r>") and plain.endswith("</r>") else plain


def shortened(text: str, most: int) -> str:
    """Return the start of a text: at most so many units of UTF-16, in which spreadsheets count; no character torn."""
    if len(text) * 2 <= most:
        return text
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def letters(column: int) -> str:
    """Return the letters of a column, as in a formula; columns count from 0."""
    rest, last = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def number(value: float | None, decimals: int = 0) -> Cell:
    """Return a number; whole ones are shown without a fraction unless `decimals` asks for it."""
    if value is None or value != value or pd.isna(value):  # noqa: PLR0124  (NaN, told ten times faster)
        return Cell(None, "missing")
    plain = float(value)
    return Cell(plain, f"number{decimals}" if decimals or plain == int(plain) else "general")


def date(value: dt.date | None) -> Cell:
    """Return a day; one that spreadsheets cannot count is a text."""
    if not value:
        return Cell(None, "missing")
    return Cell(value, "date") if value >= FIRST_DAY else Cell(value.isoformat(), "text")


def groups(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Yield start and end of neighbours that share a group; a column without one stands alone."""
    starts = [
        place
        for place, column in enumerate(columns)
        if place == 0 or not column.group or column.group != columns[place - 1].group
    ]
    yield from zip(starts, [*starts[1:], len(columns)], strict=True)
