"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    """Published editions; schema `public`."""

    name = "mentoring_reports.publications"
    label = "mentoring_publications"
    verbose_name = _("Publications")
