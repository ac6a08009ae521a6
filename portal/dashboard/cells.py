"""Rows of the views' tables as cells of a file: the same numbers as on the screen, unrounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.workbooks.wording import target_word
from mentoring_reports.workbooks.writing.cells import Cell, Column, number
from mentoring_reports.workbooks.writing.figures import plain_value, value_cell

from .listing import School
from .selection import Selection

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Line


def school_columns() -> list[Column]:
    """Return the columns that name a school and its state."""
    return [
        Column(_("School"), width=40),
        Column(_("Type"), width=14),
        Column(_("Territory"), width=16),
        Column(_("State"), width=18),
        Column(_("Corrections"), width=24),
    ]


def school_cells(school: School) -> list[Cell]:
    """Return the cells of `school_columns`."""
    texts = (school.name, school.type, school.territory, school.state, "; ".join(school.corrections))
    return [Cell(text) for text in texts]


def parts_columns(indicator: Indicator) -> list[Column]:
    """Return numerator, denominator and value of an indicator; a count is its value alone."""
    group = f"{indicator.name}, {indicator.unit}"
    value = Column(_("Value"), group, width=12)
    if indicator.formula.is_count:
        return [value]
    return [Column(_("Numerator"), group, width=11), Column(_("Denominator"), group, width=11), value]


def parts_cells(indicator: Indicator, line: Line) -> list[Cell]:
    """Return the cells of `parts_columns`."""
    value = value_cell(indicator, line)
    return [value] if indicator.formula.is_count else [number(line.numerator), number(line.denominator), value]


def line_columns(selection: Selection | None = None) -> list[Column]:
    """Return the columns of an indicator's figures over many schools."""
    before = selection.compared.title if selection and selection.compared else ""
    return [
        Column(_("Numerator"), width=12),
        Column(_("Denominator"), width=12),
        Column(_("Value"), width=12),
        Column(_("Target"), width=11),
        Column(_("Assessment"), width=22),
        *(
            [Column(_("Before (%(round)s)") % {"round": before}, width=14), Column(_("Change, points"))]
            if before
            else []
        ),
        Column(_("Lower quartile"), width=11),
        Column(_("Median of schools"), width=11),
        Column(_("Upper quartile"), width=11),
        Column(_("Schools with a value"), width=11),
        Column(_("Schools in total"), width=11),
    ]


def line_cells(indicator: Indicator, line: Line, selection: Selection | None = None) -> list[Cell]:
    """Return the cells of `line_columns`."""
    before = [plain_value(indicator, line.before), change_cell(indicator, line.change)]
    return [
        number(line.numerator),
        number(line.denominator),
        value_cell(indicator, line),
        plain_value(indicator, line.target),
        Cell(target_word(line.state) or None),
        *(before if selection and selection.compared else []),
        *(plain_value(indicator, value) for value in (line.lower, line.median, line.upper)),
        number(line.known),
        number(line.schools),
    ]


def change_cell(indicator: Indicator, change: float) -> Cell:
    """Return a change in points, with its sign."""
    return Cell(None, "missing") if pd.isna(change) else Cell(float(change), f"signed{indicator.decimals}")
