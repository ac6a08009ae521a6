"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """The methodist's screens, and how methodists share their work; tenant schema."""

    name = "mentoring_reports.review"
    label = "mentoring_review"
    verbose_name = _("Review")
