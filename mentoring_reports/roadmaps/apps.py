"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapsConfig(AppConfig):
    """Roadmaps; tenant schema."""

    name = "mentoring_reports.roadmaps"
    label = "mentoring_roadmaps"
    verbose_name = _("Roadmaps")

    def ready(self) -> None:
        """Keep roadmaps to schools and to those who have the permission."""
        from mentoring_reports.school_admin.policies import keep_in_schools  # noqa: PLC0415  (models are ready only now)

        keep_in_schools(*self.get_models())

        # The municipality's template roadmaps ask for dates and documents through a door of their own.
        from mentoring_reports.roadmap_templates.reading import register  # noqa: PLC0415

        from .starting.dates import RoadmapReader  # noqa: PLC0415

        register(RoadmapReader())
