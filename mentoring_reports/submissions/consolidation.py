"""A round's consolidation («свод»): where schools stand, their figures, and what these make for all together.

Dashboard and workbook both read this object, so their figures cannot differ. Schema `public`, read by a municipality.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from django.utils import timezone

from mentoring_reports.indicators.comparing import broken_indicators
from mentoring_reports.indicators.formulas import TargetState

from . import frames
from .enums import AWAITING_REVIEW, State
from .judging import ALL_TYPES, Targets, exact
from .queries import Rates
from .reading import KEYS, SLIM_KEYS, Reader, figures_frame
from .school_frames import school_frame

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement, Indicator

    from .models import Round
    from .summing import Figures

__all__ = ("SMALL_DENOMINATOR", "STATES", "Consolidation", "Line", "consolidate", "exact")

# A share of so few says little: it is shown with a caution.
SMALL_DENOMINATOR = 5
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
GROUP_FIGURES = (*frames.FIGURES, "target", "state", "schools", "reached")
ACCEPTED_KEYS = tuple(name for name in KEYS if name != "school")


class Line(NamedTuple):
    """One indicator's figures, of a school or of many; NaN where there is none. There is one a school and indicator."""

    numerator: float
    denominator: float
    value: float
    target: float = math.nan
    state: TargetState = TargetState.UNKNOWN
    lower: float = math.nan
    median: float = math.nan
    upper: float = math.nan
    known: int = 0
    schools: int = 0
    reached: int = 0
    before: float = math.nan
    change: float = math.nan

    @property
    def is_small(self) -> bool:
        """Say whether the value is a share of so few that it says little."""
        return 0 < self.denominator < SMALL_DENOMINATOR

    @property
    def has_nothing_to_divide_by(self) -> bool:
        """Say whether there is no value because the denominator is zero; that is not a missing number."""
        return self.denominator == 0 and math.isnan(self.value) and not math.isnan(self.numerator)

    @classmethod
    def of_school(cls, numerator: float, denominator: float, value: float, target: float, state: str) -> Line:
        """Return one school's figures."""
        return cls(numerator, denominator, value, target, TargetState(state))

    @classmethod
    def of(cls, frame: pd.DataFrame, code: str) -> Line:
        """Return an indicator's row of a municipal frame."""
        return cls.all_of(frame.loc[[code]])[code]

    @classmethod
    def all_of(cls, frame: pd.DataFrame) -> dict[str, Line]:
        """Return the rows of a municipal frame by their indicators' codes."""
        return {str(code): cls._of(row) for code, row in frame.to_dict("index").items()}

    @classmethod
    def _of(cls, row: dict[Hashable, Any]) -> Line:
        figures = {str(name): int(row[name]) if name in COUNTS else row[name] for name in row if name != "state"}
        return cls(**figures, state=TargetState(row.get("state", TargetState.UNKNOWN)))


@dataclass(frozen=True, kw_only=True)
class Consolidation:
    """A round, another one to compare it with, and everything that is known about their schools.

    `schools` has one row a school, in reading order: the columns of `school_frames.COLUMNS`. `figures` holds the
    accepted figures of the round, `before` those of the compared one, as `figures_frame` gives them. `elements` are
    there where all indicators are. `broken` are the indicators that the compared round's form does not have, or has
    with another formula.
    """

    round: Round
    compared: Round | None
    indicators: tuple[Indicator, ...]
    elements: tuple[DataElement, ...]
    schools: pd.DataFrame
    figures: pd.DataFrame
    before: pd.DataFrame
    broken: frozenset[str] = frozenset()
    type_: str = ALL_TYPES

    def within(self, *, territory: str = "", type_: str = "") -> Consolidation:
        """Return the consolidation of the schools of one territory, one type, or both; empty means all."""
        if not territory and not type_:
            return self
        return replace(
            self,
            schools=_only(self.schools, territory, type_),
            figures=_only(self.figures, territory, type_),
            before=_only(self.before, territory, type_),
            type_=type_ or self.type_,
        )

    def without(self, submissions: Collection[int]) -> Consolidation:
        """Return the consolidation without the figures of these revisions; their schools stay, without numbers."""
        listed = list(submissions)
        return replace(
            self,
            figures=self.figures[~self.figures["submission_id"].isin(listed)].reset_index(drop=True),
            before=self.before[~self.before["submission_id"].isin(listed)].reset_index(drop=True),
        )

    def coded(self, code: Callable[[int], str]) -> Consolidation:
        """Return the consolidation with a code in place of each school's name, in the order of their ids.

        Reasons of extensions and exemptions are left out: people wrote them, and they may name the school.
        """
        named = self.schools.assign(school=[code(pk) for pk in self.schools["school_id"].tolist()], reason="")
        return replace(self, schools=named.sort_values("school_id").reset_index(drop=True))

    @cached_property
    def wide(self) -> pd.DataFrame:
        """Return `schools` with their accepted figures of the round beside them; NaN where there are none."""
        accepted = self.figures.drop(columns=["type", "territory", "round_id"])
        return self.schools.merge(accepted, on="school_id", how="left", validate="one_to_one")

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Return numerator, denominator and value of every indicator for every row of `schools`."""
        return frames.indicator_frame(self.wide, self.indicators)

    @cached_property
    def parts_before(self) -> pd.DataFrame:
        """Return the parts of the compared round for every row of `schools`; NaN where they cannot be compared."""
        rows = self.schools[["school_id"]].merge(self.before, on="school_id", how="left")
        return self._comparable(frames.indicator_frame(rows, self.indicators))

    @cached_property
    def targets(self) -> Targets:
        """Return the targets that hold on the last day of the round's period."""
        return Targets.on(self.round.period_end, self.indicators, {*self.schools["type"].unique(), self.type_})

    @cached_property
    def states(self) -> pd.DataFrame:
        """Return what the targets say about every school's value: a row a school, a column an indicator."""
        return self.targets.states(self.parts["value"], self.schools["type"], self.indicators)

    @cached_property
    def school_lines(self) -> dict[str, list[Line]]:
        """Return every school's figures of each indicator, by its code, in the order of `schools`."""
        return {
            code: [Line.of_school(*row) for row in zip(*self._columns_of(code), strict=True)] for code in self._codes
        }

    def school_line(self, place: int, code: str) -> Line:
        """Return one school's figures of one indicator."""
        return Line.of_school(*(column[place] for column in self._columns_of(code)))

    @cached_property
    def accepted_ids(self) -> list[int | None]:
        """Return every school's accepted revision, in the order of `schools`."""
        return [None if pd.isna(pk) else int(pk) for pk in self.wide["submission_id"]]

    @cached_property
    def municipal(self) -> pd.DataFrame:
        """Return one row an indicator, as `frames.municipal_frame`, with what it makes of targets and of change.

        Further columns: target, state, schools (expected or accepted), reached (schools that reach their target),
        before (the value in the compared round), change.
        """
        frame = self._told(
            frames.municipal_frame(self.parts, self.indicators),
            schools=int(self._counted.sum()),
            reached=self._reached.sum(),
            type_=self.type_,
        )
        return frame.assign(before=self.value_before, change=frames.change(frame["value"], self.value_before))

    def by(self, grouping: str) -> dict[str, pd.DataFrame]:
        """Return the municipal rows of each territory or type (`grouping`), by its name in reading order."""
        if grouping not in self._frames_by:
            self._frames_by[grouping] = {
                name: pd.DataFrame(
                    {title: [getattr(line, title) for line in lines.values()] for title in GROUP_FIGURES},
                    index=pd.Index(lines, name="code"),
                )
                for name, lines in self.lines_by(grouping).items()
            }
        return self._frames_by[grouping]

    def lines_by(self, grouping: str) -> dict[str, dict[str, Line]]:
        """Return the figures of `by` as lines: by the group's name, then by the indicator's code."""
        groups = self.schools[grouping]
        keys = groups.to_numpy()  # pandas prints a whole series on its way to find that it is no column's name
        counted, reached = self._counted.groupby(keys).sum(), self._reached.groupby(keys).sum()
        figures = frames.grouped_figures(self.parts, self.indicators, groups)
        return {
            name: self._group_lines(
                figures[name],
                int(counted[name]),
                reached.loc[name].tolist(),
                name if grouping == "type" else self.type_,
            )
            for name in figures
        }

    @cached_property
    def value_before(self) -> pd.Series[float]:
        """Return the municipal values of the compared round, by code; NaN where they cannot be compared."""
        if self.compared is None:
            return pd.Series(math.nan, index=self._codes)
        parts = self._comparable(frames.indicator_frame(self.before, self.indicators))
        return frames.municipal_frame(parts, self.indicators)["value"]

    def line(self, indicator: Indicator) -> Line:
        """Return an indicator's municipal figures."""
        return self._lines[indicator.code]

    def counts(self, schools: pd.DataFrame | None = None) -> dict[State, int]:
        """Return how many schools stand in each state, in the order of `STATES`."""
        found = (self.schools if schools is None else schools)["state"].value_counts()
        return {state: int(found.get(state.value, 0)) for state in STATES}

    def rates(self, schools: pd.DataFrame | None = None) -> Rates:
        """Return the numbers of `queries.rates`, for these schools, or for all."""
        return self._rates if schools is None else self._rates_of(schools)

    @cached_property
    def _rates(self) -> Rates:
        return self._rates_of(self.schools)

    @staticmethod
    def _rates_of(schools: pd.DataFrame) -> Rates:
        expected = schools[schools["expected"]]
        state = expected["state"]
        return Rates(
            expected=len(expected),
            submitted=int(expected["latest_id"].notna().sum()),
            on_time=int(expected["on_time"].sum()),
            accepted=int(expected["accepted"].sum()),
            returned=int((state == State.RETURNED.value).sum()),
            waiting=int(state.isin([waiting.value for waiting in AWAITING_REVIEW]).sum()),
        )

    def rates_by(self, grouping: str) -> dict[str, Rates]:
        """Return `rates` of each territory or type (`grouping`), by its name in reading order."""
        schools, state = self.schools, self.schools["state"]
        counted = pd.DataFrame(
            {
                "name": schools[grouping],
                "expected": schools["expected"],
                "submitted": schools["latest_id"].notna(),
                "on_time": schools["on_time"],
                "accepted": schools["accepted"],
                "returned": state == State.RETURNED.value,
                "waiting": state.isin([waiting.value for waiting in AWAITING_REVIEW]),
            }
        )
        sums = counted[schools["expected"]].groupby("name").sum().to_dict("index")
        names = sorted(schools[grouping].unique(), key=frames.reading_order)
        return {name: Rates(**{str(key): int(sum_) for key, sum_ in sums.get(name, {}).items()}) for name in names}

    @property
    def last_accepted_at(self) -> dt.datetime | None:
        """Return when the newest of these figures was accepted, in local time."""
        latest = self.figures["accepted_at"].max()
        return None if pd.isna(latest) else timezone.localtime(latest.to_pydatetime())

    @property
    def revised(self) -> pd.DataFrame:
        """Return the schools whose figures correct figures that had counted before."""
        return self.schools[self.schools["revised_at"].notna()]

    @property
    def reopened(self) -> pd.DataFrame:
        """Return the schools whose figures count while they are being corrected."""
        return self.schools[self.schools["reopened"]]

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return Line.all_of(self.municipal)

    @property
    def _codes(self) -> list[str]:
        return [indicator.code for indicator in self.indicators]

    @cached_property
    def _frames_by(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Return what `by` has made so far."""
        return {}

    @cached_property
    def _columns(self) -> dict[str, tuple[list[Any], ...]]:
        """Return what `_columns_of` has read so far."""
        return {}

    def _columns_of(self, code: str) -> tuple[list[Any], ...]:
        """Return an indicator's columns over the schools: its parts, target and state."""
        if code not in self._columns:
            self._columns[code] = (
                *(self._figures[part, code].tolist() for part in frames.PARTS),
                self.targets.of_schools(code, self.schools["type"]).tolist(),
                self.states[code].tolist(),
            )
        return self._columns[code]

    @cached_property
    def _figures(self) -> dict[tuple[str, str], np.ndarray]:
        """Return the columns of `parts`, which are looked up much faster in a dictionary."""
        return dict(zip(self.parts.columns, self.parts.to_numpy().T, strict=True))

    @cached_property
    def _counted(self) -> pd.Series[bool]:
        """Say of each school whether a figure of all schools is about it: it is expected, or its report counts."""
        return self.schools["expected"] | self.wide["submission_id"].notna()

    @cached_property
    def _reached(self) -> pd.DataFrame:
        return self.states == TargetState.REACHED.value

    def _comparable(self, parts: pd.DataFrame) -> pd.DataFrame:
        broken = parts.columns.get_level_values("code").isin(self.broken) if len(parts.columns) else []
        return parts.mask(np.tile(broken, (len(parts), 1))) if self.broken else parts

    def _group_lines(self, figures: Figures, schools: int, reached: list[int], type_: str) -> dict[str, Line]:
        """Return a group's figures as lines, by code."""
        columns = {name: column.tolist() for name, column in figures.items()}
        lines = {}
        for place, indicator in enumerate(self.indicators):
            own = {name: column[place] for name, column in columns.items()}
            target = self.targets.of(indicator.code, type_)
            lines[indicator.code] = Line(
                **own,
                target=math.nan if target is None else float(target),
                state=self.targets.judged(indicator, own["value"], type_),
                schools=schools,
                reached=int(reached[place]),
            )
        return lines

    def _told(self, frame: pd.DataFrame, *, schools: int, reached: pd.Series[int], type_: str) -> pd.DataFrame:
        """Return a municipal frame with what the targets say about it."""
        targets = [self.targets.of(code, type_) for code in self._codes]
        values = zip(self.indicators, frame["value"].tolist(), strict=True)
        states = [self.targets.judged(one, value, type_).value for one, value in values]
        return frame.assign(
            target=[math.nan if target is None else float(target) for target in targets],
            state=states,
            schools=schools,
            reached=reached.reindex(frame.index),
        )


def consolidate(
    round_: Round,
    *,
    compared: Round | None = None,
    only: Sequence[Indicator] | None = None,
    on: dt.date | None = None,
    read: Reader = figures_frame,
) -> Consolidation:
    """Read a round and the one to compare with, all indicators or `only` some. The number of statements is fixed.

    Whether a school is late is judged as on the day `on`, today by default. `read` gives the figures.
    """
    form = round_.form
    ordered = form.indicators.select_related("group").order_by("group__order", "order", "pk")
    indicators = tuple(ordered if only is None else only)
    elements = form.elements.select_related("group").order_by("group__order", "order", "pk")
    codes = None if only is None else element_codes(indicators)
    return Consolidation(
        round=round_,
        compared=compared,
        indicators=indicators,
        elements=tuple(elements) if only is None else (),
        schools=school_frame(round_, on=on),
        figures=read([round_], keys=ACCEPTED_KEYS, codes=codes),
        before=read([compared] if compared else [], keys=SLIM_KEYS, codes=codes),
        broken=broken_indicators(compared.form, form) if compared else frozenset(),
    )


def element_codes(indicators: Sequence[Indicator]) -> set[str]:
    """Return the data elements that these indicators are made of."""
    return {code for indicator in indicators for code in indicator.formula.element_codes}


def _only(frame: pd.DataFrame, territory: str, type_: str) -> pd.DataFrame:
    wanted = {"territory": territory, "type": type_}
    for column, name in wanted.items():
        if name:
            frame = frame[frame[column] == name]
    return frame.reset_index(drop=True)
