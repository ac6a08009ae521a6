"""Questions about roadmaps and their activities: each has one definition. Every `day` is included.

Figures count *times* (`by_time`): an activity that comes back counts once for each of its occurrences, any other one
once. An activity without a last day of its own is due on the roadmap's last day. Drafts are not counted, and from the
day of cancelling a cancelled activity is not. Only dates decide: what was counted as of a past day does not change by
what is ticked later.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce

from .enums import OPEN
from .progress import Progress

if TYPE_CHECKING:
    from .models import Roadmap, RoadmapItem  # noqa: F401

FROM_ROADMAP = "sections__items__"


def _times(to_item: str = "", to_roadmap: str = "section__roadmap__") -> dict[str, Any]:
    """Return what a time is, once for all questions; read from an item, or from a roadmap by way of its sections."""
    occurrence = f"{to_item}occurrences__"
    return {
        "due": Coalesce(f"{occurrence}ends_on", f"{to_item}ends_on", f"{to_roadmap}period_end"),
        "time_starts_on": Case(
            When(**{f"{occurrence}pk": None}, then=F(f"{to_item}starts_on")), default=F(f"{occurrence}starts_on")
        ),
        "time_done_on": Case(
            When(**{f"{occurrence}pk": None}, then=F(f"{to_item}done_on")), default=F(f"{occurrence}done_on")
        ),
        "time": F(f"{occurrence}pk"),
    }


def _counted(day: dt.date, to_item: str = "", to_roadmap: str = "section__roadmap__") -> Q:
    """Return what is counted as of the day: activities of roadmaps at work, not cancelled by then."""
    cancelled_later = Q(**{f"{to_item}cancelled_on": None}) | Q(**{f"{to_item}cancelled_on__gt": day})
    return Q(**{f"{to_roadmap}is_draft": False}) & cancelled_later


def _counts(day: dt.date, to_item: str = "", counted: Q | None = None) -> dict[str, Count]:
    """Return the numbers of a `Progress` over rows that have `last_day` and `time_done_on`."""
    done, due, all_ = Q(time_done_on__lte=day), Q(last_day__lte=day), counted or Q()
    missed = Q(last_day__lt=day) & _open_on(day)
    parts = {"total": Q(), "done": done, "due": due, "overdue": missed, "done_of_due": due & done}
    return {name: Count(f"{to_item}pk", filter=(all_ & part) or None) for name, part in parts.items()}


def _open_on(day: dt.date) -> Q:
    return Q(time_done_on=None) | Q(time_done_on__gt=day)


def _countable(to_item: str = "", to_roadmap: str = "section__roadmap__") -> dict[str, Any]:
    """Return the times for `_counts`; `due` is the name of a number there."""
    times = _times(to_item, to_roadmap)
    return {"last_day": times["due"], "time_done_on": times["time_done_on"]}


class RoadmapQuerySet(models.QuerySet["Roadmap"]):
    """Roadmaps."""

    def at_work(self) -> RoadmapQuerySet:
        """Return those that are no drafts."""
        return self.filter(is_draft=False)

    def published(self) -> RoadmapQuerySet:
        """Return those that the public may read."""
        return self.at_work().filter(is_published=True)

    def current(self, day: dt.date) -> RoadmapQuerySet:
        """Return those whose period holds the day, the latest first."""
        return self.filter(period_start__lte=day, period_end__gte=day).order_by("-period_start", "-pk")

    def described_on(self, day: dt.date) -> RoadmapQuerySet:
        """Add what a listing shows, in times: `item_number`, `items_done` and `items_overdue` by the day."""
        counted = _counted(day, FROM_ROADMAP, "") & Q(sections__items__isnull=False)
        counts = _counts(day, FROM_ROADMAP, counted)
        return self.alias(**_countable(FROM_ROADMAP, "")).annotate(
            item_number=counts["total"], items_done=counts["done"], items_overdue=counts["overdue"]
        )


class RoadmapItemQuerySet(models.QuerySet["RoadmapItem"]):
    """Activities of roadmaps. What counts times, counts rows: `.count()` of `due_by` is a number of times."""

    def by_time(self) -> RoadmapItemQuerySet:
        """Return a row for each time: `due`, `time_done_on`, `time_starts_on`; `time` is its occurrence, or None."""
        return self.annotate(**_times())

    def with_times(self) -> RoadmapItemQuerySet:
        """Read the occurrences along: one statement more, whatever the number of activities."""
        return self.prefetch_related("occurrences")

    def counted(self, day: dt.date) -> RoadmapItemQuerySet:
        """Return those that count as of the day."""
        return self.filter(_counted(day))

    def due_by(
        self, day: dt.date, *, since: dt.date | None = None, as_of: dt.date | None = None
    ) -> RoadmapItemQuerySet:
        """Return the times whose last day is the day or earlier; with `since`, not earlier than that."""
        times = self._rows(as_of or day).filter(due__lte=day)
        return times.filter(due__gte=since) if since else times

    def open_between(self, first: dt.date, last: dt.date, *, day: dt.date) -> RoadmapItemQuerySet:
        """Return the times whose last day lies between the two days and that are not done as of `day`."""
        return self.due_by(last, since=first, as_of=day).filter(_open_on(day))

    def done_by(self, day: dt.date) -> RoadmapItemQuerySet:
        """Return the times done on the day or before it."""
        return self._rows().filter(time_done_on__lte=day)

    def done_on_time(self) -> RoadmapItemQuerySet:
        """Return the times done on their last day or before it."""
        return self._rows().filter(time_done_on__lte=F("due"))

    def overdue_on(self, day: dt.date) -> RoadmapItemQuerySet:
        """Return the times that were to be done before the day and are not."""
        return self._rows(day).filter(_open_on(day), due__lt=day)

    def having(self, times: RoadmapItemQuerySet) -> RoadmapItemQuerySet:
        """Return the activities that have one of these times, each once."""
        return self.filter(pk__in=times.values("pk"))

    def open(self) -> RoadmapItemQuerySet:
        """Return those still to be done."""
        return self.filter(status__in=OPEN)

    def published(self) -> RoadmapItemQuerySet:
        """Return those of published roadmaps."""
        return self.filter(section__roadmap__is_published=True, section__roadmap__is_draft=False)

    def progress(self, day: dt.date) -> Progress:
        """Return how far these activities have come by the day, in one statement."""
        return Progress(**self.counted(day).alias(**_countable()).aggregate(**_counts(day)))

    def progress_by_section(self, day: dt.date) -> dict[int, Progress]:
        """Return how far each section has come by the day, in one statement; one without activities is not named."""
        times = self.counted(day).alias(**_countable()).order_by()
        rows: list[dict[str, Any]] = list(times.values("section").annotate(**_counts(day)))  # type: ignore[arg-type]
        return {row.pop("section"): Progress(**row) for row in rows}

    def _rows(self, day: dt.date | None = None) -> Any:
        """Return the times, of what counts as of the day where one is given; its annotations have no static types."""
        return (self.counted(day) if day else self).by_time()
