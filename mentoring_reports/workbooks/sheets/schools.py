"""«Школы»: one row a school, the parts of every share beside it, totals that follow a filter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from mentoring_reports.submissions.frames import PARTS
from mentoring_reports.workbooks.wording import WARNING, marks_note, state_text, target_text, unreadable_note
from mentoring_reports.workbooks.writing.blocks import Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.writing.figures import (
    Numbers,
    Shown,
    own,
    style_of,
    total_count,
    total_median,
    total_sum,
    value_cell,
)

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block

FIXED = 4  # school, type, territory, state
Rows = list[list[Cell]]


@sheet
class SchoolsSheet:
    """Every school that was expected or handed something in."""

    code: ClassVar[str] = "schools"
    order: ClassVar[int] = 20
    layout: ClassVar[Layout] = Layout.SPREAD

    def title(self) -> str:
        """Return the tab's title."""
        return _("By school")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return the table; the totals below it are live."""
        consolidation = source.consolidation
        yield Title(_("Figures of the schools"))
        yield Note(source.round.title)
        if source.unreadable_schools:
            yield Note(unreadable_note(source.read.unreadable), WARNING)
        columns = [*_fixed_columns(), *(column for one in consolidation.indicators for column in _columns(one))]
        rows = _rows(source)
        yield Table(
            columns=columns,
            rows=rows,
            totals=_totals(consolidation, rows) if rows else [],
            filtered=True,
            pinned=True,
            name="schools_rows",
        )
        live = _("Totals follow the filter.")
        yield Note(f"{marks_note()} {live}")


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
        Column(_("School"), width=36),
        Column(_("Type"), width=14),
        Column(_("Territory"), width=16),
        Column(_("State"), width=18),
    ]


def _columns(indicator: Indicator) -> list[Column]:
    """Return an indicator's columns under one heading with its unit and target."""
    target = "" if indicator.target is None else "; " + _("target") + " " + target_text(indicator)
    group = f"{indicator.name}, {indicator.unit}{target}"
    if indicator.formula.is_count:
        return [Column(_("Value"), group, 24, bars=True)]
    most = 1.0 if indicator.formula.is_percent else None
    return [
        Column(_("Numerator"), group, 11),
        Column(_("Denominator"), group, 12),
        Column(_("Value"), group, 12, bars=True, most=most),
    ]


def _rows(source: Source) -> Rows:
    consolidation = source.consolidation
    rows = [_named(school, source.unreadable_schools) for school in consolidation.schools.to_dict("records")]
    part = cache(number)  # of small counts there are many alike
    for indicator in consolidation.indicators:
        shown = Shown.of(indicator)
        for row, line in zip(rows, consolidation.school_lines[indicator.code], strict=True):
            parts = () if shown.is_count else (part(line.numerator), part(line.denominator))
            row.extend((*parts, shown.cell(line)))
    return rows


def _named(school: dict[Any, Any], unreadable: frozenset[int]) -> list[Cell]:
    state = _("the figures cannot be read").capitalize() if school["school_id"] in unreadable else state_text(school)
    return [Cell(school["school"]), Cell(school["type"]), Cell(school["territory"]), Cell(state)]


def _totals(consolidation: Consolidation, rows: Rows) -> Rows:
    """Return the rows: municipal total, median of the schools, how many have a value."""
    names = (_("Municipality in total"), _("Median of schools"), _("Schools with a value"))
    totals = [[Cell(name), *[Cell(None, "blank")] * (FIXED - 1)] for name in names]
    numbers = Numbers(rows)
    for indicator, column in places(consolidation):
        value = column + _breadth(indicator) - 1
        blanks = [Cell(None, "blank")] * (value - column)
        totals[0] += _total(consolidation, indicator, numbers, column)
        totals[1] += [*blanks, total_median(numbers, value, style_of(indicator))]
        totals[2] += [*blanks, total_count(numbers, value)]
    return totals


def _total(consolidation: Consolidation, indicator: Indicator, numbers: Numbers, column: int) -> list[Cell]:
    line = consolidation.line(indicator)
    value = column + _breadth(indicator) - 1
    sums = []
    if not indicator.formula.is_count:
        sums = [total_sum(numbers, column, other=column + 1), total_sum(numbers, column + 1, other=column)]
    if indicator.aggregation == "median":
        return [*sums, total_median(numbers, value, style_of(indicator), line.state)]
    if indicator.formula.is_count:
        return [total_sum(numbers, value, style=style_of(indicator))]
    if any(cell.value is None for cell in sums):
        return [*sums, Cell(None, "missing")]
    return [*sums, value_cell(indicator, line, numerator=own(column), denominator=own(column + 1))]
