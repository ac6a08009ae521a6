"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemonstrationConfig(AppConfig):
    """The demonstration's commands; no models."""

    name = "portal.demonstration"
    label = "demonstration"
    verbose_name = _("Demonstration")
