"""Numbers inside the pictures of oddities."""

from __future__ import annotations

from django import template

from mentoring_reports.review.plausibility.wording import number

register = template.Library()


@register.filter
def plain_number(value: float) -> str:
    """Write a number as Russian does."""
    return number(value)
