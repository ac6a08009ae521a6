"""Two rounds side by side: every indicator that both forms have, and the schools that rose or fell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports.submissions import frames
from mentoring_reports.submissions.consolidation import Line
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.writing.figures import plain_value, value_cell

from .cells import change_cell, school_cells, school_columns
from .exporting import Export
from .formatting import basis, signed, unit_of_change
from .listing import Heading, School, by_figure, heading, listed, school_headings, schools
from .overview import trend
from .screen import SchoolsScreen
from .values import Judged, school_values, submission_link, told, value_text

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

CHANGE = "change"


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator in both rounds; the counts are over schools with a value in both."""

    indicator: Indicator
    before: str
    basis_before: str
    value: Judged
    basis: str
    change: str
    trend: str
    rose: int
    fell: int
    same: int
    link: str


@dataclass(frozen=True)
class ChangeRow:
    """A school in both rounds; `trend` says whether the change is for the better."""

    school: School
    before: Judged
    value: Judged
    change: str
    trend: str


class ComparisonScreen(SchoolsScreen):
    """The chosen round against another one; those that fell most come first."""

    code = "comparison"
    template = "dashboard/comparison.html"
    compares = True

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Comparison")

    @property
    def read_indicators(self) -> Sequence[Indicator]:
        """Return all indicators of the form."""
        return self.form_indicators

    @property
    def sortable(self) -> set[str]:
        """Return the columns of lists, and the change."""
        return {*super().sortable, CHANGE}

    @cached_property
    def common(self) -> list[Indicator]:
        """Return the indicators that can be compared."""
        return [one for one in self.svod.indicators if one.code not in self.svod.broken]

    @cached_property
    def left_out(self) -> list[str]:
        """Return the names of those that cannot: the other form does not have them, or has another formula."""
        return [one.name for one in self.svod.indicators if one.code in self.svod.broken]

    @property
    def can_compare_schools(self) -> bool:
        """Say whether the chosen indicator is in both forms."""
        return bool(self.selection.compared and self.chosen and self.chosen.code not in self.svod.broken)

    @cached_property
    def indicator_rows(self) -> list[IndicatorRow]:
        """Return the table of indicators."""
        return [self._indicator_row(one) for one in self.common] if self.selection.compared else []

    @cached_property
    def order(self) -> list[int]:
        """Return the places; without an order asked for, those that changed most for the worse first."""
        if self.selection.sort not in {"", CHANGE}:
            return super().order
        code = self._chosen.code
        changes = self.changes[code].to_numpy()
        down_is_better = self._chosen.direction == "down"
        descending = self.selection.descending if self.selection.sort else down_is_better
        return by_figure(listed(self.svod, self.selection, self.key), changes, descending=descending)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Return every school's change of every indicator; NaN where it lacks either value."""
        now, before = self.svod.parts["value"], self.svod.parts_before["value"]
        return (now - before[now.columns]).round(frames.PLACES * 2)

    @cached_property
    def _directions(self) -> dict[str, tuple[int, int, int]]:
        """Return how many schools rose, fell and stayed, by the indicator's code."""
        changes = self.changes.to_numpy()
        counts = ((changes > 0).sum(axis=0), (changes < 0).sum(axis=0), (changes == 0).sum(axis=0))
        return {
            code: (int(up), int(down), int(level)) for code, up, down, level in zip(self.changes, *counts, strict=True)
        }

    @cached_property
    def headings(self) -> list[Heading]:
        """Return the columns that can be sorted by."""
        change = _("Change, %(unit)s") % {"unit": unit_of_change(self._chosen)}
        value = heading(self.selection, self._chosen.code, self.round.title, numeric=True)
        return [*school_headings(self.selection), value, heading(self.selection, CHANGE, change, numeric=True)]

    @cached_property
    def rows(self) -> list[ChangeRow]:
        """Return the rows of the page."""
        return [self._row(one) for one in schools(self.svod, self.pages.places)]

    @property
    def exports(self) -> list[Export]:
        """Return the schools' changes, and the indicators."""
        if not self.selection.compared:
            return []
        indicators = Export("indicators", _("Indicators in both rounds"), self._indicators_table)
        if not self.can_compare_schools:
            return [indicators]
        return [indicators, Export("schools", _("Schools that rose and fell"), self._schools_table)]

    @property
    def _chosen(self) -> Indicator:
        assert self.chosen  # noqa: S101  (asked for only then)
        return self.chosen

    @cached_property
    def _before(self) -> dict[str, Line]:
        """Return the compared round's municipal figures by code."""
        parts = frames.indicator_frame(self.svod.before, self.common)
        return Line.all_of(frames.municipal_frame(parts, self.common))

    @cached_property
    def _ids_before(self) -> dict[int, int]:
        """Return each school's accepted revision in the compared round."""
        return dict(zip(self.svod.before["school_id"], self.svod.before["submission_id"], strict=True))

    def _indicator_row(self, indicator: Indicator) -> IndicatorRow:
        line, before = self.svod.line(indicator), self._before[indicator.code]
        rose, fell, same = self._directions[indicator.code]
        return IndicatorRow(
            indicator=indicator,
            before=value_text(indicator, before),
            basis_before=basis(before.known, len(self.svod.before)),
            value=told(indicator, line, unit=True),
            basis=basis(line.known, line.schools),
            change=signed(line.change, indicator),
            trend=trend(indicator, line.change),
            rose=rose,
            fell=fell,
            same=same,
            link=self.selection.address(self.code, indicator=indicator.code) + "#schools",
        )

    def _row(self, school: School) -> ChangeRow:
        change = float(self.changes[self._chosen.code].array[school.place])
        pk = self._ids_before.get(school.pk)
        before = self._lines_before[school.place]
        return ChangeRow(
            school=school,
            before=Judged(
                value_text(self._chosen, before, unit=False),
                link=submission_link(pk) if pk else "",
                is_small=before.is_small,
            ),
            value=school_values(self.svod, [self._chosen], school.place)[0],
            change=signed(change, self._chosen, unit=False),
            trend=trend(self._chosen, change),
        )

    @cached_property
    def _lines_before(self) -> list[Line]:
        """Return every school's figures of the chosen indicator in the compared round."""
        columns = (self.svod.parts_before[part][self._chosen.code].tolist() for part in frames.PARTS)
        return [Line(*figures) for figures in zip(*columns, strict=True)]

    def _indicators_table(self) -> Table:
        headers = (_("Indicator"), _("Unit"), _("Before"), _("Schools with a value before"), _("Value"))
        more = (_("Schools with a value"), _("Change, points"), _("Rose"), _("Fell"), _("Unchanged"))
        columns = [Column(header, width=48 if header == headers[0] else 14) for header in (*headers, *more)]
        rows = [
            [
                Cell(row.indicator.name),
                Cell(row.indicator.unit),
                value_cell(row.indicator, self._before[row.indicator.code]),
                number(self._before[row.indicator.code].known),
                value_cell(row.indicator, line),
                number(line.known),
                change_cell(row.indicator, line.change),
                *(number(count) for count in (row.rose, row.fell, row.same)),
            ]
            for row in self.indicator_rows
            for line in [self.svod.line(row.indicator)]
        ]
        return Table(columns=columns, rows=rows)

    def _schools_table(self) -> Table:
        compared = self.selection.compared
        titles = (compared.title if compared else "", self.round.title)
        group = f"{self._chosen.name}, {self._chosen.unit}"
        columns = [*school_columns(), *(Column(title, group, width=14) for title in (*titles, _("Change, points")))]
        return Table(columns=columns, rows=[self._cells(one) for one in schools(self.svod, self.order)], filtered=True)

    def _cells(self, school: School) -> list[Cell]:
        code, place = self._chosen.code, school.place
        return [
            *school_cells(school),
            plain_value(self._chosen, float(self.svod.parts_before["value"][code].array[place])),
            value_cell(self._chosen, self.svod.school_line(place, code)),
            change_cell(self._chosen, float(self.changes[code].array[place])),
        ]
