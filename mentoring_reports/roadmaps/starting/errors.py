"""What may be refused when a roadmap is started from a template."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mentoring_reports.roadmaps.errors import RoadmapError
from mentoring_reports.roadmaps.models import Roadmap


class AlreadyStarted(RoadmapError):
    """There is a roadmap from the same template for the same days; it is `roadmap`."""

    message = _("You have started a roadmap from this template for these days already.")

    def __init__(self, roadmap: Roadmap) -> None:
        """Keep the roadmap that is there."""
        super().__init__()
        self.roadmap = roadmap
