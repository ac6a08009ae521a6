"""Stretches of days that a curator looks at: overdue, this week, this month, the next one. One definition of each."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from mentoring_reports.roadmaps.querysets import RoadmapItemQuerySet

    from .times import Time

SUNDAY = 6


class Stretch(models.TextChoices):
    """Which times of activities are looked at; the codes stand in addresses."""

    ALL = "", _("all")
    OVERDUE = "overdue", _("overdue")
    WEEK = "week", _("still this week")
    MONTH = "month", _("this month")
    NEXT = "next", _("next month")

    @classmethod
    def of(cls, code: str) -> Stretch:
        """Return the stretch with this code; all for an unknown one."""
        return cls(code) if code in cls.values else cls.ALL

    def days(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """Return the first and the last day of a week or a month, seen from `day`. The week has only its days left."""
        if self is Stretch.WEEK:
            return day, day + dt.timedelta(days=SUNDAY - day.weekday())
        first = day.replace(day=1)
        if self is Stretch.NEXT:
            first = (first + dt.timedelta(days=31)).replace(day=1)
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def holds(self, time: Time, day: dt.date) -> bool:
        """Say whether a time belongs to the stretch: what is done does, too, except where it is about what is late."""
        if self is Stretch.ALL:
            return True
        if self is Stretch.OVERDUE:
            return time.is_overdue(day)
        return time.is_due_between(*self.days(day))

    def times(self, items: RoadmapItemQuerySet, day: dt.date) -> RoadmapItemQuerySet:
        """Return the open times of the stretch."""
        if self is Stretch.OVERDUE:
            return items.overdue_on(day)
        return items.open_between(*self.days(day), day=day)
