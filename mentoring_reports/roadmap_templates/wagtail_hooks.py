"""The door into Wagtail's admin: template roadmaps, for a municipality's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .access import TemplatesMenuItem

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the screens below the admin."""
    return [path("roadmap-templates/", include("mentoring_reports.roadmap_templates.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show the menu item."""
    address = reverse_lazy("roadmap_templates:index")
    return TemplatesMenuItem(
        _("Template roadmaps"), address, name="roadmap-templates", icon_name="calendar-alt", order=130
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let groups be given the right to see and to edit templates."""
    return Permission.objects.filter(content_type__app_label="mentoring_roadmap_templates")
