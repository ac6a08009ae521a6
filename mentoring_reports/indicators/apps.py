"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """Report forms; schema `public`."""

    name = "mentoring_reports.indicators"
    label = "mentoring_indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        """Register the check of the portal's tenant model."""
        from mentoring_reports import tenant_model  # noqa: F401, PLC0415
