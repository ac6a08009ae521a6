"""What the workbook and the screens call things: states of targets, formulas in words, periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.indicators.formulas import TargetState, rounded
from mentoring_reports.indicators.models import Aggregation, Direction
from mentoring_reports.submissions.enums import State

if TYPE_CHECKING:
    from decimal import Decimal

    from mentoring_reports.indicators.formulas import Term
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.models import Round


def target_word(state: TargetState) -> str:
    """Return a target's state in a word or two."""
    match state:
        case TargetState.REACHED:
            return _("target reached")
        case TargetState.CLOSE:
            return _("close to the target")
        case TargetState.MISSED:
            return _("below the target")
        case _:
            return ""


def target_text(indicator: Indicator, target: Decimal | None = None) -> str:
    """Return a target, the indicator's own by default, with its direction and unit: “≥ 90 %”."""
    target = indicator.target if target is None else target
    if target is None:
        return _("not set")
    sign = "≥" if indicator.direction == Direction.UP else "≤"
    per_school = " " + _("per school") if indicator.aggregation == Aggregation.SUM else ""
    return f"{sign} {plain(target)} {indicator.unit}{per_school}".strip()


def state_text(school: Mapping[str, Any]) -> str:
    """Return the state of a row of the school frame, and whether its figures were or are being corrected."""
    return "; ".join([str(State(school["state"]).label).capitalize(), *correction_words(school)])


def correction_words(school: Mapping[str, Any]) -> list[str]:
    """Return what has to be said of figures that were corrected after they counted, or are being corrected now."""
    words = []
    if not pd.isna(school["revised_at"]):
        day = timezone.localtime(school["revised_at"].to_pydatetime())
        words.append(_("revised on %(day)s") % {"day": date_format(day, "d.m.Y")})
    if school["reopened"]:
        words.append(_("being corrected: the accepted figures count"))
    return words


def revision_notes(consolidation: Consolidation) -> list[str]:
    """Return what has to be said about figures of a round that were corrected after they counted, or are being."""
    revised, reopened = len(consolidation.revised), len(consolidation.reopened)
    notes = []
    if revised:
        text = ngettext(
            "Revised after it was accepted: the report of %(number)d school.",
            "Revised after they were accepted: the reports of %(number)d schools.",
            revised,
        )
        notes.append(text % {"number": revised})
    if reopened:
        text = ngettext(
            "Being corrected: the report of %(number)d school; its accepted figures count.",
            "Being corrected: the reports of %(number)d schools; their accepted figures count.",
            reopened,
        )
        notes.append(text % {"number": reopened})
    return notes


def target_rows(indicator: Indicator) -> list[str]:
    """Return the targets by year and type, each with what it holds for: “2027, Гимназия: 7”."""
    return [
        f"{', '.join(str(part) for part in (row.year, row.school_type) if part)}: {plain(row.value)}"
        for row in indicator.targets.all()
    ]


def plain(value: Decimal) -> str:
    """Return a number without needless zeros, with a decimal comma."""
    return f"{rounded(value, 2):f}".rstrip("0").rstrip(".").replace(".", ",")


def period(round_: Round) -> str:
    """Return a round's period as two dates."""
    return f"{date_format(round_.period_start, 'd.m.Y')} – {date_format(round_.period_end, 'd.m.Y')}"


def formula_words(indicator: Indicator, names: Mapping[str, str]) -> str:
    """Return an indicator's formula with the names of its data elements."""
    formula = indicator.formula
    top = sum_words(formula.numerator, names)
    times = "" if formula.factor == 1 else f" × {plain(formula.factor)}"
    if formula.is_count:
        return f"{top}{times}"
    bottom = sum_words(formula.denominator, names)
    return f"{_enclosed(top, formula.numerator)} / {_enclosed(bottom, formula.denominator)}{times}"


def sum_words(terms: Iterable[Term], names: Mapping[str, str]) -> str:
    """Return a sum with the names of its data elements."""
    words = [f"{'−' if term.sign < 0 else '+'} «{names.get(term.code, term.code)}»" for term in terms]
    return " ".join(words).removeprefix("+ ")


def _enclosed(text: str, terms: tuple[Term, ...]) -> str:
    return f"({text})" if len(terms) > 1 else text
