"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """A school's page types."""

    name = "schools"
    label = "schools"
    verbose_name = _("School website")
