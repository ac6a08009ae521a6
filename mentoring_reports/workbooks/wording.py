"""What the workbook and the screens call things: states of targets, formulas in words, periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import TargetState, rounded
from mentoring_reports.indicators.models import Aggregation, Direction

if TYPE_CHECKING:
    from decimal import Decimal

    from mentoring_reports.indicators.formulas import Term
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.models import Round


def target_word(state: TargetState) -> str:
    """Return a target's state in a word or two."""
    words = {
        TargetState.REACHED: _("target reached"),
        TargetState.CLOSE: _("close to the target"),
        TargetState.MISSED: _("below the target"),
    }
    return words.get(state, "")


def target_text(indicator: Indicator) -> str:
    """Return the target with its direction and unit: “≥ 90 %”."""
    if indicator.target is None:
        return _("not set")
    sign = "≥" if indicator.direction == Direction.UP else "≤"
    per_school = " " + _("per school") if indicator.aggregation == Aggregation.SUM else ""
    return f"{sign} {plain(indicator.target)} {indicator.unit}{per_school}".strip()


def plain(value: Decimal) -> str:
    """Return a number without needless zeros, with a decimal comma."""
    return f"{rounded(value, 2):f}".rstrip("0").rstrip(".").replace(".", ",")


def period(round_: Round) -> str:
    """Return a round's period as two dates."""
    return f"{date_format(round_.period_start, 'd.m.Y')} – {date_format(round_.period_end, 'd.m.Y')}"


def formula_words(indicator: Indicator, names: Mapping[str, str]) -> str:
    """Return an indicator's formula with the names of its data elements."""
    formula = indicator.formula
    top = _sum_words(formula.numerator, names)
    times = "" if formula.factor == 1 else f" × {plain(formula.factor)}"
    if formula.is_count:
        return f"{top}{times}"
    bottom = _sum_words(formula.denominator, names)
    return f"{_enclosed(top, formula.numerator)} / {_enclosed(bottom, formula.denominator)}{times}"


def _sum_words(terms: Iterable[Term], names: Mapping[str, str]) -> str:
    words = [f"{'−' if term.sign < 0 else '+'} «{names.get(term.code, term.code)}»" for term in terms]
    return " ".join(words).removeprefix("+ ")


def _enclosed(text: str, terms: tuple[Term, ...]) -> str:
    return f"({text})" if len(terms) > 1 else text
