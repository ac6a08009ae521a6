"""«Динамика»: the indicators over the rounds, with breaks where the report form changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring_reports.workbooks.wording import period
from mentoring_reports.workbooks.writing.blocks import Charts, EndOfPrint, Gap, Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.writing.figures import plain_value
from mentoring_reports.workbooks.writing.styles import BREAK
from mentoring_reports.workbooks.writing.trend_charts import line_charts, line_table

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.trends import Point
    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block


@sheet
class DynamicsSheet:
    """Municipal values round by round, charts of the key indicators."""

    code: ClassVar[str] = "dynamics"
    order: ClassVar[int] = 50
    layout: ClassVar[Layout] = Layout.PAGE

    def title(self) -> str:
        """Return the tab's title."""
        return _("Dynamics")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return the table, what breaks mean, the charts, the rounds, and what the charts are drawn from."""
        indicators = source.consolidation.indicators
        points = source.points
        yield Title(_("Dynamics by %(round)s") % {"round": source.round.title})
        yield Table(columns=_columns(source), rows=_rows(indicators, points), pinned=True, name="dynamics_rows")
        yield from map(Note, _breaks(indicators, points))
        yield Gap()
        key = [indicator for indicator in indicators if indicator.is_key]
        yield Charts(line_charts(key, points))
        yield from (Title(_("Rounds")), _rounds(source, points), EndOfPrint())
        yield from (Gap(), Title(_("Lines of the charts"), "heading"))
        yield Note(_("A line is empty where there is no value, and ends where the report form changed."))
        yield line_table(key, points, source.history)


def _columns(source: Source) -> list[Column]:
    rounds = [Column(one.title, width=15) for one in source.history]
    return [
        Column(_("Indicator"), width=50),
        Column(_("Unit"), width=14),
        *rounds,
        Column(_("Change, points"), width=13),
    ]


def _rows(indicators: Sequence[Indicator], points: dict[str, list[Point]]) -> list[list[Cell]]:
    return [
        [
            Cell(one.name),
            Cell(one.unit),
            *(_value(one, point) for point in points[one.code]),
            _change(one, points[one.code]),
        ]
        for one in indicators
    ]


def _value(indicator: Indicator, point: Point) -> Cell:
    line = point.line
    cell = Cell(None, "missing") if line is None else plain_value(indicator, line.value, line.state)
    return cell._replace(style=f"{BREAK}{cell.style}") if point.broken else cell


def _change(indicator: Indicator, points: Sequence[Point]) -> Cell:
    """Return by how much the last value differs from the one before, in the indicator's own points."""
    if len(points) < 2 or points[-1].broken:  # noqa: PLR2004
        return Cell(None, "missing")
    before, now = (point.line.value if point.line else None for point in points[-2:])
    if before is None or now is None or pd.isna(before) or pd.isna(now):
        return Cell(None, "missing")
    return Cell(round(float(now - before), 8), f"signed{indicator.decimals}")


def _breaks(indicators: Sequence[Indicator], points: dict[str, list[Point]]) -> Iterator[str]:
    """Yield, for each round whose form broke lines, which of them."""
    broken: dict[str, list[str]] = {}
    for indicator in indicators:
        for point in points[indicator.code]:
            if point.broken:
                broken.setdefault(point.round.title, []).append(f"«{indicator.name}»")
    for title, names in broken.items():
        yield _("¦ %(round)s: the report form changed; not comparable with the rounds before: %(names)s.") % {
            "round": title,
            "names": ", ".join(names),
        }


def _rounds(source: Source, points: dict[str, list[Point]]) -> Table:
    columns = [
        Column(_("Round"), width=50),
        Column(_("Code"), width=14),
        Column(pgettext("round", "Period"), width=15),
        Column(_("Report form"), width=15),
        Column(_("Expected"), width=15),
        Column(_("Accepted"), width=15),
    ]
    counted = next(iter(points.values()), [])
    rows = [
        [
            Cell(one.title),
            Cell(one.code),
            Cell(period(one)),
            Cell(_("version %(version)s") % {"version": one.form.version}),
            number(point.expected),
            number(point.accepted),
        ]
        for one, point in zip(source.history, counted, strict=False)
    ]
    return Table(columns=columns, rows=rows, name="rounds_rows")
