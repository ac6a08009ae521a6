"""«Свод»: what the department puts on the table, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring_reports.submissions.consolidation import Line
from mentoring_reports.submissions.enums import State
from mentoring_reports.workbooks.cells import Cell, Column, Span, Table, number
from mentoring_reports.workbooks.figures import plain_value, value_cell
from mentoring_reports.workbooks.wording import period, revision_notes, target_word
from mentoring_reports.workbooks.writer import address, column_range

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.queries import Rates
    from mentoring_reports.workbooks.writer import Page

NAME, UNIT, NUMERATOR, DENOMINATOR, VALUE, TARGET = range(6)
STATE_COLOURS = {
    State.ACCEPTED: "#3c8d5a",
    State.SUBMITTED: "#2f6fb0",
    State.RESUBMITTED: "#7fb0de",
    State.RETURNED: "#d9952b",
    State.REOPENED: "#b07cc6",
    State.NOT_STARTED: "#c3ccd6",
    State.MISSING: "#c2524a",
}


@sheet
class SummarySheet:
    """Title, coverage, key indicators with a chart, the other indicators, signatures."""

    code: ClassVar[str] = "summary"
    order: ClassVar[int] = 10

    def title(self) -> str:
        """Return the tab's title."""
        return _("Summary")

    def write(self, page: Page, consolidation: Consolidation) -> None:
        """Write the page from top to bottom, the charts below the tables that they draw."""
        self._heading(page, consolidation)
        page.title(_("Coverage"), "heading")
        states = self._coverage(page, consolidation)
        page.skip()
        page.title(_("Key indicators"), "heading")
        key = [indicator for indicator in consolidation.indicators if indicator.is_key]
        key.sort(key=lambda indicator: not indicator.formula.is_percent)
        span = self._indicators(page, consolidation, key)
        page.skip()
        self._charts(page, span, sum(indicator.formula.is_percent for indicator in key), states)
        page.title(_("Other indicators"), "heading")
        self._indicators(page, consolidation, [one for one in consolidation.indicators if not one.is_key])
        page.text(_("A municipal value is the sum of numerators over the sum of denominators, not a mean of percents."))
        page.text(_("✓ target reached, ≈ close to the target, ✗ below the target; «—»: no data."))
        for text in revision_notes(consolidation):
            page.text(text)
        page.skip(2)
        self._signatures(page)
        page.on_one_page()

    def _heading(self, page: Page, consolidation: Consolidation) -> None:
        round_ = consolidation.round
        made = consolidation.last_accepted_at
        page.title(_("Consolidated report: school mentoring"))
        page.line(_("Municipality"), Cell(round_.municipality.name))
        page.line(_("Round"), Cell(round_.title))
        page.line(pgettext("round", "Period"), Cell(period(round_)))
        page.line(_("Figures as accepted by"), Cell(f"{made:%d.%m.%Y %H:%M}" if made else None))
        if consolidation.compared:
            page.line(_("Compared with"), Cell(f"{consolidation.compared.title} ({period(consolidation.compared)})"))
        page.skip()

    def _coverage(self, page: Page, consolidation: Consolidation) -> Span:
        counts = consolidation.counts()
        shown = [state for state in STATE_COLOURS if counts[state]] or [State.NOT_STARTED]
        columns = [Column(_("State"), width=48), Column(_("Schools")), Column(_("Share"))]
        first = page.first_row_of(columns)
        span = Span(first, first + len(shown) - 1)
        total = sum(counts[state] for state in shown)
        whole = address(span.last + 1, 1)
        rows = [
            [
                Cell(str(state.label).capitalize()),
                number(counts[state]),
                _share(counts[state], total, first + place, whole),
            ]
            for place, state in enumerate(shown)
        ]
        sums = [
            Cell(_("Schools in total")),
            Cell(total, "number0", f"=SUM({column_range(span, 1)})"),
            _share(total, total, span.last + 1, whole),
        ]
        page.table(Table(columns=columns, rows=rows, totals=[sums]))
        page.text(_rates_text(consolidation.rates(), counts[State.EXEMPT]))
        self._colours = [STATE_COLOURS[state] for state in shown]
        return span

    def _indicators(self, page: Page, consolidation: Consolidation, indicators: Sequence[Indicator]) -> Span:
        columns = _columns(consolidation)
        first = page.first_row_of(columns)
        rows = [
            _indicator_row(indicator, consolidation.line(indicator), first + place)
            for place, indicator in enumerate(indicators)
        ]
        return page.table(Table(columns=columns, rows=rows))

    def _charts(self, page: Page, span: Span, percents: int, states: Span) -> None:
        top = page.row
        tall = 0
        if percents:
            names = Span(span.first, span.first + percents - 1)
            page.bars(
                at=address(top, 0), title=_("Key indicators and targets"), names=names, column=VALUE,
                format_="0%", target=TARGET,
            )  # fmt: skip
            tall = 60 + 34 * percents
        page.ring(at=address(top, 5), title=_("Coverage"), names=states, column=1, colours=self._colours)
        page.skip(max(tall, 300) // 20 + 2)

    def _signatures(self, page: Page) -> None:
        for post in (_("Head of the education department"), _("Responsible methodist")):
            page.line(post, Cell("_______________ / ______________________ /"))
            page.skip()
        page.line(_("Date"), Cell("«____» ______________ 20___"))


def _columns(consolidation: Consolidation) -> list[Column]:
    compared = consolidation.compared
    return [
        Column(_("Indicator"), width=48),
        Column(_("Unit"), width=12),
        Column(_("Numerator")),
        Column(_("Denominator")),
        Column(_("Value"), width=13),
        Column(_("Target"), width=11),
        Column(_("Assessment"), width=24),
        Column(_("Before (%(round)s)") % {"round": compared.title} if compared else _("Before"), width=14),
        Column(_("Change, points"), width=13),
        Column(_("Lower quartile"), width=11),
        Column(_("Median of schools"), width=11),
        Column(_("Upper quartile"), width=11),
        Column(_("Schools with a value"), width=11),
        Column(_("Schools in total"), width=11),
    ]


def _indicator_row(indicator: Indicator, line: Line, row: int) -> list[Cell]:
    adds_up = indicator.aggregation != "median"
    value = (
        value_cell(indicator, line, numerator=address(row, NUMERATOR), denominator=address(row, DENOMINATOR))
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


def _share(part: int, total: int, row: int, whole: str) -> Cell:
    if not total:
        return Cell(None, "missing")
    return Cell(part / total, "percent1", f"={address(row, 1)}/{whole}")


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
