"""«Свод»: what the department puts on the table, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring_reports.submissions.enums import State
from mentoring_reports.workbooks.wording import (
    WARNING,
    marks_note,
    period,
    revision_notes,
    target_word,
    unreadable_note,
)
from mentoring_reports.workbooks.writing.blocks import Charts, Fact, Gap, Layout, Note, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table, number
from mentoring_reports.workbooks.writing.figures import (
    Numbers,
    down,
    not_available,
    own,
    plain_value,
    share_cell,
    total_sum,
    value_cell,
)
from mentoring_reports.workbooks.writing.summary_charts import STATE_COLOURS, is_drawn, key_chart, state_chart

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation, Line
    from mentoring_reports.submissions.queries import Rates
    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block

NAME, UNIT, NUMERATOR, DENOMINATOR, VALUE, TARGET = range(6)


@sheet
class SummarySheet:
    """Title, coverage, key indicators with charts, the other indicators, signatures."""

    code: ClassVar[str] = "summary"
    order: ClassVar[int] = 10
    layout: ClassVar[Layout] = Layout.PAGE

    def title(self) -> str:
        """Return the tab's title."""
        return _("Summary")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return the page from top to bottom, the charts below the tables that they draw."""
        consolidation = source.consolidation
        key = [indicator for indicator in consolidation.indicators if indicator.is_key]
        key.sort(key=lambda indicator: not is_drawn(consolidation, indicator))  # the chart draws the first rows
        others = [one for one in consolidation.indicators if not one.is_key]
        yield from _heading(source)
        yield from (Gap(), Title(_("Coverage")), _coverage(consolidation))
        yield Note(_rates_text(consolidation.rates(), consolidation.counts()[State.EXEMPT]))
        yield from (Gap(), Title(_("Key indicators")), _indicators(consolidation, key, "key_indicators"), Gap())
        yield Charts([*key_chart(consolidation, key), state_chart(consolidation)])
        yield from (Title(_("Other indicators")), _indicators(consolidation, others, "other_indicators"))
        yield Note(
            _("A municipal value is the sum of numerators over the sum of denominators, not a mean of percents.")
        )
        yield Note(marks_note())
        yield from map(Note, revision_notes(consolidation))
        yield from (Gap(2), *_signatures())


def _heading(source: Source) -> Iterator[Block]:
    round_, made = source.round, source.consolidation.last_accepted_at
    yield Title(_("Consolidated report: school mentoring"), "title")
    yield Fact(_("Municipality"), Cell(round_.municipality.name))
    yield Fact(_("Round"), Cell(round_.title))
    yield Fact(pgettext("round", "Period"), Cell(period(round_)))
    if source.selection:
        yield Fact(_("Only"), Cell(source.selection))
    yield Fact(_("Figures as accepted by"), Cell(f"{made:%d.%m.%Y %H:%M}" if made else None))
    yield Fact(_("States as of"), Cell(date_format(source.as_of, "d.m.Y")))
    yield Fact(_("Made from"), Cell(_made_from(source)))
    if source.compared:
        yield Fact(_("Compared with"), Cell(f"{source.compared.title} ({period(source.compared)})"))
    if source.read.unreadable:
        yield Note(unreadable_note(source.read.unreadable), WARNING)


def _made_from(source: Source) -> str:
    used = sum(line["round_id"] == source.round.pk for line in source.read.used)
    return _("accepted reports: %(used)d; report form: %(form)s; checksum of the manifest: %(digest)s…") % {
        "used": used,
        "form": source.round.form,
        "digest": source.digest[:12],
    }


def _coverage(consolidation: Consolidation) -> Table:
    counts = consolidation.counts()
    shown = [state for state in STATE_COLOURS if counts[state]] or [State.NOT_STARTED]
    total = sum(counts[state] for state in shown)
    columns = [Column(_("State"), width=48), Column(_("Schools")), Column(_("Share"), bars=True, most=1.0)]
    rows = [
        [Cell(str(state.label).capitalize()), number(counts[state]), _share(counts[state], total)] for state in shown
    ]
    sums = [Cell(_("Schools in total")), total_sum(Numbers(rows), 1, style="number0"), _share(total, total)]
    return Table(columns=columns, rows=rows, totals=[sums], name="coverage")


def _share(part: int, total: int) -> Cell:
    """Return a share of all schools: each row has the sum of the column below."""
    whole = f"SUM({down(1)})"
    return share_cell(part, total, f'=IF({whole}=0,"{not_available()}",{own(1)}/{whole})')


def _indicators(consolidation: Consolidation, indicators: Sequence[Indicator], name: str) -> Table:
    rows = [_indicator_row(indicator, consolidation.line(indicator)) for indicator in indicators]
    return Table(columns=_columns(consolidation), rows=rows, name=name)


def _columns(consolidation: Consolidation) -> list[Column]:
    compared = consolidation.compared
    return [
        Column(_("Indicator"), width=48),
        Column(_("Unit"), width=12),
        Column(_("Numerator"), width=13),
        Column(_("Denominator"), width=14),
        Column(_("Value"), width=13),
        Column(_("Target"), width=11),
        Column(_("Assessment"), width=24),
        Column(_("Before (%(round)s)") % {"round": compared.title} if compared else _("Before"), width=14),
        Column(_("Change, points"), width=13),
        Column(_("Lower quartile"), width=11),
        Column(_("Median of schools"), width=11),
        Column(_("Upper quartile"), width=11),
        Column(_("Schools with a value"), width=12),
        Column(_("Schools in total"), width=11),
    ]


def _indicator_row(indicator: Indicator, line: Line) -> list[Cell]:
    adds_up = indicator.aggregation != "median"
    value = (
        value_cell(indicator, line, numerator=own(NUMERATOR), denominator=own(DENOMINATOR))
        if adds_up
        else plain_value(indicator, line.value, line.state)
    )
    signed = f"signed{max(indicator.decimals, 0)}"
    return [
        Cell(indicator.name),
        Cell(indicator.unit),
        number(line.numerator),
        number(line.denominator),
        value,
        plain_value(indicator, line.target),
        Cell(target_word(line.state) or _reached(line)),
        plain_value(indicator, line.before),
        Cell(None, "missing") if pd.isna(line.change) else Cell(float(line.change), signed),
        plain_value(indicator, line.lower),
        plain_value(indicator, line.median),
        plain_value(indicator, line.upper),
        number(line.known),
        number(line.schools),
    ]


def _reached(line: Line) -> str | None:
    """Return, for a sum, how many schools reach their own target."""
    if pd.isna(line.target) or pd.isna(line.value):
        return None
    return _("reached by %(reached)d of %(known)d schools") % {"reached": line.reached, "known": line.known}


def _rates_text(rates: Rates, exempt: int) -> str:
    text = _("Expected: %(expected)d; handed in: %(submitted)d, on time: %(on_time)d; accepted: %(accepted)d")
    text += _("; exempt: %(exempt)d.") if exempt else "."
    return text % {
        "expected": rates.expected,
        "submitted": rates.submitted,
        "on_time": rates.on_time,
        "accepted": rates.accepted,
        "exempt": exempt,
    }


def _signatures() -> Iterator[Block]:
    for post in (_("Head of the education department"), _("Responsible methodist")):
        yield from (Fact(post, Cell("_______________ / ______________________ /")), Gap())
    yield Fact(_("Date"), Cell("«____» ______________ 20___"))
