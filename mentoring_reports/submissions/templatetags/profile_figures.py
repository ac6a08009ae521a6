"""Figures of a school's profile as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from mentoring_reports.indicators.checking import written

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.profile import ProfilePoint

register = template.Library()
MISSING = "—"


@register.filter
def point_value(point: ProfilePoint, indicator: Indicator) -> str:
    """Return a point's value with its unit; «н/д» where the denominator is zero, «—» where something is missing."""
    if point.value is None and point.parts is not None and point.parts.denominator == 0:
        return _("n/a")
    return figure_of(point.value, indicator)


@register.filter
def figure_of(value: Decimal | float | None, indicator: Indicator) -> str:
    """Return a value with the indicator's unit."""
    text = plain_number(value, indicator.decimals)
    return text if text == MISSING else f"{text}\N{NO-BREAK SPACE}{indicator.unit}"


@register.filter
def signed_change(value: Decimal, indicator: Indicator) -> str:
    """Return a change with its sign."""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else "±"
    return f"{sign}{plain_number(abs(value), indicator.decimals)}"


@register.filter
def plain_number(value: Decimal | float | str | None, decimals: int = 2) -> str:
    """Return a number without a unit; «—» where there is none."""
    return MISSING if value is None or value == "" else written(Decimal(str(value)), decimals)
