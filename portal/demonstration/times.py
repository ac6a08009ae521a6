"""The times of activities that come back, as they stand on the base day: most done, some late, some missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Occurrence, RoadmapItem
from mentoring_reports.roadmaps.year.times import windows_of

from .plan import SchoolPlan

DAY = dt.timedelta(days=1)


def fill_times(items: Sequence[RoadmapItem], plan: SchoolPlan, base: dt.date) -> None:
    """Write the times of a school's activities and what follows from them for the activities; two statements."""
    random, last_day = plan.random("times"), min(base, plan.closed_on or base)
    times = [time for item in items for time in _times(item, plan, last_day, random)]
    Occurrence.objects.bulk_create(times)
    for item in items:
        _follow(item, [time.done_on for time in times if time.item is item])
    RoadmapItem.objects.bulk_update(items, ["status", "done_on"])


def _times(item: RoadmapItem, plan: SchoolPlan, last_day: dt.date, random: Random) -> list[Occurrence]:
    again = item.recurs
    first, last = item.starts_on or item.section.roadmap.period_start, item.due_on
    windows = windows_of(again, first, last) if again else []
    return [
        Occurrence(item=item, starts_on=start, ends_on=end, done_on=_done_on(start, end, plan, last_day, random))
        for start, end in windows
    ]


def _done_on(start: dt.date, end: dt.date, plan: SchoolPlan, last_day: dt.date, random: Random) -> dt.date | None:
    """Return when a time was done: most in their last days, some a few days late, some never."""
    late = random.random() > 0.7 + 0.3 * plan.diligence
    done = max(start, end + DAY * (random.randint(1, 9) if late else -random.randint(0, 6)))
    was_done = random.random() < 0.6 + 0.4 * plan.diligence
    return done if was_done and done <= last_day else None


def _follow(item: RoadmapItem, days: list[dt.date | None]) -> None:
    done = [day for day in days if day]
    if done:
        item.status = Status.DONE if len(done) == len(days) else Status.IN_PROGRESS
        item.done_on = max(done) if len(done) == len(days) else None
