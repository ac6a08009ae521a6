"""Numbers in the dashboard's templates: coordinates with a point, figures as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from portal.dashboard.formatting import with_unit

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

register = template.Library()


@register.filter
def svg(value: float | None) -> str:
    """Return a coordinate: with a point in every language."""
    return f"{value or 0:.2f}".rstrip("0").rstrip(".")


@register.filter
def shown(value: float | None, indicator: Indicator) -> str:
    """Return a value of an indicator with its unit."""
    return with_unit(value, indicator)


@register.filter
def plus(value: float | None, other: float | None) -> float:
    """Return a sum of coordinates."""
    return (value or 0) + (other or 0)


@register.filter
def minus(value: float | None, other: float | None) -> float:
    """Return a difference of coordinates."""
    return (value or 0) - (other or 0)
