"""«Не сдали и опоздали»: whom to ask, and who was excused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.submissions.enums import State
from mentoring_reports.workbooks.writing.blocks import Gap, Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, date, number

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block

# After so many days it is the head of the school who is asked.
DAYS_FOR_THE_CURATOR = 7


@sheet
class OverdueSheet:
    """Expected schools without a submission, schools that were late, exempt schools."""

    code: ClassVar[str] = "overdue"
    order: ClassVar[int] = 60
    layout: ClassVar[Layout] = Layout.WIDTH

    def title(self) -> str:
        """Return the tab's title."""
        return _("Missing and late")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return those that have to act first, the latest of them first."""
        schools = source.consolidation.schools
        absent = schools["expected"] & schools["latest_id"].isna()
        listed = schools[absent | (schools["days_late"] > 0)].sort_values("days_late", ascending=False, kind="stable")
        yield Title(_("Missing and late: %(round)s") % {"round": source.round.title})
        yield Note(
            _("As of %(day)s, the day of the round's newest event.") % {"day": date_format(source.as_of, "d.m.Y")}
        )
        rows = [_row(school) for school in listed.to_dict("records")]
        yield Table(columns=_columns(), rows=rows, listed=True, pinned=True, name="overdue_rows")
        if listed.empty and schools["expected"].any():
            yield Note(_("Every expected school handed its report in on time."))
        yield Note(
            _("The curator of mentoring is asked first; the head of the school after %(days)d days.")
            % {"days": DAYS_FOR_THE_CURATOR}
        )
        exempt = schools[schools["state"] == State.EXEMPT.value].to_dict("records")
        if exempt:
            yield from (Gap(), Title(_("Exempt schools")))
            columns = [*_columns()[:3], Column(_("Reason"), width=22)]
            yield Table(columns=columns, rows=[_excused(school) for school in exempt], name="exempt_rows")


def _columns() -> list[Column]:
    return [
        Column(_("School"), width=44),
        Column(_("Type"), width=16),
        Column(_("Territory"), width=18),
        Column(_("State"), width=22),
        Column(_("Due"), width=12),
        Column(_("First handed in"), width=13),
        Column(_("Days late"), width=11),
        Column(_("Extended to"), width=13),
        Column(_("Reason for the extension"), width=36),
        Column(_("Whom to ask"), width=24),
    ]


def _row(school: dict[Any, Any]) -> list[Cell]:
    return [
        Cell(school["school"]),
        Cell(school["type"]),
        Cell(school["territory"]),
        Cell(str(State(school["state"]).label).capitalize()),
        date(school["due"]),
        date(school["submitted_on"]),
        number(school["days_late"]),
        date(school["extended_to"]),
        Cell(school["reason"] if school["extended_to"] and school["reason"] else None),
        Cell(_contact(school["days_late"])),
    ]


def _contact(days_late: int) -> str:
    return _("Head of the school") if days_late > DAYS_FOR_THE_CURATOR else _("Curator of mentoring")


def _excused(school: dict[Any, Any]) -> list[Cell]:
    return [Cell(school["school"]), Cell(school["type"]), Cell(school["territory"]), Cell(school["reason"] or None)]
