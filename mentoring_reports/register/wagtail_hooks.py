"""The register's only door into Wagtail's admin."""

from __future__ import annotations

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
