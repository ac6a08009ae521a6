"""The overview: where the round stands, and a card for each key indicator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mentoring_reports import charts
from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.submissions.enums import State
from mentoring_reports.workbooks.wording import target_text
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table

from .cells import line_cells, line_columns
from .exporting import Export
from .formatting import MISSING, basis, figure, share, signed, with_unit
from .screen import Screen
from .values import Judged, told

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation, Line


@dataclass(frozen=True)
class Card:
    """An indicator at a glance: `known` of `schools` have a value of their own."""

    code: str
    name: str
    value: Judged
    target: str
    change: str
    trend: str
    known: int
    schools: int
    reached: str
    median: str
    quartiles: str
    link: str

    @property
    def basis(self) -> str:
        """Return on how many schools the value is based."""
        return basis(self.known, self.schools)

    @property
    def is_partial(self) -> bool:
        """Say whether some school has no value."""
        return self.known < self.schools


class Rate(NamedTuple):
    """A rate of the round: how many of the expected schools."""

    title: str
    schools: int
    share: str


class OverviewScreen(Screen):
    """The round at a glance."""

    code = "index"
    template = "dashboard/overview.html"
    compares = True

    @classmethod
    def title(cls) -> str:
        """Return the tab's title."""
        return _("Overview")

    @cached_property
    def expected(self) -> int:
        """Return how many schools are expected."""
        return self.svod.rates().expected

    @cached_property
    def rates(self) -> list[Rate]:
        """Return the round's rates."""
        rates = self.svod.rates()
        counts = (
            (pgettext("schools", "Handed in"), rates.submitted),
            (pgettext("schools", "On time"), rates.on_time),
            (pgettext("schools", "Accepted"), rates.accepted),
        )
        return [Rate(title, count, share(count, rates.expected)) for title, count in counts]

    @cached_property
    def exempt(self) -> int:
        """Return how many schools are not asked for a report."""
        return self.svod.counts()[State.EXEMPT]

    @cached_property
    def states(self) -> list[tuple[charts.Segment, str]]:
        """Return the expected schools by state as a stacked bar, each part with the address of its schools."""
        counts = {state: count for state, count in self.svod.counts().items() if state is not State.EXEMPT}
        bar = charts.stacked_bar((state.value, str(state.label), count) for state, count in counts.items())
        return [(part, self.selection.address("schools", state=part.key)) for part in bar]

    @cached_property
    def cards(self) -> list[Card]:
        """Return a card for each key indicator."""
        return [card(self.svod, one, self.selection.address("indicator", indicator=one.code)) for one in self.key]

    @property
    def exports(self) -> list[Export]:
        """Return the key indicators' figures."""
        return [Export("indicators", _("Key indicators"), self._table)]

    def _table(self) -> Table:
        named = [Column(_("Indicator"), width=48), Column(_("Unit"), width=10)]
        rows = [
            [Cell(one.name), Cell(one.unit), *line_cells(one, self.svod.line(one), self.selection)] for one in self.key
        ]
        return Table(columns=[*named, *line_columns(self.selection)], rows=rows)


def card(svod: Consolidation, indicator: Indicator, link: str) -> Card:
    """Return an indicator's figures over the schools of a consolidation, leading to `link`."""
    line = svod.line(indicator)
    target = svod.targets.of(indicator.code, svod.type_)
    judges_schools = target is not None and line.state is TargetState.UNKNOWN and not pd.isna(line.value)
    return Card(
        code=indicator.code,
        name=indicator.name,
        value=told(indicator, line, unit=True),
        target=target_text(indicator, target),
        change=signed(line.change, indicator),
        trend=trend(indicator, line.change),
        known=line.known,
        schools=line.schools,
        reached=_reached(line) if judges_schools else "",
        median=with_unit(line.median, indicator),
        quartiles=quartiles(indicator, line),
        link=link,
    )


def quartiles(indicator: Indicator, line: Line) -> str:
    """Return the middle half of the schools."""
    lower, upper = (figure(value, indicator.decimals) for value in (line.lower, line.upper))
    return MISSING if lower == MISSING else f"{lower}–{upper}"


def trend(indicator: Indicator, change: float) -> str:
    """Say whether a change is for the better, for the worse, or none to speak of."""
    if pd.isna(change) or change == 0:
        return "same"
    return "better" if (change > 0) == (indicator.direction == "up") else "worse"


def _reached(line: Line) -> str:
    text = _("%(reached)d of %(known)d schools reach it")
    return text % {"reached": line.reached, "known": line.known}
