"""The register's only door into Wagtail's admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from .choosers import mentee_chooser, mentorship_chooser, person_chooser
from .viewsets import RegisterGroup


@hooks.register("register_admin_viewset")
def register_choosers() -> list[ChooserViewSet]:
    """Add the choosers; before the listings, whose forms use them."""
    return [person_chooser, mentorship_chooser, mentee_chooser]


@hooks.register("register_admin_viewset")
def register_register() -> RegisterGroup:
    """Add the listings and their menu."""
    return RegisterGroup()


@hooks.register("insert_global_admin_css")
def keep_names_whole() -> str:
    """Give the column of names room for a surname."""
    return format_html('<link rel="stylesheet" href="{}">', static("mentoring_register/listing.css"))
