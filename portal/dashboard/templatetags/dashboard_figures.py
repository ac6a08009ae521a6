"""Numbers and addresses in the dashboard's templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from mentoring_reports.indicators.formulas import TargetState
from portal.dashboard import formatting
from portal.dashboard.values import ICONS
from portal.dashboard.views import file_address as address_of_file

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from portal.dashboard.screen import Screen

register = template.Library()


@register.filter
def shown(value: float | None, indicator: Indicator) -> str:
    """Return a value of an indicator with its unit."""
    return formatting.with_unit(value, indicator)


@register.filter
def part(value: float) -> str:
    """Return a numerator or a denominator."""
    return formatting.part(value)


@register.filter
def sign(state: str) -> str:
    """Return the sign of a target's state, with a space before it; "" where there is no target."""
    icon = ICONS.get(TargetState(state), "")
    return f" {icon}" if icon else ""


@register.simple_tag
def file_address(kind: str, screen: Screen, table: str = "") -> str:
    """Return the address of a view's file for its selection."""
    return address_of_file(kind, screen, table)
