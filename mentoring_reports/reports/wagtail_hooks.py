"""The door into Wagtail's admin: addresses, the menu, and what a school has to do next on its home screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mentoring_reports.tenancy import is_school

from .panels import ToDoPanel
from .views.base import PERMISSION

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.urls import URLResolver


class ReportsMenuItem(MenuItem):
    """«Отчёты»: in a school, for those who submit reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether this admin is a school's and the user submits reports."""
        return is_school() and request.user.has_perm(PERMISSION)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern | URLResolver]:
    """Serve the reports below the admin; `reports/` is Wagtail's own."""
    return [path("school-reports/", include("mentoring_reports.reports.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show the menu item."""
    address = reverse_lazy("mentoring_reports:index")
    return ReportsMenuItem(
        _("Rounds and reports"), address, name="school-reports", icon_name="clipboard-list", order=150
    )


@hooks.register("construct_homepage_panels")
def show_what_to_do(request: HttpRequest, panels: list[Any]) -> None:
    """Put "To do" first on a school's home screen."""
    if is_school():
        panels.insert(0, ToDoPanel())
