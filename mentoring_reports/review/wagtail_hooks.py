"""The door into Wagtail's admin: queue, rounds and the home panel, for a municipality's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mentoring_reports.tenancy import is_municipality

from .access import REVIEW, MunicipalMenuItem
from .own_panel import WaitingPanel
from .panels import RoundsPanel
from .plausibility.views import SET_THRESHOLDS
from .report_forms.access import VIEW_FORM
from .rounds.viewset import RoundViewSet, round_viewset

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the review below the admin."""
    return [
        path("review/", include("mentoring_reports.review.urls")),
        path("report-forms/", include("mentoring_reports.review.report_forms.urls")),
    ]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show «Проверка»."""
    address = reverse_lazy("mentoring_review:index")
    return MunicipalMenuItem(_("Review"), address, name="review", icon_name="glasses", order=110, permission=REVIEW)


@hooks.register("register_admin_menu_item")
def register_report_forms() -> MenuItem:
    """Show «Формы отчёта»."""
    address = reverse_lazy("report_forms:index")
    return MunicipalMenuItem(
        _("Report forms"), address, name="report-forms", icon_name="form", order=125, permission=VIEW_FORM
    )


@hooks.register("register_settings_menu_item")
def register_plausibility() -> MenuItem:
    """Show «Правдоподобие отчётов» among the settings."""
    address = reverse_lazy("mentoring_review:plausibility")
    return MunicipalMenuItem(
        _("Plausibility of reports"),
        address,
        name="plausibility",
        icon_name="sliders",
        order=700,
        permission=SET_THRESHOLDS,
    )


@hooks.register("register_admin_viewset")
def register_rounds() -> RoundViewSet:
    """Show «Сборы»."""
    return round_viewset


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show first what waits, then the open rounds."""
    if is_municipality() and request.user.has_perm(REVIEW):
        panels += [WaitingPanel(), RoundsPanel()]
