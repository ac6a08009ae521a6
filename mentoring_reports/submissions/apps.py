"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    """Rounds, submissions, decisions; schema `public`."""

    name = "mentoring_reports.submissions"
    label = "mentoring_submissions"
    verbose_name = _("Submissions")
