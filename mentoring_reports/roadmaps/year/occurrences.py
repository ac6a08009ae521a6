"""The occurrences of activities that come back: made from the recurrence, kept where something was written on them.

Called wherever an activity or its roadmap's period is saved: by the forms, the import, a roadmap from a template.
Calling it again changes nothing. An occurrence that is done or has evidence is never deleted: when the days of a time
move, it moves along to the time with which it has most days in common; where there is none, it stays with its own days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, prefetch_related_objects

from mentoring_reports.roadmaps.changes import locked, settle
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem
from mentoring_reports.roadmaps.models.roadmap import LONGEST_PLAN

from .times import overlap, windows_of

if TYPE_CHECKING:
    from mentoring_reports.roadmaps.changes import User
    from mentoring_reports.roadmaps.recurrence import Window

A_YEAR = 366  # days beyond the plan in which an activity may still come back


def sync_occurrences(*, item: RoadmapItem, by: User | None = None) -> None:
    """Give the activity the times that its recurrence names; one that comes once has none."""
    sync_items(items=[item], by=by)


def sync_roadmap(*, roadmap: Roadmap, by: User | None = None) -> None:
    """Do the same for all activities of a roadmap: after its period has changed, or after an import."""
    concerned = roadmap.items().filter(Q(recurrence__isnull=False) | Q(occurrences__isnull=False)).distinct()
    sync_items(items=concerned, by=by)


@transaction.atomic
def sync_items(*, items: Iterable[RoadmapItem], by: User | None = None) -> None:
    """Do the same for many activities, in a fixed number of statements (states that change by it apart)."""
    found = list(items)
    prefetch_related_objects(found, "section__roadmap")
    rows = _rows_of(found)
    plans = [_plan(item, rows.get(item.pk, [])) for item in found]
    Occurrence.objects.filter(pk__in=[row.pk for plan in plans for row in plan.dropped]).delete()
    Occurrence.objects.bulk_update([row for plan in plans for row in plan.moved], ["starts_on", "ends_on"])
    Occurrence.objects.bulk_create([row for plan in plans for row in plan.added], batch_size=500)
    for plan in plans:
        if plan.may_change_state:
            _settle(plan.item, by)


@dataclass
class _Plan:
    """What is to be done with the occurrences of one activity."""

    item: RoadmapItem
    added: list[Occurrence] = field(default_factory=list)
    moved: list[Occurrence] = field(default_factory=list)
    dropped: list[Occurrence] = field(default_factory=list)

    @property
    def may_change_state(self) -> bool:
        """Say whether the activity's state may differ now: never for one that nobody has touched yet."""
        return bool(self.added or self.moved or self.dropped) and self.item.status != Status.PLANNED


def _rows_of(items: Sequence[RoadmapItem]) -> dict[int, list[Occurrence]]:
    """Return the occurrences as the database has them, locked, by activity."""
    rows: dict[int, list[Occurrence]] = {}
    of_items = Occurrence.objects.select_for_update().filter(item__in=items)
    for row in of_items.order_by("starts_on", "ends_on", "pk"):
        rows.setdefault(row.item_id, []).append(row)
    return rows


def _plan(item: RoadmapItem, rows: list[Occurrence]) -> _Plan:
    kept = [row for row in rows if row.done_on or row.has_evidence]
    wanted = _wanted(item, is_kept=bool(kept))
    plan = _Plan(item, moved=_moved(item, kept, wanted))
    held = {_window(row) for row in kept}
    plan.dropped = [row for row in rows if row not in kept and (_window(row) not in wanted or _window(row) in held)]
    there = {_window(row) for row in rows}
    plan.added = [_new(item, window) for window in wanted if window not in there | held]
    if item.done_on and not rows:
        _keep_mark(plan.added, item.done_on)
    return plan


def _wanted(item: RoadmapItem, *, is_kept: bool) -> list[Window]:
    """Return the days of each time; one that comes once has an own row only beside times that were done before."""
    first, last = item.starts_on or item.section.roadmap.period_start, item.due_on
    again = item.recurs
    if again:
        return list(dict.fromkeys(windows_of(again, *_near_plan(item.section.roadmap, first, last))))
    return [(min(first, last), last)] if is_kept else []


def _near_plan(roadmap: Roadmap, first: dt.date, last: dt.date) -> Window:
    """Return the days as far as they are near the plan: a slip in a year (0205, 9999) makes no thousand times."""
    start, end = roadmap.period_start.toordinal(), roadmap.period_end.toordinal()
    end = min(end, start + LONGEST_PLAN)
    least, most = max(start - A_YEAR, dt.date.min.toordinal()), min(end + A_YEAR, dt.date.max.toordinal())
    return max(first, dt.date.fromordinal(least)), min(last, dt.date.fromordinal(most))


def _moved(item: RoadmapItem, kept: list[Occurrence], wanted: list[Window]) -> list[Occurrence]:
    """Give kept occurrences whose days are no longer wanted the days of the free time that they overlap most."""
    if not item.recurs:
        return []
    free = [window for window in wanted if window not in {_window(row) for row in kept}]
    moved = []
    for row in kept:
        near = [window for window in free if overlap(window, _window(row))]
        if _window(row) in wanted or not near:
            continue
        row.starts_on, row.ends_on = best = max(near, key=lambda window: overlap(window, _window(row)))
        free.remove(best)
        moved.append(row)
    return moved


def _new(item: RoadmapItem, window: Window) -> Occurrence:
    return Occurrence(item=item, starts_on=window[0], ends_on=window[1])


def _keep_mark(times: list[Occurrence], done_on: dt.date) -> None:
    """Let an activity that was done before it had times stay done for those that had begun, the first one at least."""
    for number, time in enumerate(times):
        if number == 0 or time.starts_on <= done_on:
            time.done_on = done_on


def _window(row: Occurrence) -> Window:
    return row.starts_on, row.ends_on


def _settle(item: RoadmapItem, by: User | None) -> None:
    current = locked(item)
    settle(current, by)
    item.status, item.done_on = current.status, current.done_on
