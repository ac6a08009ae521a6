"""What the dashboard's template shows: cards, tables and charts, all out of one consolidation."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from mentoring_reports import charts
from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.submissions.consolidation import Consolidation, Line, consolidate, judged
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.workbooks.wording import target_text

from .detail import Detail
from .formatting import MISSING, figure, signed, with_unit
from .selection import Selection, chosen_indicator
from .values import Judged, accepted_links, school_value, submission_link, told

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator


PER_PAGE = 100  # schools in the table


@dataclass(frozen=True)
class Card:
    """A key indicator at a glance."""

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


@dataclass(frozen=True)
class SchoolRow:
    """A school in the table; `link` leads to its latest revision."""

    name: str
    short_name: str
    type: str
    territory: str
    state: str
    state_code: str
    link: str
    values: list[Judged]


@dataclass(frozen=True)
class GroupRow:
    """A territory or a type in its table; `link` filters by it."""

    name: str
    accepted: int
    expected: int
    values: list[Judged]
    link: str


@dataclass(frozen=True)
class Heading:
    """A column that can be sorted by."""

    title: str
    link: str
    order: str
    numeric: bool = False


class Screen:
    """The dashboard for a selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.everything = consolidate(selection.round, compared=selection.compared, history=selection.history)
        self.svod: Consolidation = self.everything.within(territory=selection.territory, type_=selection.type)
        self.round = selection.round
        self.indicators = self.svod.indicators
        self.key: Sequence[Indicator] = [one for one in self.indicators if one.is_key] or self.indicators[:6]
        self.chosen = chosen_indicator(selection, self.indicators)

    @cached_property
    def territories(self) -> list[str]:
        """Return the names to filter by."""
        return sorted(self.everything.schools["territory"].unique(), key=reading_order)

    @cached_property
    def types(self) -> list[str]:
        """Return the names to filter by."""
        return sorted(self.everything.schools["type"].unique(), key=reading_order)

    @cached_property
    def rates(self) -> list[tuple[str, int, str]]:
        """Return the round's rates: name, count, share."""
        rates = self.svod.rates()
        shares = (rates.reporting_rate, rates.on_time_rate, rates.acceptance_rate)
        names = (_("handed in"), _("on time"), _("accepted"))
        counts = (rates.submitted, rates.on_time, rates.accepted)
        return [
            (name, count, MISSING if share is None else f"{figure(float(share * 100), 1)}\u202f%")
            for name, count, share in zip(names, counts, shares, strict=True)
        ]

    @property
    def expected(self) -> int:
        """Return how many schools are expected."""
        return self.svod.rates().expected

    @cached_property
    def states(self) -> list[charts.Segment]:
        """Return the coverage as a stacked bar."""
        return charts.stacked_bar((state.value, str(state.label), count) for state, count in self.svod.counts().items())

    @property
    def has_figures(self) -> bool:
        """Say whether any report is accepted."""
        return bool(self.svod.wide["submission_id"].notna().any())

    @cached_property
    def cards(self) -> list[Card]:
        """Return a card for each key indicator."""
        return [self._card(indicator) for indicator in self.key]

    @cached_property
    def school_headings(self) -> list[Heading]:
        """Return the columns of the table of schools."""
        fixed = [("school", _("School")), ("type", _("Type")), ("territory", _("Territory")), ("state", _("State"))]
        numbers = [(one.code, f"{one.name}, {one.unit}") for one in self.key]
        return [
            *(self._heading(code, title) for code, title in fixed),
            *(self._heading(code, title, numeric=True) for code, title in numbers),
        ]

    @cached_property
    def schools(self) -> list[SchoolRow]:
        """Return the table of schools in the order asked for; missing values always last."""
        return self._schools(self._order())

    @cached_property
    def page(self) -> Page:
        """Return one page of the places of the schools, in the order asked for."""
        return Paginator(self._order(), PER_PAGE).get_page(self.selection.page)

    @property
    def schools_of_page(self) -> list[SchoolRow]:
        """Return the schools of that page."""
        return self._schools(list(self.page.object_list))

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """Return number and address of every page."""
        return [
            (number, f"{self.selection.query(page=str(number))}#schools") for number in self.page.paginator.page_range
        ]

    @cached_property
    def by_territory(self) -> list[GroupRow]:
        """Return the table by territory."""
        return self._groups("territory")

    @cached_property
    def by_type(self) -> list[GroupRow]:
        """Return the table by type."""
        return self._groups("type")

    @cached_property
    def chosen_card(self) -> Card | None:
        """Return the indicator that is looked at closely."""
        return self._card(self.chosen) if self.chosen else None

    @cached_property
    def detail(self) -> Detail | None:
        """Return the chosen indicator's charts."""
        return Detail(self.svod, self.chosen, self.selection.history) if self.chosen else None

    def _card(self, indicator: Indicator) -> Card:
        line = self.svod.line(indicator)
        state = judged(indicator, line.value, municipal=True)
        per_school = indicator.target is not None and state == TargetState.UNKNOWN and not pd.isna(line.value)
        spread = [figure(value, indicator.decimals) for value in (line.lower, line.upper)]
        return Card(
            code=indicator.code,
            name=indicator.name,
            value=told(indicator, line.value, state),
            target=target_text(indicator),
            change=signed(line.change, indicator),
            trend=_trend(indicator, line.change),
            known=line.known,
            schools=line.schools,
            reached=_reached(line) if per_school else "",
            median=with_unit(line.median, indicator),
            quartiles=MISSING if spread[0] == MISSING else f"{spread[0]}–{spread[1]}",
            link=f"{self.selection.query(indicator=indicator.code)}#indicator",
        )

    def _heading(self, code: str, title: str, *, numeric: bool = False) -> Heading:
        is_current = self.selection.sort == code
        order = ("descending" if self.selection.descending else "ascending") if is_current else ""
        return Heading(title, f"{self.selection.sorted_by(code)}#schools", order, numeric)

    def _order(self) -> list[int]:
        """Return the places of the schools in the order asked for."""
        places = list(range(len(self.svod.schools)))
        turned = self.selection.descending
        if self.selection.sort in {indicator.code for indicator in self.key}:
            values = [line.value for line in self.svod.school_lines[self.selection.sort]]
            known = [place for place in places if not pd.isna(values[place])]
            known.sort(key=values.__getitem__, reverse=turned)
            return known + [place for place in places if pd.isna(values[place])]
        column = self.selection.sort if self.selection.sort in {"type", "territory", "state"} else "school"
        keys = [reading_order(name) for name in self.svod.schools[column]]
        return sorted(places, key=keys.__getitem__, reverse=turned)

    def _schools(self, places: Sequence[int]) -> list[SchoolRow]:
        rows, links = self.svod.schools.to_dict("records"), accepted_links(self.svod)
        return [self._school(place, rows[place], links[place]) for place in places]

    def _school(self, place: int, row: dict[Hashable, Any], link: str) -> SchoolRow:
        latest = row["latest_id"]
        return SchoolRow(
            name=row["school"],
            short_name=charts.shortened(row["school"]),
            type=row["type"],
            territory=row["territory"],
            state=str(State(row["state"]).label),
            state_code=row["state"],
            link="" if pd.isna(latest) else submission_link(latest),
            values=[school_value(self.svod, indicator, place, link) for indicator in self.key],
        )

    def _groups(self, grouping: str) -> list[GroupRow]:
        rows = []
        for name, frame in self.svod.by(grouping).items():
            rates = self.svod.rates(self.svod.schools[self.svod.schools[grouping] == name])
            lines = [(one, Line.of(frame, one.code).value) for one in self.key]
            values = [told(one, value, judged(one, value, municipal=True)) for one, value in lines]
            link = f"{self.selection.query(**{grouping: name})}#schools"
            rows.append(GroupRow(name, rates.accepted, rates.expected, values, link))
        return rows


def _trend(indicator: Indicator, change: float) -> str:
    """Say whether a change is for the better, for the worse, or none to speak of."""
    if pd.isna(change) or change == 0:
        return "same"
    return "better" if (change > 0) == (indicator.direction == "up") else "worse"


def _reached(line: Line) -> str:
    text = _("%(reached)d of %(known)d schools reach it")
    return text % {"reached": line.reached, "known": line.known}
