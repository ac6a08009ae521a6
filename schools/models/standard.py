"""A plain page: the programme, contacts, anything without a type of its own."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from .base import ContentPage


class StandardPage(ContentPage):
    """A page of text; may have pages below it."""

    template = "schools/standard_page.html"
    parent_page_types: ClassVar = ["schools.HomePage", "schools.MentoringPage", "schools.StandardPage"]
    subpage_types: ClassVar = ["schools.StandardPage"]

    class Meta:
        """How the type is called in the admin."""

        verbose_name = _("page")
        verbose_name_plural = _("pages")
