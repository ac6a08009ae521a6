"""What a sheet says about its cells: a value, the name of a style, and the formula behind a value. No XlsxWriter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from mentoring_reports.indicators.formulas import TargetState

MISSING = "—"
LONGEST_TEXT = 32_767  # what a cell of a workbook can hold
# Everything that XML 1.0 cannot carry, besides line breaks and tabs.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0d-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Cell(NamedTuple):
    """A cell. With a formula, `value` is what the formula gives. None shows as «—»."""

    value: str | float | dt.date | None
    style: str = "text"
    formula: str = ""
    mark: TargetState = TargetState.UNKNOWN


class Column(NamedTuple):
    """A column of a table: its header, the group above it, and its width in characters (None: by its content)."""

    header: str
    group: str = ""
    width: float | None = None


class Span(NamedTuple):
    """Where a table's rows lie on its sheet, from 0, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: grouped headers, rows, totals below them."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = field(default_factory=list)
    filtered: bool = False


def clean(text: str) -> str:
    """Return a text that a workbook can hold: without characters illegal in XML, not longer than a cell."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT]


def number(value: float | None, decimals: int = 0) -> Cell:
    """Return a number; whole ones are shown without a fraction unless `decimals` asks for it."""
    if value is None or pd.isna(value):
        return Cell(None, "missing")
    plain = float(value)
    return Cell(plain, f"number{decimals}" if decimals or plain == int(plain) else "general")


def date(value: dt.date | None) -> Cell:
    """Return a day."""
    return Cell(value, "date") if value else Cell(None, "missing")
