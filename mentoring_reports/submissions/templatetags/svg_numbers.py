"""Coordinates in SVG templates: with a point in every language, and moved about."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def svg(value: float | None) -> str:
    """Return a coordinate: with a point in every language."""
    return f"{value or 0:.2f}".rstrip("0").rstrip(".")


@register.filter
def plus(value: float | None, other: float | None) -> float:
    """Return a sum of coordinates."""
    return (value or 0) + (other or 0)


@register.filter
def minus(value: float | None, other: float | None) -> float:
    """Return a difference of coordinates."""
    return (value or 0) - (other or 0)
