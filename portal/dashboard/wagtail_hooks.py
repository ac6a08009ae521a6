"""The door into Wagtail's admin: addresses and the menu item, for a municipality's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mentoring_reports.review.access import MunicipalMenuItem

from .views import VIEW

if TYPE_CHECKING:
    from wagtail.admin.menu import MenuItem

FIRST = 90  # before Wagtail's own items


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the dashboard below the admin."""
    return [path("dashboard/", include("portal.dashboard.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show the dashboard in the menu."""
    address = reverse_lazy("dashboard:index")
    return MunicipalMenuItem(
        _("Indicators at a glance"), address, name="dashboard", icon_name="table", order=FIRST, permission=VIEW
    )
