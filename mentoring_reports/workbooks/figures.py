"""Indicators as cells: their numbers, the formulas that give them, and the sums below a column. No XlsxWriter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import PERCENT, TargetState

from .cells import MISSING, Cell

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Line


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
    value = shown(indicator, parts.value)
    if parts.has_nothing_to_divide_by:
        return Cell(not_available(), "missing", _ratio(indicator, numerator, denominator))
    if value is None:
        return Cell(None, "missing")
    return Cell(value, style_of(indicator), _ratio(indicator, numerator, denominator), parts.state)


def plain_value(indicator: Indicator, value: float | None, mark: TargetState = TargetState.UNKNOWN) -> Cell:
    """Return a value without a formula, in the indicator's format."""
    cell = shown(indicator, value)
    return Cell(None, "missing") if cell is None else Cell(cell, style_of(indicator), "", mark)


def visible_sum(column: str, other: str, *, paired: bool) -> str:
    """Return the sum of a column over the rows that a filter leaves.

    Where some row lacks the other part (`paired` is false), such rows are left out: SUBTOTAL of a single cell is 0
    for a text and for a hidden row, so that the product counts complete rows only.
    """
    if paired:
        return f"=SUBTOTAL(109,{column})"
    first = column.split(":", maxsplit=1)[0]
    return (
        f"=SUMPRODUCT(SUBTOTAL(109,OFFSET({first},ROW({column})-ROW({first}),0)),"
        f"--ISNUMBER({column}),--ISNUMBER({other}))"
    )


def visible_median(column: str) -> str:
    """Return the median of a column over the rows that a filter leaves."""
    return f'=IFERROR(_xlfn.AGGREGATE(12,5,{column}),"{MISSING}")'


def visible_count(column: str) -> str:
    """Return how many numbers a column has over the rows that a filter leaves."""
    return f"=SUBTOTAL(102,{column})"


def _ratio(indicator: Indicator, numerator: str, denominator: str) -> str:
    if not numerator:
        return ""
    factor = 1 if indicator.formula.is_percent else float(indicator.factor)
    times = "" if factor == 1 else f"*{factor:g}"
    if indicator.formula.is_count:
        return f"={numerator}{times}"
    return f'=IF({denominator}=0,"{not_available()}",{numerator}{times}/{denominator})'
