"""«Дорожные карты»: what was due, done and overdue, as the schools submitted it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.workbooks.writing.blocks import Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.writing.figures import Numbers, not_available, own, share_cell, total_sum

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block

# Data elements of the built-in form.
DUE_CODE, DONE_CODE, ON_TIME_CODE = CODES = ("roadmap_due", "roadmap_done", "roadmap_done_on_time")
FIXED = 3  # school, type, territory
DUE, DONE, ON_TIME, OVERDUE = range(FIXED, FIXED + 4)


@sheet
class RoadmapsSheet:
    """A row a school, with totals and shares that follow a filter."""

    code: ClassVar[str] = "roadmaps"
    order: ClassVar[int] = 65
    layout: ClassVar[Layout] = Layout.WIDTH

    def title(self) -> str:
        """Return the tab's title."""
        return _("Roadmaps")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return the table; a form without these data elements has none."""
        yield Title(_("Roadmaps: %(round)s") % {"round": source.round.title})
        if DUE_CODE not in source.elements.get(source.round.form_id, {}):
            yield Note(_("The report form does not ask about roadmaps."))
            return
        yield Note(_("Activities whose deadline is within the period, as accepted; overdue: due and not done."))
        wide = source.consolidation.wide
        known = wide.reindex(columns=[*("school", "type", "territory"), *CODES])
        rows = [_row(school) for school in known.to_dict("records")]
        totals = [_totals(rows)] if rows else []
        yield Table(columns=_columns(), rows=rows, totals=totals, filtered=True, pinned=True, name="roadmaps_rows")


def _columns() -> list[Column]:
    return [
        Column(_("School"), width=44),
        Column(_("Type"), width=16),
        Column(_("Territory"), width=18),
        Column(_("Deadline passed"), width=12),
        Column(_("Done"), width=12),
        Column(_("Of these on time"), width=12),
        Column(_("Overdue"), width=13),
        Column(_("Share done"), width=13, bars=True, most=1.0),
        Column(_("Share on time"), width=13, bars=True, most=1.0),
    ]


def _row(school: dict[Any, Any]) -> list[Cell]:
    due, done, on_time = (school[code] for code in CODES)
    overdue = None if pd.isna(due) or pd.isna(done) else round(due - done, 4)
    return [
        Cell(school["school"]),
        Cell(school["type"]),
        Cell(school["territory"]),
        number(due),
        number(done),
        number(on_time),
        number(overdue),
        _share(done, due),
        _share(on_time, due),
    ]


def _share(part: float, whole: float) -> Cell:
    if pd.isna(part) or pd.isna(whole):
        return Cell(None, "missing")
    return Cell(part / whole, "percent1") if whole else Cell(not_available(), "missing")


def _totals(rows: list[list[Cell]]) -> list[Cell]:
    """Return live sums; a school that lacks a part of a share is in none of its sums."""
    numbers = Numbers(rows)
    sums = {
        DUE: total_sum(numbers, DUE, other=DONE),
        DONE: total_sum(numbers, DONE, other=DUE),
        ON_TIME: total_sum(numbers, ON_TIME, other=DUE),
        OVERDUE: total_sum(numbers, OVERDUE),
    }
    shares = [_live_share(numbers, sums, part) for part in (DONE, ON_TIME)]
    blanks = [Cell(None, "blank")] * (FIXED - 1)
    return [Cell(_("Municipality in total")), *blanks, *sums.values(), *shares]


def _live_share(numbers: Numbers, sums: dict[int, Cell], column: int) -> Cell:
    """Return a share of the sums of the schools that have both parts; those of another share may be others."""
    part, whole = sums[column], total_sum(numbers, DUE, other=column)
    if not isinstance(part.value, float) or not isinstance(whole.value, float):
        return Cell(None, "missing")
    divisor = own(DUE) if whole.formula == sums[DUE].formula else whole.formula.removeprefix("=")
    formula = f'=IF({divisor}=0,"{not_available()}",{own(column)}/{divisor})'
    return share_cell(part.value, whole.value, formula)
