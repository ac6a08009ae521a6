"""The door into Wagtail's admin: schools and their groupings, for the municipality; what every listing looks like."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .viewsets import OrganisationsGroup


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationsGroup:
    """Show the municipality's schools."""
    return OrganisationsGroup()


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Add the portal's few rules to the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("tenants/admin.css"))
