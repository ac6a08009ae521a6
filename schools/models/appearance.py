"""The look of a site: colours with a guaranteed contrast, emblem, slogan and contacts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


class Accent(models.TextChoices):
    """Colours to choose from. Each has a light and a dark set in `site.css`, tested for WCAG AA contrast."""

    BLUE = "blue", _("blue")
    TEAL = "teal", _("teal")
    GREEN = "green", _("green")
    VIOLET = "violet", _("violet")
    CRIMSON = "crimson", _("crimson")
    TERRACOTTA = "terracotta", _("terracotta")
    GRAPHITE = "graphite", _("graphite")


@register_setting(icon="view", order=100)
class SchoolAppearance(BaseSiteSetting):
    """One row a site, made with the site."""

    accent = models.CharField(_("colour"), max_length=20, choices=Accent, default=Accent.BLUE)
    emblem = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("emblem"),
        help_text=_("A square image; without one, the first letter of the name is drawn."),
    )
    slogan = models.CharField(_("slogan"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    select_related: ClassVar = ["emblem"]
    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("accent"), FieldPanel("emblem"), FieldPanel("slogan")], heading=_("Look")),
        MultiFieldPanel([FieldPanel("address"), FieldPanel("phone"), FieldPanel("email")], heading=_("Contacts")),
    ]

    class Meta:
        """How the settings are called in the admin."""

        verbose_name = _("look and contacts")
