"""Numbers in the dashboard's templates: figures as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from portal.dashboard.formatting import with_unit

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

register = template.Library()


@register.filter
def shown(value: float | None, indicator: Indicator) -> str:
    """Return a value of an indicator with its unit."""
    return with_unit(value, indicator)
