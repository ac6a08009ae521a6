"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Texts and days of notices; schema `public`."""

    name = "mentoring_reports.notices"
    label = "mentoring_notices"
    verbose_name = _("Notices")
