"""How submitted figures stand on paper: «1 234,5», and «—» for what is missing."""

from __future__ import annotations

from decimal import Decimal

from django import template

from mentoring_reports.indicators.checking import written

register = template.Library()
MISSING = "—"
PLACES = 4


@register.filter
def handed_figure(value: Decimal | None) -> str:
    """Write a figure; missing is a dash, never 0."""
    return MISSING if value is None else written(value, PLACES)
