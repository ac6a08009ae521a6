"""A view's tables as files: CSV as Russian spreadsheets open it, XLSX through the workbook's writer."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format

from mentoring_reports.indicators.formulas import PERCENT, rounded
from mentoring_reports.submissions.consolidation import exact
from mentoring_reports.workbooks.writing.cells import MISSING, Cell, Table

MARK = "\ufeff"  # tells spreadsheets that the file is UTF-8
# A spreadsheet would take a text that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Export:
    """A table that a view offers as a file; it is made when it is asked for."""

    code: str
    title: str
    make: Callable[[], Table]

    @cached_property
    def table(self) -> Table:
        """Return the table."""
        return self.make()


def as_csv(table: Table) -> str:
    """Return a table as CSV: a mark, semicolons, decimal commas; nothing that a school typed is a formula."""
    file = io.StringIO()
    file.write(MARK)
    writer = csv.writer(file, delimiter=";")
    writer.writerow(safe(": ".join(part for part in (column.group, column.header) if part)) for column in table.columns)
    writer.writerows([cell_text(cell) for cell in row] for row in _rows(table))
    return file.getvalue()


def cell_text(cell: Cell) -> str:
    """Return a cell as CSV has it: a number with a decimal comma and no unit, «—» where it is missing."""
    value = cell.value
    if value is None:
        return MISSING
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dt.date):
        return str(date_format(value, "d.m.Y"))
    number = exact(value)
    assert number is not None  # noqa: S101  (a cell holds None instead)
    kind, digits = cell.style.rstrip("0123456789"), cell.style[-1]
    if not digits.isdecimal():
        return f"{number.normalize():f}".replace(".", ",")
    return f"{rounded(number * PERCENT if kind == 'percent' else number, int(digits)):f}".replace(".", ",")


def safe(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _rows(table: Table) -> list[Sequence[Cell]]:
    return [*table.rows, *table.totals]
