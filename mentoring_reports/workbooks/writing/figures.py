"""Indicators as cells: their numbers, the formulas that give them, and the totals below a column. No XlsxWriter.

A formula's `value` is computed as a spreadsheet computes it, from the cells as they are written, so that a
recalculation changes no digit.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import PERCENT, TargetState

from .cells import MISSING, Cell, letters

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Line

MOST_WHOLE = 1e15  # a smaller whole number has no more than fifteen digits
PLACES = 4  # of a data element
HUNDRED = float(PERCENT)
Rows = Sequence[Sequence[Cell]]


def not_available() -> str:
    """Return what stands where there is nothing to divide by."""
    return _("n/a")


def style_of(indicator: Indicator) -> str:
    """Return the style of an indicator's values: a share of the sheet's own percents, or a number."""
    kind = "percent" if indicator.formula.is_percent else "number"
    return f"{kind}{indicator.decimals}"


def shown(indicator: Indicator, value: float | None) -> float | None:
    """Return a value as its cell holds it: 87.5 % is 0.875 with a percent format."""
    if value is None or pd.isna(value):
        return None
    return float(value) / float(PERCENT) if indicator.formula.is_percent else float(value)


def value_cell(indicator: Indicator, parts: Line, *, numerator: str = "", denominator: str = "") -> Cell:
    """Return the value of a row that has `numerator`, `denominator`, `value`; live with its parts' addresses."""
    return Shown.of(indicator).cell(parts, _ratio(indicator, numerator, denominator))


@dataclass(frozen=True, slots=True)
class Shown:
    """What has to be known of an indicator to show its values; worked out once for a column of them."""

    style: str
    is_percent: bool
    is_count: bool
    factor: float
    nothing: str

    @classmethod
    def of(cls, indicator: Indicator) -> Shown:
        """Return what holds for an indicator."""
        formula = indicator.formula
        kind = "percent" if formula.is_percent else "number"
        style = f"{kind}{indicator.decimals}"
        return cls(style, formula.is_percent, formula.is_count, float(indicator.factor), not_available())

    def cell(self, parts: Line, formula: str = "") -> Cell:
        """Return the value of a row of parts; `formula` gives the same from the parts' cells."""
        value = parts.value
        if value != value:  # noqa: PLR0124  (NaN)
            return Cell(self.nothing, "missing", formula) if parts.has_nothing_to_divide_by else Cell(None, "missing")
        if formula:
            return Cell(self._divided(parts), self.style, formula, parts.state)
        return Cell(float(value) / HUNDRED if self.is_percent else float(value), self.style, "", parts.state)

    def _divided(self, parts: Line) -> float:
        """Return what the formula gives, in the order in which it computes."""
        top = float(parts.numerator) if self.is_percent else float(parts.numerator) * self.factor
        return top if self.is_count else top / float(parts.denominator)


def plain_value(indicator: Indicator, value: float | None, mark: TargetState = TargetState.UNKNOWN) -> Cell:
    """Return a value without a formula, in the indicator's format."""
    cell = shown(indicator, value)
    return Cell(None, "missing") if cell is None else Cell(cell, style_of(indicator), "", mark)


def own(column: int) -> str:
    """Return the address of a column's cell in the formula's own row."""
    return f"{letters(column)}{{row}}"


def down(column: int) -> str:
    """Return the address of a column's cells over the rows of its table."""
    return f"{letters(column)}{{first}}:{letters(column)}{{last}}"


class Numbers:
    """The numbers of a table's columns as the file has them, for the totals below; each column is read once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._read: dict[int, list[float | None]] = {}

    def of(self, column: int) -> list[float | None]:
        """Return a column's numbers row by row; None where a cell has none."""
        if column not in self._read:
            self._read[column] = [_number(row[column].value) for row in self._rows]
        return self._read[column]

    def known(self, column: int) -> list[float]:
        """Return the numbers that a column has."""
        return [value for value in self.of(column) if value is not None]

    def beside(self, column: int, other: int) -> list[float]:
        """Return the numbers of a column from the rows that have one in another column, too."""
        pairs = zip(self.of(column), self.of(other), strict=True)
        return [value for value, beside in pairs if value is not None and beside is not None]


def total_sum(numbers: Numbers, column: int, *, other: int | None = None, style: str = "") -> Cell:
    """Return the sum of a column over the rows that a filter leaves; missing where no row has a number.

    With `other`, rows that lack a number there are left out: SUBTOTAL of a single cell is 0 for a text and for a
    hidden row, so that the product counts complete rows only.
    """
    known = numbers.known(column)
    found = known if other is None else numbers.beside(column, other)
    if not found:
        return Cell(None, "missing")
    whole = all(map(float.is_integer, found))
    formula = f"SUBTOTAL(109,{down(column)})" if len(found) == len(known) else _complete_rows(column, other)
    value = round(math.fsum(found), PLACES)
    style = style or ("number0" if value == int(value) else "general")
    return Cell(value, style, f"={formula}" if whole else f"=ROUND({formula},{PLACES})")


def total_median(numbers: Numbers, column: int, style: str, mark: TargetState = TargetState.UNKNOWN) -> Cell:
    """Return the median of a column over the rows that a filter leaves."""
    found = numbers.known(column)
    if not found:
        return Cell(None, "missing")
    formula = f'=IFERROR(_xlfn.AGGREGATE(12,5,{down(column)}),"{MISSING}")'
    return Cell(statistics.median(found), style, formula, mark)


def total_count(numbers: Numbers, column: int) -> Cell:
    """Return how many numbers a column has over the rows that a filter leaves."""
    return Cell(len(numbers.known(column)), "number0", f"=SUBTOTAL(102,{down(column)})")


def share_cell(part: float, whole: float, formula: str, style: str = "percent1") -> Cell:
    """Return a live share; `formula` divides what `part` and `whole` stand in."""
    return Cell(part / whole, style, formula) if whole else Cell(not_available(), "missing", formula)


def _number(value: str | float | dt.date | None) -> float | None:
    """Return a cell's number as the file has it: with sixteen digits."""
    if isinstance(value, float) and value.is_integer() and -MOST_WHOLE < value < MOST_WHOLE:  # most are counts
        return value
    return float(f"{value:.16G}") if isinstance(value, int | float) else None


def _complete_rows(column: int, other: int | None) -> str:
    first, cells = f"{letters(column)}{{first}}", down(column)
    others = "" if other is None else f",--ISNUMBER({down(other)})"
    return f"SUMPRODUCT(SUBTOTAL(109,OFFSET({first},ROW({cells})-ROW({first}),0)),--ISNUMBER({cells}){others})"


def _ratio(indicator: Indicator, numerator: str, denominator: str) -> str:
    if not numerator:
        return ""
    plain = indicator.formula.is_percent or indicator.factor == 1
    times = "" if plain else f"*{indicator.factor.normalize():f}"
    if indicator.formula.is_count:
        return f"={numerator}{times}"
    return f'=IF({denominator}=0,"{not_available()}",{numerator}{times}/{denominator})'
