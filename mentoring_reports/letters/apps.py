"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """Deliveries and preferences; tenant schema."""

    name = "mentoring_reports.letters"
    label = "mentoring_letters"
    verbose_name = _("Letters")

    def ready(self) -> None:
        """Register the check of what letters need."""
        from . import checks  # noqa: F401, PLC0415
