"""The door into Wagtail's admin: the screens about mail, for a municipality's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .access import MailMenuItem

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Serve the screens below the admin."""
    return [path("mail/", include("mentoring_reports.notices.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Show the menu item."""
    return MailMenuItem(_("Mail"), reverse_lazy("mentoring_notices:index"), name="mail", icon_name="mail", order=160)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let groups be given the right to edit texts and days."""
    return Permission.objects.filter(content_type__app_label="mentoring_notices", codename="edit_notices")
