"""The line charts of «Динамика», and the table that they are drawn from.

A spreadsheet draws a text as zero and joins whatever stands in one row. So every stretch of comparable rounds has a
row of its own, empty where there is no value, and a chart has a line for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from django.utils.translation import gettext as _

from .blocks import HEADER, Chart, Part, Series
from .cells import Cell, Column, Table
from .figures import not_available, plain_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.models import Round
    from mentoring_reports.submissions.trends import Point

FIXED = 2  # indicator, what the line is
TABLE = "chart_rows"
COLOURS = ("#1f5f9e", "#8f2f28", "#1f5f3a", "#6b4a9e")


class Line(NamedTuple):
    """A row of the table: what it shows, and its values; None leaves a cell empty."""

    indicator: Indicator
    name: str
    values: list[float | None]
    is_goal: bool = False


def line_table(indicators: Sequence[Indicator], points: dict[str, list[Point]], rounds: Sequence[Round]) -> Table:
    """Return the lines of all charts."""
    columns = [
        Column(_("Indicator"), width=50),
        Column(_("Line"), width=14),
        *(Column(one.code, width=15) for one in rounds),
    ]
    rows = [_row(line) for indicator in indicators for line in _lines(indicator, points[indicator.code])]
    return Table(columns=columns, rows=rows, name=TABLE)


def line_charts(indicators: Sequence[Indicator], points: dict[str, list[Point]]) -> list[Chart]:
    """Return a chart an indicator that has any value."""
    charts, row = [], 0
    for indicator in indicators:
        lines = _lines(indicator, points[indicator.code])
        if any(value is not None for line in lines if not line.is_goal for value in line.values):
            charts.append(_chart(indicator, lines, row, points[indicator.code]))
        row += len(lines)
    return charts


def _chart(indicator: Indicator, lines: list[Line], row: int, points: list[Point]) -> Chart:
    last = FIXED + len(points) - 1
    series = [
        Series(
            line.name,
            Part(row + place, FIXED, row + place, last),
            COLOURS[place % len(COLOURS)],
            is_goal=line.is_goal,
        )
        for place, line in enumerate(lines)
    ]
    return Chart(
        kind="lines",
        title=f"{indicator.name}, {indicator.unit}",
        description=_words(indicator, points),
        table=TABLE,
        names=Part(HEADER, FIXED, HEADER, last),
        series=series,
        number_format="0%" if indicator.formula.is_percent else "#,##0",
        least=0,
    )


def _lines(indicator: Indicator, points: list[Point]) -> list[Line]:
    """Return a line for each stretch of comparable rounds, then the target where there is one."""
    stretches = _stretches(points)
    many = len(stretches) > 1
    lines = [
        Line(
            indicator,
            _("Stretch %(number)d") % {"number": place} if many else _("Value"),
            [_value(point) if start <= at < end else None for at, point in enumerate(points)],
        )
        for place, (start, end) in enumerate(stretches, start=1)
    ]
    goals = [_goal(indicator, point) for point in points]
    return [*lines, Line(indicator, _("Target"), goals, is_goal=True)] if any(goals) else lines


def _stretches(points: list[Point]) -> list[tuple[int, int]]:
    starts = [at for at, point in enumerate(points) if at == 0 or point.broken]
    return list(zip(starts, [*starts[1:], len(points)], strict=True))


def _value(point: Point) -> float | None:
    return None if point.line is None or pd.isna(point.line.value) else float(point.line.value)


def _goal(indicator: Indicator, point: Point) -> float | None:
    """Return the target of all schools together in a round's year; a sum is not held against a school's."""
    target = None if indicator.aggregation == "sum" else indicator.target_for("", point.round.period_end)
    return None if target is None else float(target)


def _row(line: Line) -> list[Cell]:
    cells = (Cell(None, "blank") if value is None else plain_value(line.indicator, value) for value in line.values)
    return [Cell(line.indicator.name), Cell(line.name), *cells]


def _words(indicator: Indicator, points: list[Point]) -> str:
    return f"{indicator.name}: " + "; ".join(_point_words(indicator, point) for point in points)


def _point_words(indicator: Indicator, point: Point) -> str:
    value = _value(point)
    text = not_available() if value is None else f"{value:.{indicator.decimals}f} {indicator.unit}".replace(".", ",", 1)
    broken = _("the report form changed")
    return f"{point.round.title} {text}" + (f" ({broken})" if point.broken else "")
