"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapsConfig(AppConfig):
    """Roadmaps; tenant schema."""

    name = "mentoring_reports.roadmaps"
    label = "mentoring_roadmaps"
    verbose_name = _("Roadmaps")
