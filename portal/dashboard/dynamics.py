"""An indicator over rounds: the municipal value with the schools' median and middle half, and each territory's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring_reports import charts
from mentoring_reports.submissions.kept_figures import kept_figures_frame
from mentoring_reports.submissions.trends import Point, Trend, trend
from mentoring_reports.workbooks.wording import period
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.writing.figures import plain_value, value_cell

from .exporting import Export
from .formatting import MISSING, basis, with_unit
from .overview import quartiles
from .screen import Screen
from .values import Judged, told

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Line
    from mentoring_reports.submissions.models import Round

    from .selection import Selection

SMALL_WIDTH = 360.0


@dataclass(frozen=True)
class RoundRow:
    """A round's figures; `link` leads to the indicator in that round."""

    title: str
    period: str
    value: Judged | None
    median: str
    quartiles: str
    basis: str
    broken: bool
    link: str


@dataclass(frozen=True)
class Small:
    """A territory's line; `link` leads to its own dynamics."""

    name: str
    chart: charts.Trend
    values: list[str]
    link: str

    @property
    def description(self) -> str:
        """Return the numbers behind the line."""
        return "; ".join(self.values)

    @property
    def last(self) -> str:
        """Return the latest of them."""
        return self.values[-1]


class DynamicsScreen(Screen):
    """The chosen indicator over the last rounds up to the chosen one."""

    code = "dynamics"
    template = "dashboard/dynamics.html"

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Dynamics")

    @classmethod
    def rounds(cls, selection: Selection) -> list[Round]:
        """Return the last rounds up to the chosen one, the earliest first."""
        return selection.history

    @property
    def read_indicators(self) -> list[Indicator]:
        """Return nothing: the rounds' figures are read apart, for the chosen indicator alone."""
        return []

    @cached_property
    def trend(self) -> Trend | None:
        """Return the figures over rounds."""
        if self.chosen is None:
            return None
        chosen, rounds = self.selection, self.rounds(self.selection)
        return trend(rounds, self.chosen.code, territory=chosen.territory, type_=chosen.type, read=kept_figures_frame)

    @cached_property
    def points(self) -> list[Point]:
        """Return a point a round, the earliest first."""
        return self.trend.points if self.trend else []

    @cached_property
    def chart(self) -> charts.Trend:
        """Return the lines; a sum is not held against a school's target."""
        return charts.trend([_drawn(point) for point in self.points], self._target)

    @cached_property
    def rows(self) -> list[RoundRow]:
        """Return the numbers behind the lines."""
        return [self._row(point) for point in self.points]

    @property
    def description(self) -> str:
        """Return the numbers behind the line in words."""
        return "; ".join(f"{row.title}: {row.value.text if row.value else MISSING}" for row in self.rows)

    @property
    def breaks(self) -> list[str]:
        """Return the rounds from which on figures cannot be compared with those before."""
        return [point.round.title for point in self.points if point.broken]

    @cached_property
    def small_multiples(self) -> list[Small]:
        """Return a line a territory, all on one scale, where more than one is shown."""
        lines = self.trend.by("territory") if self.trend else {}
        most = max((value for values in lines.values() for value in values if value is not None), default=0.0)
        return [self._small(name, values, most) for name, values in lines.items()] if len(lines) > 1 else []

    @property
    def exports(self) -> list[Export]:
        """Return the rounds' figures, and the territories' values."""
        main = Export("rounds", _("Dynamics"), self._table)
        return [main, Export("territories", _("By territory"), self._territories)] if self.chosen else []

    @property
    def _target(self) -> float | None:
        if self.chosen is None or self.chosen.aggregation == "sum":
            return None
        target = self.chosen.target_for(self.selection.type, self.round.period_end)
        return None if target is None else float(target)

    def _row(self, point: Point) -> RoundRow:
        indicator = self._indicator(point)
        line = point.line
        return RoundRow(
            title=point.round.title,
            period=period(point.round),
            value=told(indicator, line, unit=True) if line and indicator else None,
            median=with_unit(line.median, indicator) if line and indicator else with_unit(None, self._chosen),
            quartiles=quartiles(indicator, line) if line and indicator else "",
            basis=basis(*_counts(point)),
            broken=point.broken,
            link=self.selection.address("indicator", round=point.round.code, compare=""),
        )

    def _small(self, name: str, values: list[float | None], most: float) -> Small:
        broken = [point.broken for point in self.points]
        titles = [point.round.title for point in self.points]
        drawn = [
            charts.TrendPoint(title, value, broken=cut)
            for title, value, cut in zip(titles, values, broken, strict=True)
        ]
        texts = [f"{title}: {with_unit(value, self._chosen)}" for title, value in zip(titles, values, strict=True)]
        chart = charts.trend(drawn, self._target, width=SMALL_WIDTH, upto=most)
        return Small(name, chart, texts, self.selection.query(territory=name))

    def _indicator(self, point: Point) -> Indicator | None:
        return self.trend.indicators.get(point.round.form_id) if self.trend else None

    @property
    def _chosen(self) -> Indicator:
        assert self.chosen  # noqa: S101  (asked for only then)
        return self.chosen

    def _table(self) -> Table:
        named = (_("Round"), pgettext("round", "Period"))
        headers = (
            _("Numerator"),
            _("Denominator"),
            _("Value"),
            _("Lower quartile"),
        )
        more = (_("Median of schools"), _("Upper quartile"), _("Schools with a value"), _("Accepted"), _("Expected"))
        figures = (*headers, *more, _("Comparable with the round before"))
        columns = [
            *(Column(header, width=14) for header in named),
            *(Column(header, group=self._group, width=14) for header in figures),
        ]
        return Table(columns=columns, rows=[self._cells(point) for point in self.points])

    @property
    def _group(self) -> str:
        """Return what the columns of figures are about."""
        return f"{self._chosen.name}, {self._chosen.unit}"

    def _cells(self, point: Point) -> list[Cell]:
        indicator, line = self._indicator(point), point.line
        blanks = [Cell(None, "missing")] * 7
        figures = blanks
        if indicator and line:
            spread = (plain_value(indicator, value) for value in (line.lower, line.median, line.upper))
            parts = (number(line.numerator), number(line.denominator))
            figures = [*parts, value_cell(indicator, line), *spread, number(line.known)]
        told_of = Cell(_("no: the form changed") if point.broken else _("yes"))
        named = [Cell(point.round.title), Cell(period(point.round))]
        return [*named, *figures, number(point.accepted), number(point.expected), told_of]

    def _territories(self) -> Table:
        lines = self.trend.by("territory") if self.trend else {}
        columns = [
            Column(_("Territory"), width=24),
            *(Column(point.round.title, group=self._group, width=14) for point in self.points),
        ]
        rows = [[Cell(name), *(plain_value(self._chosen, value) for value in values)] for name, values in lines.items()]
        return Table(columns=columns, rows=rows)


def _drawn(point: Point) -> charts.TrendPoint:
    line = point.line
    if line is None:
        return charts.TrendPoint(point.round.title, None, broken=point.broken)
    value, lower, median, upper = (None if pd.isna(one) else one for one in _figures(line))
    return charts.TrendPoint(point.round.title, value, lower, median, upper, point.broken)


def _figures(line: Line) -> tuple[float, float, float, float]:
    return line.value, line.lower, line.median, line.upper


def _counts(point: Point) -> tuple[int, int]:
    """Return how many schools have a value, and of how many: of those expected, where that is known."""
    known = point.line.known if point.line else 0
    return known, point.accepted if point.expected is None else point.expected
