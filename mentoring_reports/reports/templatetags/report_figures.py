"""How figures stand on a screen: «1 234,5», and «—» for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from mentoring_reports.indicators.checking import written
from mentoring_reports.indicators.numbers import PLACES

register = template.Library()
MISSING = "—"


@register.filter
def figure(value: Decimal | float | None, decimals: int = PLACES) -> str:
    """Write a figure; missing is a dash, never 0. A quartile comes as a float."""
    return MISSING if value is None else written(Decimal(str(value)), decimals)


@register.filter
def signed(value: Decimal | None, decimals: int = PLACES) -> str:
    """Write a change with its sign; no change is «0», an unknown one nothing."""
    if value is None:
        return ""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return sign + written(abs(value), decimals)


@register.filter
def name_in(code: str, names: Mapping[str, str]) -> str:
    """Return the name of a data element; the code itself where the form has none."""
    return names.get(code, code)
