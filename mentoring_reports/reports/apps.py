"""App configuration."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """A school's drafts; tenant schema."""

    name = "mentoring_reports.reports"
    label = "mentoring_reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Register the questions that count (a code taken twice stops the start) and the system checks."""
        from . import counting  # noqa: F401, PLC0415
        from .checks import check_counted_pages  # noqa: PLC0415

        register(check_counted_pages)
