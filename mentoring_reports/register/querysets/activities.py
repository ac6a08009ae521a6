"""Questions about meetings and trainings. Every `day` is included."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from mentoring_reports.register.models import Meeting, Training  # noqa: F401


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings of mentorships."""

    def held_between(self, first: dt.date, last: dt.date) -> MeetingQuerySet:
        """Return meetings held from the first day to the last."""
        return self.filter(held_on__gte=first, held_on__lte=last)


class TrainingQuerySet(models.QuerySet["Training"]):
    """Sessions of the school of mentors."""

    def held_between(self, first: dt.date, last: dt.date) -> TrainingQuerySet:
        """Return trainings held from the first day to the last."""
        return self.filter(held_on__gte=first, held_on__lte=last)
