"""The door into Wagtail's admin: queue, rounds and the home panel, for a municipality's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mentoring_reports.tenancy import is_municipality

from .access import REVIEW, MunicipalMenuItem
from .panels import RoundsPanel
from .rounds.viewset import RoundViewSet, round_viewset

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the review below the admin."""
    return [path("review/", include("mentoring_reports.review.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show «Проверка»."""
    address = reverse_lazy("mentoring_review:index")
    return MunicipalMenuItem(_("Review"), address, name="review", icon_name="glasses", order=110, permission=REVIEW)


@hooks.register("register_admin_viewset")
def register_rounds() -> RoundViewSet:
    """Show «Сборы»."""
    return round_viewset


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show the open rounds first."""
    if is_municipality() and request.user.has_perm(REVIEW):
        panels.append(RoundsPanel())
