"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """The queue is procrastinate's; here are its row security, the way into it, and the worker."""

    name = "mentoring_reports.jobs"
    label = "mentoring_jobs"
    verbose_name = _("Background work")
