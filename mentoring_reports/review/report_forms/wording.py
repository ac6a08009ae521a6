"""What the screens of report forms call things: properties, values, checks and findings in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_reports.indicators.checking import NumberProblem, Operator, Rule, read_side, written
from mentoring_reports.indicators.formulas import FormulaError
from mentoring_reports.indicators.models import Check, DataElement, ElementGroup, Indicator, ReportForm
from mentoring_reports.workbooks.wording import formula_words, sum_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from mentoring_reports.indicators.models import FormPart

MISSING = "—"
PLACEHOLDER = re.compile(r"\s*\(\{\w+\}\)|\{\w+\}")
MODELS: dict[str, type[FormPart]] = {
    "groups": ElementGroup,
    "elements": DataElement,
    "indicators": Indicator,
    "checks": Check,
}
SIGNS = {
    Operator.AT_MOST: "≤",
    Operator.LESS: "<",
    Operator.AT_LEAST: "≥",
    Operator.MORE: ">",
    Operator.EQUAL: "=",
    Operator.NOT_EQUAL: "≠",
}
RULES: dict[Rule, StrOrPromise] = {
    Rule.COMPARE: gettext_lazy("comparison of two sides"),
    Rule.CHANGE: gettext_lazy("change against the last accepted value, more than so many %"),
    Rule.OVERRULED: gettext_lazy("a count that the school overruled"),
    Rule.INDICATOR_OVER: gettext_lazy("a share over so many %"),
    Rule.TARGET_MISSED: gettext_lazy("less than such a share of the target"),
}
PROBLEMS: dict[str, StrOrPromise] = {
    NumberProblem.MISSING: gettext_lazy("A required number is missing"),
    NumberProblem.NOT_A_NUMBER: gettext_lazy("Not a number of a sensible size"),
    NumberProblem.NOT_WHOLE: gettext_lazy("A whole number is needed"),
    NumberProblem.BELOW_MINIMUM: gettext_lazy("Less than the minimum"),
    NumberProblem.ABOVE_MAXIMUM: gettext_lazy("More than the maximum"),
}


def kind_words(kind: str) -> str:
    """Return what a kind of part is called, many of them."""
    return str(MODELS[kind]._meta.verbose_name_plural)


def property_words(kind: str, name: str) -> str:
    """Return what a property of a part is called."""
    if name == "targets":
        return _("targets by year and type")
    if name == "rule":
        return _("rule")
    return str(MODELS[kind]._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def value_words(kind: str, name: str, value: Any) -> str:
    """Return a property's value as people write it."""
    if name == "targets":
        return "; ".join(target_row(*row) for row in value) or MISSING
    if name == "rule":
        return str(RULES.get(value, value))
    field = MODELS[kind]._meta.get_field(name)
    choices = dict(field.flatchoices) if isinstance(field, models.Field) and field.choices else {}
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return MISSING if value in {None, ""} else number(value) if isinstance(value, Decimal) else str(value)


def number(value: Decimal) -> str:
    """Write a number with all the places that it has."""
    return written(value, 4)


def target_row(year: int | None, school_type: str, value: Decimal) -> str:
    """Return one target with what it holds for: “2027, Гимназия: 7”."""
    holds_for = ", ".join(str(part) for part in (year, school_type) if part)
    return f"{holds_for}: {number(value)}"


def plain_message(message: str) -> str:
    """Return a check's message without its placeholders."""
    return PLACEHOLDER.sub(lambda found: "" if "(" in found[0] else "…", message)


def names_of(form: ReportForm) -> dict[str, str]:
    """Return the names of the form's data elements by their codes."""
    return {element.code: element.name for element in form.elements.all()}


def formula_reading(indicator: Indicator, names: Mapping[str, str]) -> str:
    """Return the formula in words; nothing where it cannot be read."""
    try:
        return formula_words(indicator, names)
    except FormulaError:
        return ""


def check_reading(check: Check, names: Mapping[str, str]) -> str:
    """Return what a check looks at, in words; nothing where it cannot be read."""
    try:
        pure = check.as_check()
    except (FormulaError, ValueError):
        return ""
    if pure.rule is Rule.COMPARE and pure.operator:
        return f"{_side(pure.left, names)} {SIGNS[pure.operator]} {_side(pure.right, names)}"
    about = ", ".join(f"«{names.get(code, code)}»" for code in pure.codes) or _("all")
    limit = "" if pure.rule is Rule.OVERRULED else f" ({number(pure.limit)})"
    return f"{RULES[pure.rule]}{limit}: {about}"


def _side(text: str, names: Mapping[str, str]) -> str:
    side = read_side(text)
    return number(side) if isinstance(side, Decimal) else sum_words(side, names)
