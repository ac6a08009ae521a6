"""Which times of activities a curator is reminded of on a day: derived from how things stand, nothing is queued.

As with rounds (`docs/decisions/0006`), each reminder has a key that names what it tells; whoever was told a key is
never told it again. What is done, cancelled or in a draft is not reminded, and a new deadline is a new key.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mentoring_reports.roadmaps.models import RoadmapItem

RECENT = 14  # days; what was missed longer ago is on the board, and no news any more
BEFORE_THAT = 35  # days; the time before a monthly one is found in them


@dataclass(frozen=True, slots=True)
class DueTime:
    """One time of an activity; `gap` is how many days after the time before it comes, None for a first one."""

    roadmap_id: int
    roadmap: str
    item_id: int
    activity: str
    due: dt.date
    is_open: bool
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is to be told: `days` are left, or, if negative, have passed."""

    key: str
    time: DueTime
    days: int

    @property
    def is_overdue(self) -> bool:
        """Say whether the last day has passed."""
        return self.days < 0


def due_times(day: dt.date, days_before: Sequence[int], days_after: Sequence[int]) -> list[DueTime]:
    """Return the times near the day, of roadmaps at work, in one statement; done ones, too: they tell the gaps."""
    first = day - dt.timedelta(days=max(days_after, default=0) + RECENT + BEFORE_THAT)
    last = day + dt.timedelta(days=max(days_before, default=0))
    times: QuerySet[Any] = RoadmapItem.objects.due_by(last, since=first, as_of=day)
    before: dict[int, dt.date] = {}
    found = []
    for item in times.select_related("section__roadmap").order_by(
        "due", "section__roadmap_id", "section__sort_order", "sort_order", "pk"
    ):
        found.append(_due_time(item, day, before.get(item.pk)))
        before[item.pk] = item.due
    return found


def reminders(
    times: Iterable[DueTime], days_before: Sequence[int], days_after: Sequence[int], day: dt.date
) -> list[Reminder]:
    """Return at most one reminder of each time, by last day."""
    found = (_reminder(time, days_before, days_after, day) for time in times if time.is_open)
    return [reminder for reminder in found if reminder]


def _due_time(item: Any, day: dt.date, before: dt.date | None) -> DueTime:
    roadmap, due, done_on = item.section.roadmap, item.due, item.time_done_on
    return DueTime(
        roadmap_id=roadmap.pk,
        roadmap=roadmap.title,
        item_id=item.pk,
        activity=item.activity,
        due=due,
        is_open=done_on is None or done_on > day,
        gap=(due - before).days if before else None,
    )


def _reminder(time: DueTime, days_before: Sequence[int], days_after: Sequence[int], day: dt.date) -> Reminder | None:
    """Return the nearest reminder that has been reached; a weekly activity is not told of a week ahead."""
    left = (time.due - day).days
    if not left:
        return Reminder(_key("on", time), time, left)
    if left > 0:
        reached = [days for days in days_before if left <= days and _fits(days, time)]
        return Reminder(_key(f"before-{min(reached)}", time), time, left) if reached else None
    reached = [days for days in days_after if days <= -left and _fits(days, time)]
    is_news = reached and -left <= max(reached) + RECENT
    return Reminder(_key(f"after-{max(reached)}", time), time, left) if is_news else None


def _fits(days: int, time: DueTime) -> bool:
    return time.gap is None or days < time.gap


def _key(what: str, time: DueTime) -> str:
    return f"roadmap-{what}:{time.item_id}:{time.due}"
