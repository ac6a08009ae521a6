"""One indicator looked at closely: its distribution, the ranking of schools, territories and types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from mentoring_reports import charts
from mentoring_reports.indicators.models import Direction
from mentoring_reports.workbooks.writing.cells import Table

from .cells import parts_cells, parts_columns, school_cells, school_columns
from .exporting import Export
from .formatting import part
from .groups import Grouping, Groups
from .listing import Heading, School, by_figure, heading, listed, school_headings, schools
from .overview import Card, card
from .screen import SchoolsScreen
from .values import Judged, accepted_link, school_values

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Line

MOST_DOTS = 150  # more schools are drawn as a histogram


@dataclass(frozen=True)
class IndicatorRow:
    """A school with what its value is made of."""

    school: School
    numerator: str
    denominator: str
    value: Judged
    bar: charts.Bar


class IndicatorScreen(SchoolsScreen):
    """The chosen indicator; schools that need help come first."""

    code = "indicator"
    template = "dashboard/indicator.html"
    compares = True

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Indicator")

    @property
    def read_indicators(self) -> Sequence[Indicator]:
        """Return the chosen indicator; to list incomplete schools the key ones are needed too."""
        if not self.asked.incomplete:
            return self.drawn
        return [*self.key, *(one for one in self.drawn if one not in self.key)]

    @cached_property
    def card(self) -> Card | None:
        """Return the indicator's figures over all schools."""
        return card(self.svod, self.chosen, "") if self.chosen else None

    @cached_property
    def line(self) -> Line | None:
        """Return the indicator's figures over all schools, as numbers."""
        return self.svod.line(self.chosen) if self.chosen else None

    @cached_property
    def order(self) -> list[int]:
        """Return the places in the order asked for, without one those that need help first."""
        code = self.chosen.code if self.chosen else ""
        if not code or self.selection.sort not in {"", code}:
            return super().order
        low_first = self.chosen is not None and self.chosen.direction == Direction.UP
        places = listed(self.svod, self.selection, self.key)
        descending = self.selection.descending if self.selection.sort else not low_first
        return by_figure(places, self._values, descending=descending)

    @cached_property
    def headings(self) -> list[Heading]:
        """Return the columns that can be sorted by: the school's, and the value."""
        title = f"{self.chosen.name}, {self.chosen.unit}" if self.chosen else ""
        code = self.chosen.code if self.chosen else ""
        return [*school_headings(self.selection), heading(self.selection, code, title, numeric=True)]

    @cached_property
    def rows(self) -> list[IndicatorRow]:
        """Return the rows of the page."""
        page = schools(self.svod, self.pages.places)
        return [self._row(one, bar) for one, bar in zip(page, self.ranking.bars, strict=True)]

    @property
    def linked_bars(self) -> list[tuple[charts.Bar, str]]:
        """Return the bars with the addresses of the reports behind them."""
        return [(row.bar, row.value.link) for row in self.rows]

    @property
    def drawn(self) -> list[Indicator]:
        """Return the one indicator that this view is about."""
        return [self.chosen] if self.chosen else []

    @cached_property
    def ranking(self) -> charts.Ranking:
        """Return the schools of the page as bars, in the same order."""
        bars = [(str(self.svod.schools["school"].array[place]), *self._bar(place)) for place in self.pages.places]
        return charts.ranking(bars, self.target)

    @cached_property
    def strip(self) -> charts.Strip | None:
        """Return the distribution over schools as dots; None where there are too many."""
        if len(self._known) > MOST_DOTS:
            return None
        names = self.svod.schools["school"].array
        named = [(str(names[place]), float(self._values[place])) for place in self._known]
        return charts.strip(named, self._box, self.target)

    @cached_property
    def dots(self) -> list[tuple[charts.Dot, str]]:
        """Return the dots with the addresses of the reports behind them."""
        if self.strip is None:
            return []
        return [(dot, accepted_link(self.svod, place)) for dot, place in zip(self.strip.dots, self._known, strict=True)]

    @cached_property
    def histogram(self) -> charts.Histogram | None:
        """Return the distribution over many schools; None where dots show them."""
        if self.strip:
            return None
        return charts.histogram(self._values[self._known].tolist(), self._box, self.target)

    @cached_property
    def groupings(self) -> list[Grouping]:
        """Return the indicator by territory and by type."""
        groups = Groups(self.svod, self.selection, self.drawn, self.chosen)
        return [groups.by("territory"), groups.by("type")]

    @property
    def target(self) -> float | None:
        """Return the line that schools are held against: none where types have targets of their own."""
        if self.chosen is None:
            return None
        targets = set(self.svod.targets.of_schools(self.chosen.code, self.svod.schools["type"]))
        return targets.pop() if len(targets) == 1 and not any(map(np.isnan, targets)) else None

    @property
    def exports(self) -> list[Export]:
        """Return the schools with numerator, denominator and value."""
        return [Export("schools", _("Indicator"), self._table)] if self.chosen else []

    @cached_property
    def _values(self) -> np.ndarray:
        assert self.chosen  # noqa: S101  (asked for only then)
        return self.svod.parts["value"][self.chosen.code].to_numpy()

    @cached_property
    def _known(self) -> list[int]:
        """Return the places of the schools that have a value, the lowest first."""
        return by_figure(np.flatnonzero(~np.isnan(self._values)), self._values, descending=False)

    @property
    def _box(self) -> tuple[float, float, float] | None:
        line = self.line
        return None if line is None or pd.isna(line.median) else (line.lower, line.median, line.upper)

    def _bar(self, place: int) -> tuple[float | None, str]:
        assert self.chosen  # noqa: S101
        line = self.svod.school_line(place, self.chosen.code)
        return (None if pd.isna(line.value) else line.value), line.state.value

    def _row(self, school: School, bar: charts.Bar) -> IndicatorRow:
        assert self.chosen  # noqa: S101
        line = self.svod.school_line(school.place, self.chosen.code)
        value = school_values(self.svod, self.drawn, school.place)[0]
        return IndicatorRow(school, part(line.numerator), part(line.denominator), value, bar)

    def _table(self) -> Table:
        assert self.chosen  # noqa: S101
        rows = [
            [
                *school_cells(one),
                *parts_cells(self.chosen, self.svod.school_line(one.place, self.chosen.code)),
            ]
            for one in schools(self.svod, self.order)
        ]
        return Table(columns=[*school_columns(), *parts_columns(self.chosen)], rows=rows, filtered=True)
