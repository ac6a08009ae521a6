"""What follows when a roadmap's period changes: activities of the whole period, and times of those that come back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem
from mentoring_reports.roadmaps.relative.deadlines import deadline_in

from .occurrences import sync_roadmap

if TYPE_CHECKING:
    from mentoring_reports.roadmaps.changes import User
    from mentoring_reports.roadmaps.recurrence import Window

OF_WHOLE_PERIOD = (DeadlineKind.WHOLE_PERIOD, DeadlineKind.RECURRING)
COUNTED = (DeadlineKind.RELATIVE, DeadlineKind.RECURRING)


@transaction.atomic
def follow_period(*, roadmap: Roadmap, before: Window | None, by: User | None) -> None:
    """Give activities that lasted the whole period before the new one, then bring all times up to date.

    What a template's phrase counted from the first day, or back from the last one, is counted anew, unless it was set
    by hand.

    Does nothing where the period is the same. Other dates that a text names stay as they are.
    """
    now = (roadmap.period_start, roadmap.period_end)
    if before is None or before == now:
        return
    whole = roadmap.items().filter(deadline_kind__in=OF_WHOLE_PERIOD, starts_on=before[0], ends_on=before[1])
    whole.update(starts_on=now[0], ends_on=now[1])
    counted = [*_counted_anew(roadmap, before, now)]
    RoadmapItem.objects.bulk_update(counted, ["starts_on", "ends_on"])
    sync_roadmap(roadmap=roadmap, by=by)


def _counted_anew(roadmap: Roadmap, before: Window, now: Window) -> Iterator[RoadmapItem]:
    """Yield the activities whose days counted from the period before, with their days in the new one."""
    for item in roadmap.items().filter(deadline_kind__in=COUNTED).exclude(starts_on=None, ends_on=None):
        was, found = (deadline_in(item.deadline_text, *period) for period in (before, now))
        if (was.start, was.end) == (item.starts_on, item.ends_on) and (found.start, found.end) != (was.start, was.end):
            item.starts_on, item.ends_on = found.start, found.end
            yield item
