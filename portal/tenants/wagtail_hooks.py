"""The door into Wagtail's admin: schools, for the municipality."""

from __future__ import annotations

from wagtail import hooks

from .viewsets import SchoolViewSet, school_viewset


@hooks.register("register_admin_viewset")
def register_schools() -> SchoolViewSet:
    """Show the municipality's schools."""
    return school_viewset
