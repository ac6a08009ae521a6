"""How differences of figures stand on the screens of report forms."""

from __future__ import annotations

from decimal import Decimal

from django import template

from mentoring_reports.indicators.checking import written
from mentoring_reports.review.templatetags.review_figures import MISSING

register = template.Library()
PLACES = 2


@register.filter
def difference(value: Decimal | None) -> str:
    """Write a difference with its sign; an unknown one is a dash."""
    if value is None:
        return MISSING
    text = written(abs(value), PLACES)
    sign = "" if text == "0" else "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{text}"
