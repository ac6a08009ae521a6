"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    """Screens of department and methodist; no models."""

    name = "portal.dashboard"
    label = "dashboard"
    verbose_name = _("Indicators at a glance")
