"""Territories and types of schools side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mentoring_reports import charts
from mentoring_reports.submissions.consolidation import Line
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number

from .cells import line_cells, line_columns
from .exporting import Export
from .screen import Screen
from .values import Judged, cells_html, told

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.queries import Rates

    from .selection import Selection


@dataclass(frozen=True)
class GroupRow:
    """A territory or a type: `accepted` of `expected` reports count; `link` leads to its schools."""

    name: str
    accepted: int
    expected: int
    values: list[Judged]
    link: str

    @property
    def cells(self) -> SafeString:
        """Return the values as cells."""
        return cells_html(self.values, "number")

    @property
    def is_partial(self) -> bool:
        """Say whether some expected report does not count."""
        return self.accepted < self.expected


@dataclass(frozen=True)
class Grouping:
    """The groups of one kind: their table, and the chosen indicator as bars."""

    code: str
    title: str
    heading: str
    rows: list[GroupRow]
    total: GroupRow
    chart: charts.Ranking

    @property
    def linked_bars(self) -> list[tuple[charts.Bar, str]]:
        """Return the bars with the addresses of their groups; none where nothing is drawn."""
        return [(bar, row.link) for bar, row in zip(self.chart.bars, self.rows, strict=False)]


@dataclass(frozen=True)
class Groups:
    """The territories and types of a consolidation, with some indicators and the one that is drawn."""

    svod: Consolidation
    selection: Selection
    indicators: Sequence[Indicator]
    drawn: Indicator | None

    def by(self, code: str) -> Grouping:
        """Return the groups of one kind, `territory` or `type`."""
        titles = {"territory": (_("By territory"), _("Territory")), "type": (_("By type of organisation"), _("Type"))}
        title, heading = titles[code]
        rows = [self._row(code, name, lines) for name, lines in self._lines[code].items()]
        return Grouping(code, title, heading, rows, self._total(), self._chart(code))

    def table(self, code: str, heading: str) -> Table:
        """Return every indicator of every group in long form."""
        rows = [
            [
                *(Cell(row.name), number(row.accepted), number(row.expected), Cell(one.name), Cell(one.unit)),
                *line_cells(one, self._lines[code][row.name][one.code]),
            ]
            for row in self.by(code).rows
            for one in self.indicators
        ]
        named = [Column(heading, width=24), Column(_("Accepted")), Column(_("Expected"))]
        columns = [*named, Column(_("Indicator"), width=48), Column(_("Unit")), *line_columns()]
        return Table(columns=columns, rows=rows, filtered=True)

    @cached_property
    def _lines(self) -> dict[str, dict[str, dict[str, Line]]]:
        """Return the groups' figures: by kind of group, by its name, by the indicator's code."""
        return {code: self.svod.lines_by(code) for code in ("territory", "type")}

    @cached_property
    def _rates(self) -> dict[str, dict[str, Rates]]:
        return {code: self.svod.rates_by(code) for code in ("territory", "type")}

    def _chart(self, code: str) -> charts.Ranking:
        """Return the drawn indicator's bars; types may have targets of their own, so that no common line is drawn."""
        if self.drawn is None:
            return charts.ranking([], None)
        drawn = [(name, lines[self.drawn.code]) for name, lines in self._lines[code].items()]
        target = None if code == "type" else self.svod.line(self.drawn).target
        return charts.ranking(
            [(name, None if pd.isna(line.value) else line.value, line.state.value) for name, line in drawn],
            None if target is None or pd.isna(target) or self.drawn.aggregation == "sum" else target,
        )

    def _row(self, grouping: str, name: str, lines: dict[str, Line]) -> GroupRow:
        rates = self._rates[grouping][name]
        values = [told(one, lines[one.code]) for one in self.indicators]
        link = self.selection.address("schools", **{grouping: name})
        return GroupRow(name, rates.accepted, rates.expected, values, link)

    def _total(self) -> GroupRow:
        rates = self.svod.rates()
        values = [told(one, self.svod.line(one)) for one in self.indicators]
        return GroupRow(_("In total"), rates.accepted, rates.expected, values, self.selection.address("schools"))


class GroupsScreen(Screen):
    """Key indicators by territory and by type, with the chosen indicator drawn."""

    code = "groups"
    template = "dashboard/groups.html"

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Territories and types")

    @property
    def read_indicators(self) -> list[Indicator]:
        """Return the key indicators and the chosen one."""
        return [*self.key, *([self.chosen] if self.chosen and self.chosen not in self.key else [])]

    @cached_property
    def groupings(self) -> list[Grouping]:
        """Return territories, then types."""
        return [self._groups.by("territory"), self._groups.by("type")]

    @property
    def exports(self) -> list[Export]:
        """Return every indicator of every group in long form, by territory and by type."""
        return [
            Export("territories", _("By territory"), lambda: self._groups.table("territory", _("Territory"))),
            Export("types", _("By type of organisation"), lambda: self._groups.table("type", _("Type"))),
        ]

    @cached_property
    def _groups(self) -> Groups:
        return Groups(self.svod, self.selection, self.read_indicators, self.chosen)
