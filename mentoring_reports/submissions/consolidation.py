"""A round's consolidation («свод»): where schools stand, their figures, and what these make for all together.

Dashboard and workbook both read this object, so their figures cannot differ. Schema `public`, read by a municipality.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from django.db.models import Prefetch
from django.utils import timezone

from mentoring_reports.indicators.formulas import Aggregation, Direction, TargetState, target_state
from mentoring_reports.indicators.models import DataElement, Indicator

from . import frames
from .enums import AWAITING_REVIEW, State
from .models import Round
from .queries import Rates, standings

if TYPE_CHECKING:
    from .queries import Standing

# The order in which states are shown: from what is done to what is not.
STATES = (
    State.ACCEPTED,
    State.SUBMITTED,
    State.RESUBMITTED,
    State.RETURNED,
    State.REOPENED,
    State.NOT_STARTED,
    State.MISSING,
    State.EXEMPT,
)
COUNTS = ("known", "schools", "reached")
SCHOOL_COLUMNS = (
    "school_id",
    "school",
    "type",
    "territory",
    "state",
    "expected",
    "on_time",
    "accepted",
    "latest_id",
    "due",
    "submitted_on",
    "days_late",
    "extended_to",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator's figures, of a school or of many; NaN where there is none."""

    numerator: float
    denominator: float
    value: float
    lower: float = math.nan
    median: float = math.nan
    upper: float = math.nan
    known: int = 0
    schools: int = 0
    reached: int = 0
    before: float = math.nan
    change: float = math.nan

    @classmethod
    def of(cls, frame: pd.DataFrame, code: str) -> Line:
        """Return an indicator's row of a municipal frame."""
        row: dict[str, Any] = {str(name): frame.at[code, name] for name in frame.columns}
        figures: dict[str, Any] = {name: int(row[name]) if name in COUNTS else float(row[name]) for name in row}
        return cls(**figures)


@dataclass(frozen=True, kw_only=True)
class Consolidation:
    """A round, another one to compare it with, and everything that is known about their schools.

    `schools` has one row a school, in reading order: the columns of `SCHOOL_COLUMNS`. `figures` holds the accepted
    figures of every round that was read, as `frames.wide_frame` gives them. The formulas of `round` are applied to
    all rounds, so that figures of different form versions can be compared.
    """

    round: Round
    compared: Round | None
    indicators: tuple[Indicator, ...]
    elements: tuple[DataElement, ...]
    schools: pd.DataFrame
    figures: pd.DataFrame

    def within(self, *, territory: str = "", type_: str = "") -> Consolidation:
        """Return the consolidation of the schools of one territory, one type, or both; empty means all."""
        return replace(
            self,
            schools=_only(self.schools, territory, type_),
            figures=_only(self.figures, territory, type_),
        )

    @cached_property
    def wide(self) -> pd.DataFrame:
        """Return `schools` with their accepted figures of the round beside them; NaN where there are none."""
        accepted = self._figures_of(self.round).drop(columns=["school", "type", "territory", "round_id"])
        return self.schools.merge(accepted, on="school_id", how="left", validate="one_to_one")

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Return numerator, denominator and value of every indicator for every row of `schools`."""
        return frames.indicator_frame(self.wide, self.indicators)

    @cached_property
    def school_lines(self) -> dict[str, list[Line]]:
        """Return every school's figures of each indicator, by its code, in the order of `schools`."""
        columns = {code: [self.parts[part][code].tolist() for part in frames.PARTS] for code in self._codes}
        return {code: [Line(*figures) for figures in zip(*parts, strict=True)] for code, parts in columns.items()}

    @cached_property
    def accepted_ids(self) -> list[int | None]:
        """Return every school's accepted revision, in the order of `schools`."""
        return [None if pd.isna(pk) else int(pk) for pk in self.wide["submission_id"]]

    @cached_property
    def municipal(self) -> pd.DataFrame:
        """Return one row an indicator, as `frames.municipal_frame`, with what it makes of targets and of change.

        Further columns: schools (expected or accepted), reached (schools that reach the target), before (the value in
        the compared round), change.
        """
        frame = self._summary(self.parts, self.wide)
        before = self.value_in(self.compared) if self.compared else pd.Series(np.nan, index=frame.index)
        return frame.assign(before=before, change=frames.change(frame["value"], before))

    def by(self, grouping: str) -> dict[str, pd.DataFrame]:
        """Return the municipal rows of each territory or type (`grouping`), by its name in reading order."""
        names = sorted(self.schools[grouping].unique(), key=frames.reading_order)
        chosen = {name: self.schools[grouping] == name for name in names}
        return {name: self._summary(self.parts[rows], self.wide[rows]) for name, rows in chosen.items()}

    def value_in(self, round_: Round) -> pd.Series[float]:
        """Return the municipal values of a round that was read, by code."""
        parts = frames.indicator_frame(self._figures_of(round_), self.indicators)
        return frames.municipal_frame(parts, self.indicators)["value"]

    def line(self, indicator: Indicator) -> Line:
        """Return an indicator's municipal figures."""
        return Line.of(self.municipal, indicator.code)

    def counts(self, schools: pd.DataFrame | None = None) -> dict[State, int]:
        """Return how many schools stand in each state, in the order of `STATES`."""
        found = (self.schools if schools is None else schools)["state"].value_counts()
        return {state: int(found.get(state.value, 0)) for state in STATES}

    def rates(self, schools: pd.DataFrame | None = None) -> Rates:
        """Return the numbers of `queries.rates`, for these schools."""
        all_ = self.schools if schools is None else schools
        expected = all_[all_["expected"]]
        state = expected["state"]
        return Rates(
            expected=len(expected),
            submitted=int(expected["latest_id"].notna().sum()),
            on_time=int(expected["on_time"].sum()),
            accepted=int(expected["accepted"].sum()),
            returned=int((state == State.RETURNED.value).sum()),
            waiting=int(state.isin([waiting.value for waiting in AWAITING_REVIEW]).sum()),
        )

    @property
    def last_accepted_at(self) -> dt.datetime | None:
        """Return when the newest of these figures was accepted, in local time."""
        latest = self._figures_of(self.round)["accepted_at"].max()
        return None if pd.isna(latest) else timezone.localtime(latest.to_pydatetime())

    @property
    def _codes(self) -> list[str]:
        return [indicator.code for indicator in self.indicators]

    def _figures_of(self, round_: Round) -> pd.DataFrame:
        return self.figures[self.figures["round_id"] == round_.pk]

    def _summary(self, parts: pd.DataFrame, wide: pd.DataFrame) -> pd.DataFrame:
        frame = frames.municipal_frame(parts, self.indicators)
        counted = int((wide["expected"] | wide["submission_id"].notna()).sum())
        values = parts["value"]
        reached = [
            sum(judged(indicator, value) == TargetState.REACHED for value in values[indicator.code].dropna())
            for indicator in self.indicators
        ]
        return frame.assign(schools=counted, reached=reached)


def consolidate(round_: Round, *, compared: Round | None = None, history: Iterable[Round] = ()) -> Consolidation:
    """Read a round, the one to compare with and the rounds of its history. The number of statements is fixed."""
    read = {one.pk: one for one in (round_, *([compared] if compared else []), *history)}
    return Consolidation(
        round=round_,
        compared=compared,
        indicators=tuple(round_.form.indicators.select_related("group").order_by("group__order", "order", "pk")),
        elements=tuple(round_.form.elements.select_related("group").order_by("group__order", "order", "pk")),
        schools=_school_frame(standings(round_)),
        figures=frames.wide_frame(read.values()),
    )


def with_forms(rounds: Any) -> Any:
    """Return the rounds' queryset with what a consolidation needs of each."""
    return rounds.select_related("form", "municipality").prefetch_related(Prefetch("form__checks"))


def exact(value: float | None) -> Decimal | None:
    """Return a figure of a frame as the decimal that it prints as; None where it is missing."""
    return None if value is None or pd.isna(value) else Decimal(repr(float(value)))


def judged(indicator: Indicator, value: float | None, *, municipal: bool = False) -> TargetState:
    """Return how a value stands to the target; a sum over many schools is not held against a school's target."""
    if municipal and not Aggregation(indicator.aggregation).keeps_target:
        return TargetState.UNKNOWN
    return target_state(exact(value), indicator.target, Direction(indicator.direction))


def _only(frame: pd.DataFrame, territory: str, type_: str) -> pd.DataFrame:
    wanted = {"territory": territory, "type": type_}
    for column, name in wanted.items():
        if name:
            frame = frame[frame[column] == name]
    return frame.reset_index(drop=True)


def _school_frame(listed: Sequence[Standing]) -> pd.DataFrame:
    rows = sorted((_school_row(stands) for stands in listed), key=lambda row: frames.reading_order(row[1]))
    frame = pd.DataFrame(rows, columns=list(SCHOOL_COLUMNS), dtype="object")
    types: dict[str, str] = {"school_id": "int64", "days_late": "int64", "latest_id": "Int64"}
    types |= dict.fromkeys(("expected", "on_time", "accepted"), "bool")
    return frame.astype(types | dict.fromkeys(("school", "type", "territory", "state", "reason"), "str"))


def _school_row(stands: Standing) -> tuple[Any, ...]:
    """Return a row of the school frame. Names are those frozen in the revision that counts, if there is one."""
    taken = stands.participation
    revision = (taken.accepted or taken.latest) if taken else None
    names = (
        (revision.school_name, revision.school_type, revision.territory)
        if revision
        else (stands.school.name, stands.school.organisation_type.name, stands.school.territory.name)
    )
    excuse = stands.exemption or stands.extension
    return (
        stands.school.pk,
        *names,
        stands.state.value,
        stands.is_expected,
        stands.on_time,
        bool(taken and taken.accepted_id),
        taken.latest_id if taken else None,
        stands.due,
        stands.first_submitted_on,
        stands.days_late,
        stands.extension.due if stands.extension else None,
        excuse.reason if excuse else "",
    )
