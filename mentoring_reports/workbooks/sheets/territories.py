"""«Территории»: coverage and every indicator by territory, the municipality as their live sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.submissions.consolidation import Line
from mentoring_reports.workbooks.cells import Cell, Column, Span, Table, number
from mentoring_reports.workbooks.figures import plain_value, value_cell
from mentoring_reports.workbooks.wording import target_text
from mentoring_reports.workbooks.writer import address, column_range

from .registry import sheet

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.workbooks.writer import Page

FIXED, BREADTH = 3, 3  # indicator, unit, target; then three columns a territory


@sheet
class TerritoriesSheet:
    """Territories side by side."""

    code: ClassVar[str] = "territories"
    order: ClassVar[int] = 30

    def title(self) -> str:
        """Return the tab's title."""
        return _("Territories")

    def write(self, page: Page, consolidation: Consolidation) -> None:
        """Write coverage, then the indicators."""
        page.title(_("Territories: %(round)s") % {"round": consolidation.round.title}, "heading")
        groups = consolidation.by("territory")
        columns = _indicators(page, consolidation, groups)
        page.skip()
        page.title(_("Coverage by territory"), "heading")
        _coverage(page, consolidation, list(groups))
        page.spread_over_pages(columns, FIXED)


def _indicators(page: Page, consolidation: Consolidation, groups: dict[str, pd.DataFrame]) -> list[Column]:
    columns = [Column(_("Indicator"), width=48), Column(_("Unit"), width=12), Column(_("Target"), width=16)]
    for name in [*groups, _("Municipality")]:
        columns += [
            Column(_("Numerator"), name, width=11),
            Column(_("Denominator"), name, width=11),
            Column(_("Value"), name, width=12),
        ]
    first = page.first_row_of(columns)
    rows = [
        _row(consolidation, indicator, groups, first + place)
        for place, indicator in enumerate(consolidation.indicators)
    ]
    page.table(Table(columns=columns, rows=rows), freeze=1)
    return columns


def _row(consolidation: Consolidation, indicator: Indicator, groups: dict[str, pd.DataFrame], row: int) -> list[Cell]:
    cells = [Cell(indicator.name), Cell(indicator.unit), Cell(target_text(indicator))]
    for frame in groups.values():
        column = len(cells)
        line = Line.of(frame, indicator.code)
        cells += [number(line.numerator), number(line.denominator), _value(indicator, line, row, column)]
    line = consolidation.line(indicator)
    column = len(cells)
    for offset, figure in enumerate((line.numerator, line.denominator)):
        terms = [address(row, FIXED + BREADTH * place + offset) for place in range(len(groups))]
        cell = number(figure)
        cells.append(cell._replace(formula=f"=SUM({','.join(terms)})") if cell.value is not None else cell)
    return [*cells, _value(indicator, line, row, column)]


def _value(indicator: Indicator, line: Line, row: int, column: int) -> Cell:
    """Return a group's value: live where it follows from the sums beside it."""
    if indicator.aggregation == "median":
        return plain_value(indicator, line.value, line.state)
    return value_cell(indicator, line, numerator=address(row, column), denominator=address(row, column + 1))


def _coverage(page: Page, consolidation: Consolidation, names: list[str]) -> None:
    headers = [_("Expected"), _("Handed in"), _("On time"), _("Accepted"), _("Returned"), _("Waiting"), _("Missing")]
    columns = [Column(_("Territory"), width=48), *(Column(header) for header in headers)]
    first = page.first_row_of(columns)
    rows = []
    for name in names:
        rates = consolidation.rates(consolidation.schools[consolidation.schools["territory"] == name])
        rows.append([Cell(name), *(number(count) for count in _counts(rates))])
    span = Span(first, first + len(rows) - 1)
    sums = [
        Cell(count, "number0", f"=SUM({column_range(span, place)})")
        for place, count in enumerate(_counts(consolidation.rates()), start=1)
    ]
    page.table(Table(columns=columns, rows=rows, totals=[[Cell(_("Municipality")), *sums]] if rows else []))


def _counts(rates: object) -> list[int]:
    names = ("expected", "submitted", "on_time", "accepted", "returned", "waiting", "missing")
    return [getattr(rates, name) for name in names]
