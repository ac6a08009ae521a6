"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    """People, mentorships, plans; tenant schema."""

    name = "mentoring_reports.register"
    label = "mentoring_register"
    verbose_name = _("Register of mentoring")
