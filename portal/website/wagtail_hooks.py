"""The door into Wagtail's admin: publication of approved figures, for those of a municipality who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mentoring_reports.review.access import MunicipalMenuItem

if TYPE_CHECKING:
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the publication below the admin."""
    return [path("publishing/", include("portal.website.publishing.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show «Публикация» in the menu."""
    from .publishing.views import PUBLISH  # noqa: PLC0415  (the page types are not ready when hooks are looked for)

    address = reverse_lazy("publishing:index")
    return MunicipalMenuItem(
        _("Publication"), address, name="publishing", icon_name="globe", order=130, permission=PUBLISH
    )
