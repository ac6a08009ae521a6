"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """The municipality's own page types."""

    name = "portal.website"
    label = "website"
    verbose_name = _("Municipal website")
