"""What every page has: a lead, a body of blocks, and its place in the search index. Abstract: no tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from schools.blocks import BodyBlock


class LeadPage(Page):
    """A page that opens with a short lead."""

    lead = models.TextField(
        _("lead"), blank=True, max_length=600, help_text=_("One or two sentences under the heading.")
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        """Only inherited."""

        abstract = True


class ContentPage(LeadPage):
    """A page with a lead and a body of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar = [*LeadPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar = [*LeadPage.search_fields, index.SearchField("body")]

    class Meta:
        """Only inherited."""

        abstract = True
