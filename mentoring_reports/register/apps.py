"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    """People, mentorships, plans; tenant schema."""

    name = "mentoring_reports.register"
    label = "mentoring_register"
    verbose_name = _("Register of mentoring")

    def ready(self) -> None:
        """Keep the register to schools and to those who have the permission."""
        from mentoring_reports.school_admin.policies import keep_in_schools  # noqa: PLC0415  (models are ready only now)

        keep_in_schools(*self.get_models())
