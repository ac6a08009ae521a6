"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkbooksConfig(AppConfig):
    """The consolidated workbook: made in the background, kept, verified."""

    name = "mentoring_reports.workbooks"
    label = "mentoring_workbooks"
    verbose_name = _("Workbooks")

    def ready(self) -> None:
        """Register the checks and the built-in sheets."""
        from . import checks  # noqa: F401, PLC0415  (registers itself)
        from .sheets.registry import load  # noqa: PLC0415  (sheets import models)

        load()
