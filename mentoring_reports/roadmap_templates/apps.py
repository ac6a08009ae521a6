"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapTemplatesConfig(AppConfig):
    """Template roadmaps; schema `public`."""

    name = "mentoring_reports.roadmap_templates"
    label = "mentoring_roadmap_templates"
    verbose_name = _("Template roadmaps")
