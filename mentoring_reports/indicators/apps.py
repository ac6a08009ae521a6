"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Report forms; schema `public`."""

    name = "mentoring_reports.indicators"
    label = "mentoring_indicators"
    verbose_name = _("Indicators")
