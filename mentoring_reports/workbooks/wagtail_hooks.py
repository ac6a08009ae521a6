"""The door into Wagtail's admin: the screens of workbooks, for a municipality's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .access import WorkbookMenuItem

if TYPE_CHECKING:
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the screens below the admin."""
    return [path("workbooks/", include("mentoring_reports.workbooks.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show the menu item, next to the figures."""
    address = reverse_lazy("mentoring_workbooks:index")
    return WorkbookMenuItem(_("Workbooks"), address, name="workbooks", icon_name="doc-full", order=95)
