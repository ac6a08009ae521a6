"""Questions about roadmaps and their activities: each has one definition. Every `day` is included.

An activity without a last day of its own is due on the roadmap's last day. Cancelled activities are not counted.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from .enums import OPEN, Status
from .progress import Progress

if TYPE_CHECKING:
    from .models import Roadmap, RoadmapItem  # noqa: F401

DUE = Coalesce("ends_on", "section__roadmap__period_end")


def _done_by(day: dt.date) -> Q:
    return Q(status=Status.DONE, done_on__lte=day)


def _counts(day: dt.date) -> dict[str, Count]:
    """Return the numbers of a `Progress` over rows with `last_day` (`due` is the name of a number here)."""
    done, due = _done_by(day), Q(last_day__lte=day)
    return {
        "total": Count("pk"),
        "done": Count("pk", filter=done),
        "due": Count("pk", filter=due),
        "overdue": Count("pk", filter=Q(last_day__lt=day) & ~done),
        "done_of_due": Count("pk", filter=due & done),
    }


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    """Roadmaps."""

    def published(self) -> RoadmapQuerySet:
        """Return those that the public may read."""
        return self.filter(is_published=True)

    def current(self, day: dt.date) -> RoadmapQuerySet:
        """Return those whose period holds the day, the latest first."""
        return self.filter(period_start__lte=day, period_end__gte=day).order_by("-period_start", "-pk")

    def described_on(self, day: dt.date) -> RoadmapQuerySet:
        """Add what a listing shows: `item_number`, `items_done` and `items_overdue` by the day."""
        counted = Q(sections__items__isnull=False) & ~Q(sections__items__status=Status.CANCELLED)
        done = Q(sections__items__status=Status.DONE, sections__items__done_on__lte=day)
        late = Q(last_day__lt=day)
        return self.alias(last_day=Coalesce("sections__items__ends_on", "period_end")).annotate(
            item_number=Count("sections__items", filter=counted),
            items_done=Count("sections__items", filter=counted & done),
            items_overdue=Count("sections__items", filter=counted & late & ~done),
        )


class RoadmapItemQuerySet(models.QuerySet["RoadmapItem"]):
    """Activities of roadmaps."""

    def with_due(self) -> RoadmapItemQuerySet:
        """Add `due`: the activity's last day, or the roadmap's."""
        return self.annotate(due=DUE)

    def counted(self) -> RoadmapItemQuerySet:
        """Return those that are not cancelled."""
        return self.exclude(status=Status.CANCELLED)

    def due_by(self, day: dt.date, *, since: dt.date | None = None) -> RoadmapItemQuerySet:
        """Return those whose last day is the day or earlier; with `since`, not earlier than that."""
        items = self.counted().with_due().filter(due__lte=day)
        return items.filter(due__gte=since) if since else items

    def due_between(self, first: dt.date, last: dt.date) -> RoadmapItemQuerySet:
        """Return those whose last day lies between the two days."""
        return self.due_by(last, since=first)

    def done_by(self, day: dt.date) -> RoadmapItemQuerySet:
        """Return those done on the day or before it."""
        return self.filter(_done_by(day))

    def done_on_time(self) -> RoadmapItemQuerySet:
        """Return those done on their last day or before it."""
        return self.with_due().filter(status=Status.DONE, done_on__lte=F("due"))

    def open(self) -> RoadmapItemQuerySet:
        """Return those still to be done."""
        return self.filter(status__in=OPEN)

    def overdue_on(self, day: dt.date) -> RoadmapItemQuerySet:
        """Return those that were to be done before the day and are not."""
        return self.counted().with_due().filter(~_done_by(day), due__lt=day)

    def published(self) -> RoadmapItemQuerySet:
        """Return those of published roadmaps."""
        return self.filter(section__roadmap__is_published=True)

    def progress(self, day: dt.date) -> Progress:
        """Return how far these activities have come by the day, in one statement."""
        return Progress(**self.counted().alias(last_day=DUE).aggregate(**_counts(day)))

    def progress_by_section(self, day: dt.date) -> dict[int, Progress]:
        """Return how far each section has come by the day, in one statement; one without activities is not named."""
        rows = self.counted().alias(last_day=DUE).order_by().values("section").annotate(**_counts(day))
        return {row.pop("section"): Progress(**row) for row in rows}
