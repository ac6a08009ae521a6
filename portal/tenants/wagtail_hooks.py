"""The door into Wagtail's admin: schools and their groupings, for the municipality."""

from __future__ import annotations

from wagtail import hooks

from .viewsets import OrganisationsGroup


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationsGroup:
    """Show the municipality's schools."""
    return OrganisationsGroup()
