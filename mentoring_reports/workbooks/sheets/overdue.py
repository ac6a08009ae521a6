"""«Не сдали и опоздали»: whom to call, and who was excused."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring_reports.submissions.enums import State
from mentoring_reports.workbooks.cells import Cell, Column, Table, date, number

from .registry import sheet

if TYPE_CHECKING:
    import pandas as pd

    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.workbooks.writer import Page


@sheet
class OverdueSheet:
    """Expected schools without a submission, schools that were late, exempt schools."""

    code: ClassVar[str] = "overdue"
    order: ClassVar[int] = 40

    def title(self) -> str:
        """Return the tab's title."""
        return _("Missing and late")

    def write(self, page: Page, consolidation: Consolidation) -> None:
        """Write those that have to act first, the latest of them first."""
        schools = consolidation.schools
        page.title(_("Missing and late: %(round)s") % {"round": consolidation.round.title}, "heading")
        absent = schools["expected"] & schools["latest_id"].isna()
        listed = schools[absent | (schools["days_late"] > 0)].sort_values("days_late", ascending=False, kind="stable")
        page.table(
            Table(columns=_columns(), rows=[_row(school) for _i, school in listed.iterrows()], filtered=True), freeze=1
        )
        if listed.empty:
            page.text(_("Every expected school handed its report in on time."))
        exempt = schools[schools["state"] == State.EXEMPT.value]
        if not exempt.empty:
            page.skip()
            page.title(_("Exempt schools"), "heading")
            page.table(
                Table(
                    columns=[*_columns()[:3], Column(_("Reason"))],
                    rows=[_excused(row) for _i, row in exempt.iterrows()],
                )
            )


def _columns() -> list[Column]:
    return [
        Column(_("School"), width=44),
        Column(_("Type"), width=16),
        Column(_("Territory"), width=18),
        Column(_("State"), width=20),
        Column(_("Due"), width=12),
        Column(_("First handed in"), width=13),
        Column(_("Days late"), width=11),
        Column(_("Extended to"), width=13),
        Column(_("Reason for the extension"), width=40),
    ]


def _row(school: pd.Series) -> list[Cell]:
    return [
        Cell(school["school"]),
        Cell(school["type"]),
        Cell(school["territory"]),
        Cell(str(State(school["state"]).label).capitalize()),
        date(school["due"]),
        date(school["submitted_on"]),
        number(school["days_late"]),
        date(school["extended_to"]),
        Cell(school["reason"] or None),
    ]


def _excused(school: pd.Series) -> list[Cell]:
    return [Cell(school["school"]), Cell(school["type"]), Cell(school["territory"]), Cell(school["reason"] or None)]
