"""What the dashboard's template shows: cards, tables and charts, all out of one consolidation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.submissions.consolidation import Consolidation, consolidate, judged
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.workbooks.wording import target_text, target_word

from . import charts
from .formatting import MISSING, figure, signed, with_unit
from .selection import Selection, chosen_indicator

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

MOST_BARS = 60
ICONS = {TargetState.REACHED: "✓", TargetState.CLOSE: "≈", TargetState.MISSED: "✗"}


@dataclass(frozen=True)
class Judged:
    """A value with what the target says about it; `link` leads to where it comes from."""

    text: str
    state: str = TargetState.UNKNOWN.value
    word: str = ""
    icon: str = ""
    link: str = ""


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
        rows = self.svod.wide
        return [self._school(place, rows.iloc[place]) for place in self._order()]

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
    def strip(self) -> charts.Strip | None:
        """Return the distribution of the chosen indicator over schools."""
        if self.chosen is None:
            return None
        values = self._values(self.chosen).dropna()
        line = self.svod.municipal.loc[self.chosen.code]
        box = None if pd.isna(line["median"]) else (float(line["lower"]), float(line["median"]), float(line["upper"]))
        named = zip(self.svod.schools.loc[values.index, "school"], values, strict=True)
        return charts.strip([(name, float(value)) for name, value in named], box, self._target())

    @cached_property
    def ranking(self) -> charts.Ranking | None:
        """Return the schools by the chosen indicator, those that need help first."""
        if self.chosen is None:
            return None
        values = self._values(self.chosen).dropna()
        ordered = values.sort_values(ascending=self.chosen.direction == "up", kind="stable").head(MOST_BARS)
        rows = [
            (self.svod.schools.at[place, "school"], float(value), judged(self.chosen, value).value)
            for place, value in ordered.items()
        ]
        return charts.ranking(rows, self._target())

    @property
    def more_bars(self) -> int:
        """Return how many schools the ranking leaves out."""
        return max(0, len(self._values(self.chosen).dropna()) - MOST_BARS) if self.chosen else 0

    @cached_property
    def dynamics(self) -> charts.Line | None:
        """Return the chosen indicator over the rounds."""
        if self.chosen is None:
            return None
        keeps_target = self.chosen.aggregation != "sum"
        return charts.line(self._history(self.chosen), self._target() if keeps_target else None)

    @cached_property
    def dynamics_table(self) -> list[tuple[str, str]]:
        """Return the numbers behind the line."""
        chosen = self.chosen
        return [(title, with_unit(value, chosen)) for title, value in self._history(chosen)] if chosen else []

    @cached_property
    def chosen_table(self) -> list[tuple[str, str, str, Judged]]:
        """Return the numbers behind distribution and ranking: school, numerator, denominator, value."""
        chosen = self.chosen
        if chosen is None:
            return []
        tops, bottoms = (self.svod.parts[part][chosen.code] for part in ("numerator", "denominator"))
        return [
            (row["school"], _part(tops.at[place]), _part(bottoms.at[place]), self._value(chosen, place, row))
            for place, row in self.svod.wide.iterrows()
        ]

    def _card(self, indicator: Indicator) -> Card:
        line = self.svod.municipal.loc[indicator.code]
        state = judged(indicator, line["value"], municipal=True)
        per_school = indicator.target is not None and state == TargetState.UNKNOWN and not pd.isna(line["value"])
        spread = [figure(line[name], indicator.decimals) for name in ("lower", "upper")]
        return Card(
            code=indicator.code,
            name=indicator.name,
            value=_judged_text(indicator, line["value"], state),
            target=target_text(indicator),
            change=signed(line["change"], indicator),
            trend=_trend(indicator, line["change"]),
            known=int(line["known"]),
            schools=int(line["schools"]),
            reached=_reached(line) if per_school else "",
            median=with_unit(line["median"], indicator),
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
        by_code = {indicator.code: indicator for indicator in self.key}
        if self.selection.sort in by_code:
            values = self._values(by_code[self.selection.sort])
            known = [place for place in places if not pd.isna(values.iloc[place])]
            known.sort(key=lambda place: values.iloc[place], reverse=self.selection.descending)
            return known + [place for place in places if pd.isna(values.iloc[place])]
        column = self.selection.sort if self.selection.sort in {"type", "territory", "state"} else "school"
        names = self.svod.schools[column]
        return sorted(places, key=lambda place: reading_order(names.iloc[place]), reverse=self.selection.descending)

    def _school(self, place: int, row: pd.Series) -> SchoolRow:
        latest = row["latest_id"]
        return SchoolRow(
            name=row["school"],
            short_name=charts.shortened(row["school"]),
            type=row["type"],
            territory=row["territory"],
            state=str(State(row["state"]).label),
            state_code=row["state"],
            link="" if pd.isna(latest) else submission_link(latest),
            values=[self._value(indicator, place, row) for indicator in self.key],
        )

    def _value(self, indicator: Indicator, place: int, row: pd.Series) -> Judged:
        value = self._values(indicator).iloc[place]
        link = "" if pd.isna(row["submission_id"]) else submission_link(row["submission_id"])
        return _judged_text(indicator, value, judged(indicator, value), link)

    def _values(self, indicator: Indicator) -> pd.Series[float]:
        return self.svod.parts["value"][indicator.code]

    def _groups(self, grouping: str) -> list[GroupRow]:
        rows = []
        for name, frame in self.svod.by(grouping).items():
            rates = self.svod.rates(self.svod.schools[self.svod.schools[grouping] == name])
            values = [
                _judged_text(one, frame.at[one.code, "value"], judged(one, frame.at[one.code, "value"], municipal=True))
                for one in self.key
            ]
            link = f"{self.selection.query(**{grouping: name})}#schools"
            rows.append(GroupRow(name, rates.accepted, rates.expected, values, link))
        return rows

    def _history(self, indicator: Indicator) -> list[tuple[str, float | None]]:
        values = [(one.title, self.svod.value_in(one)[indicator.code]) for one in self.selection.history]
        return [(title, None if pd.isna(value) else float(value)) for title, value in values]

    def _target(self) -> float | None:
        return float(self.chosen.target) if self.chosen and self.chosen.target is not None else None


def submission_link(pk: int) -> str:
    """Return the address of a revision's review."""
    return reverse("mentoring_review:submission", args=[int(pk)])


def _judged_text(indicator: Indicator, value: float, state: TargetState, link: str = "") -> Judged:
    return Judged(with_unit(value, indicator), state.value, target_word(state), ICONS.get(state, ""), link)


def _trend(indicator: Indicator, change: float) -> str:
    """Say whether a change is for the better, for the worse, or none to speak of."""
    if pd.isna(change) or change == 0:
        return "same"
    return "better" if (change > 0) == (indicator.direction == "up") else "worse"


def _reached(line: pd.Series) -> str:
    text = _("%(reached)d of %(known)d schools reach it")
    return text % {"reached": line["reached"], "known": line["known"]}


def _part(value: float) -> str:
    """Return a numerator or a denominator, with decimals only where it has them."""
    return figure(value, 0 if pd.isna(value) or float(value).is_integer() else 2)
