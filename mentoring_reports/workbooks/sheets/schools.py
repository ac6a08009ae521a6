"""«Школы»: one row a school, the parts of every share beside it, totals that follow a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.submissions.frames import PARTS
from mentoring_reports.workbooks.cells import Cell, Column, Span, Table, number
from mentoring_reports.workbooks.figures import (
    plain_value,
    shown,
    style_of,
    value_cell,
    visible_count,
    visible_median,
    visible_sum,
)
from mentoring_reports.workbooks.wording import state_text, target_text
from mentoring_reports.workbooks.writer import address, column_range

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.workbooks.writer import Page

FIXED = 4  # school, type, territory, state


@sheet
class SchoolsSheet:
    """Every school that was expected or handed something in."""

    code: ClassVar[str] = "schools"
    order: ClassVar[int] = 20

    def title(self) -> str:
        """Return the tab's title."""
        return _("By school")

    def write(self, page: Page, consolidation: Consolidation) -> None:
        """Write the table; the totals below it are live."""
        page.title(_("Schools: %(round)s") % {"round": consolidation.round.title}, "heading")
        page.text(
            _("✓ target reached, ≈ close to the target, ✗ below the target; «—»: no data. Totals follow the filter.")
        )
        columns = [*_fixed_columns(), *(column for one in consolidation.indicators for column in _columns(one))]
        first = page.first_row_of(columns)
        span = Span(first, first + max(1, len(consolidation.schools)) - 1)
        page.table(
            Table(
                columns=columns,
                rows=[_row(consolidation, place, school) for place, school in enumerate(_records(consolidation))],
                totals=_totals(consolidation, span) if len(consolidation.schools) else [],
                filtered=True,
            ),
            freeze=1,
        )
        page.spread_over_pages(columns, 1)


def places(consolidation: Consolidation) -> Iterator[tuple[Indicator, int]]:
    """Yield every indicator with the column where its cells start."""
    column = FIXED
    for indicator in consolidation.indicators:
        yield indicator, column
        column += _breadth(indicator)


def _breadth(indicator: Indicator) -> int:
    return 1 if indicator.formula.is_count else len(PARTS)


def _fixed_columns() -> list[Column]:
    return [
        Column(_("School"), width=38),
        Column(_("Type"), width=14),
        Column(_("Territory"), width=16),
        Column(_("State"), width=18),
    ]


def _columns(indicator: Indicator) -> list[Column]:
    """Return an indicator's columns under one heading with its unit and target."""
    target = "" if indicator.target is None else "; " + _("target") + " " + target_text(indicator)
    group = f"{indicator.name}, {indicator.unit}{target}"
    if indicator.formula.is_count:
        return [Column(_("Value"), group, width=20)]
    return [
        Column(_("Numerator"), group, width=11),
        Column(_("Denominator"), group, width=11),
        Column(_("Value"), group, width=12),
    ]


def _records(consolidation: Consolidation) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in consolidation.schools.to_dict("records")]


def _row(consolidation: Consolidation, place: int, school: dict[str, Any]) -> list[Cell]:
    cells = [
        Cell(school["school"]),
        Cell(school["type"]),
        Cell(school["territory"]),
        Cell(state_text(school)),
    ]
    for indicator in consolidation.indicators:
        line = consolidation.school_lines[indicator.code][place]
        if not indicator.formula.is_count:
            cells += [number(line.numerator), number(line.denominator)]
        cells.append(value_cell(indicator, line))
    return cells


def _totals(consolidation: Consolidation, span: Span) -> list[list[Cell]]:
    """Return the rows: municipal total, median of the schools, how many have a value."""
    names = (_("Municipality in total"), _("Median of schools"), _("Schools with a value"))
    rows = [[Cell(name), *[Cell("")] * (FIXED - 1)] for name in names]
    for indicator, column in places(consolidation):
        total, middle, count = _column_totals(consolidation, indicator, span, column)
        rows[0] += total
        rows[1] += middle
        rows[2] += count
    return rows


def _column_totals(
    consolidation: Consolidation, indicator: Indicator, span: Span, column: int
) -> tuple[list[Cell], list[Cell], list[Cell]]:
    line = consolidation.line(indicator)
    blanks = [Cell("")] * (_breadth(indicator) - 1)
    values = column_range(span, column + len(blanks))
    known = int(line.known)
    median = Cell(shown(indicator, line.median), style_of(indicator), visible_median(values))
    middle = median if known else Cell(None, "missing")
    return _total(consolidation, indicator, span, column), [*blanks, middle], [
        *blanks,
        Cell(known, "number0", visible_count(values)),
    ]  # fmt: skip


def _total(consolidation: Consolidation, indicator: Indicator, span: Span, column: int) -> list[Cell]:
    line = consolidation.line(indicator)
    value_column = column + _breadth(indicator) - 1
    if pd.isna(line.numerator):
        return [Cell(None, "missing")] * _breadth(indicator)
    if indicator.aggregation == "median":
        value = plain_value(indicator, line.value, line.state)
        value = value._replace(
            formula=visible_median(column_range(span, value_column)) if value.value is not None else ""
        )
        return [*_sums(consolidation, indicator, span, column), value]
    if indicator.formula.is_count:
        formula = visible_sum(column_range(span, value_column), "", paired=True)
        return [value_cell(indicator, line)._replace(formula=formula)]
    row = span.last + 1
    value = value_cell(indicator, line, numerator=address(row, column), denominator=address(row, column + 1))
    return [*_sums(consolidation, indicator, span, column), value]


def _sums(consolidation: Consolidation, indicator: Indicator, span: Span, column: int) -> list[Cell]:
    """Return the live sums of numerators and denominators; nothing for a count."""
    if indicator.formula.is_count:
        return []
    line = consolidation.line(indicator)
    tops, bottoms = (consolidation.parts[part][indicator.code].notna() for part in PARTS[:2])
    paired = bool((tops == bottoms).all())
    ranges = column_range(span, column), column_range(span, column + 1)
    return [
        number(line.numerator)._replace(formula=visible_sum(ranges[0], ranges[1], paired=paired)),
        number(line.denominator)._replace(formula=visible_sum(ranges[1], ranges[0], paired=paired)),
    ]
