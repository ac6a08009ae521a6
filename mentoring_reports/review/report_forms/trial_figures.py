"""How a round's municipal figures would change with another version of the form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mentoring_reports.indicators.comparing import broken_indicators
from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.submissions import frames

if TYPE_CHECKING:
    import pandas as pd

    from mentoring_reports.indicators.models import Indicator, ReportForm
    from mentoring_reports.submissions.models import Round


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator over all schools: its municipal value, how many schools have one, how many reach their target."""

    indicator: Indicator
    value: Decimal | None
    known: int
    reached: int


@dataclass(frozen=True, slots=True)
class FigureLine:
    """An indicator in the round's own form and in the tried one; either may not have it."""

    now: Figure | None
    then: Figure | None
    is_another_number: bool

    @property
    def indicator(self) -> Indicator:
        """Return the indicator as the tried version has it, or else the old one."""
        found = self.then or self.now
        assert found is not None  # noqa: S101 - a line is made for an indicator of either form
        return found.indicator

    @property
    def difference(self) -> Decimal | None:
        """Return the tried value less the old one, where both are known and are the same number."""
        if not (self.now and self.then) or self.now.value is None or self.then.value is None:
            return None
        return self.then.value - self.now.value

    @property
    def is_changed(self) -> bool:
        """Say whether anything about the figure would be different."""
        if not (self.now and self.then):
            return True
        return (self.now.value, self.now.known, self.now.reached) != (
            self.then.value,
            self.then.known,
            self.then.reached,
        )


def try_figures(tried: ReportForm, used: ReportForm, round_: Round) -> list[FigureLine]:
    """Return every indicator of both versions over the round's accepted figures; one statement.

    Raises `FormulaError` for a formula that cannot be read.
    """
    wide = frames.wide_frame([round_])
    now, then = (_figures(form, wide, round_) for form in (used, tried))
    broken = broken_indicators(used, tried)
    return [FigureLine(now.get(code), then.get(code), code in broken) for code in {**then, **now}]


def accepted_schools(lines: Sequence[FigureLine]) -> int:
    """Return how many schools have any figure."""
    return max((figure.known for line in lines for figure in (line.now, line.then) if figure), default=0)


def _figures(form: ReportForm, wide: pd.DataFrame, round_: Round) -> dict[str, Figure]:
    indicators = list(form.indicators.all())
    if not indicators:
        return {}
    parts = frames.indicator_frame(wide, indicators)
    summary = frames.municipal_frame(parts, indicators)
    return {
        row.code: Figure(
            indicator=row,
            value=exact(summary.at[row.code, "value"]),
            known=int(summary.at[row.code, "known"]),
            reached=_reached(row, parts["value"][row.code], wide["type"], round_),
        )
        for row in indicators
    }


def _reached(indicator: Indicator, values: pd.Series, types: pd.Series, round_: Round) -> int:
    """Return how many schools reach the target of their type and year."""
    targets = {name: indicator.target_for(name, round_.period_end) for name in set(types)}
    states = (indicator.judge(exact(value), targets[name]) for value, name in zip(values, types, strict=True))
    return sum(state is TargetState.REACHED for state in states)


def exact(value: float) -> Decimal | None:
    """Return a figure of a frame as a decimal; missing is None."""
    return None if math.isnan(value) else Decimal(repr(round(float(value), frames.PLACES * 2)))
