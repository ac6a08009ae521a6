"""What the workbook and the screens call things: states of targets, formulas in words, periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring_reports.indicators.checking import Rule
from mentoring_reports.indicators.formulas import FormulaError, TargetState, parse_sum, rounded
from mentoring_reports.indicators.models import Aggregation, Direction
from mentoring_reports.submissions.enums import State

if TYPE_CHECKING:
    from decimal import Decimal

    from mentoring_reports.indicators.formulas import Term
    from mentoring_reports.indicators.models import Check, Indicator
    from mentoring_reports.submissions.consolidation import Consolidation
    from mentoring_reports.submissions.models import Round

    from .writing.blocks import Block

WARNING = "warning"  # the style of a note that names what is left out
UNREADABLE = "unreadable_rows"  # the table that does
SIGNS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "=": "=", "!=": "≠"}
RULES = {
    Rule.CHANGE: gettext_lazy("A value differs from the last accepted one by at most %(limit)s %%."),
    Rule.OVERRULED: gettext_lazy("A counted value that the school overrules has a reason."),
    Rule.INDICATOR_OVER: gettext_lazy("A share is at most %(limit)s %%."),
    Rule.TARGET_MISSED: gettext_lazy("An indicator reaches at least %(limit)s of its target."),
}


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


def marks_note() -> str:
    """Return what the signs beside the figures mean."""
    return _("✓ target reached, ≈ close to the target, ✗ below the target; «—»: no data; «n/a»: nothing to divide by.")


def unreadable_note(unreadable: Sequence[Mapping[str, Any]]) -> str:
    """Return which schools' figures cannot be read, and why: they are named, and left out of every sum."""
    named = "; ".join(f"{line['school']} ({line['round']}): {line['why']}" for line in unreadable)
    return _("⚠ Left out because the figures cannot be read: %(schools)s.") % {"schools": named}


def names_unreadable(blocks: Iterable[Block]) -> bool:
    """Say whether a sheet's blocks name what cannot be read: in a warning, or in a table."""
    return any(getattr(block, "style", "") == WARNING or getattr(block, "name", "") == UNREADABLE for block in blocks)


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


def moment(text: str | None, zone: dt.tzinfo | None = None) -> str | None:
    """Return a moment of a manifest as people write it, in local time; who has thousands says the `zone` once."""
    return f"{timezone.localtime(dt.datetime.fromisoformat(text), zone):%d.%m.%Y %H:%M}" if text else None


def check_words(check: Check, names: Mapping[str, str]) -> str:
    """Return what a check demands, with the names of data elements."""
    if check.rule == Rule.COMPARE:
        sides = (_side_words(side, names) for side in (check.left, check.right))
        return f" {SIGNS.get(check.operator, check.operator)} ".join(sides)
    return str(RULES[Rule(check.rule)]) % {"limit": check.right.replace(".", ",")}


def _side_words(side: str, names: Mapping[str, str]) -> str:
    try:
        return sum_words(parse_sum(side), names)
    except FormulaError:  # a number stands there
        return side.replace(".", ",")


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
