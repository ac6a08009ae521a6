"""Writing an activity's state with its line in the history. The guards are in `actions` and `ticking`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from wagtail.log_actions import log

from mentoring_reports.clock import today

from .enums import Status
from .models import Occurrence, RoadmapItem

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    User = AbstractBaseUser | AnonymousUser

LOGGED = {
    Status.DONE: "mentoring_roadmaps.done",
    Status.PLANNED: "mentoring_roadmaps.reopen",
    Status.IN_PROGRESS: "mentoring_roadmaps.start",
    Status.CANCELLED: "mentoring_roadmaps.cancel",
}
TIME_DONE, TIME_REOPENED = "mentoring_roadmaps.time_done", "mentoring_roadmaps.time_reopen"


def locked(item: RoadmapItem) -> RoadmapItem:
    """Return the activity as the database has it, locked: its times are written under this lock, too."""
    return RoadmapItem.objects.select_for_update(of=("self",)).select_related("section__roadmap").get(pk=item.pk)


def write_state(item: RoadmapItem, status: Status, done_on: dt.date | None, by: User | None) -> None:
    """Write a state and its day, and the line in the history; nothing where nothing changes."""
    if (item.status, item.done_on) == (status, done_on):
        return
    data: dict[str, Any] = {"from": item.status, "to": str(status), "on": done_on.isoformat() if done_on else None}
    item.status, item.done_on = status, done_on
    item.cancelled_on = today() if status == Status.CANCELLED else None
    item.save(update_fields=["status", "done_on", "cancelled_on"])
    log(instance=item, action=LOGGED[status], user=by, data=data, content_changed=True)


def settle(item: RoadmapItem, by: User | None) -> None:
    """Make the state of an activity that comes back agree with its times: done when all are, on the last one's day."""
    days = [*item.occurrences.values_list("done_on", flat=True)]
    if not days or item.is_cancelled:
        return
    done = [day for day in days if day]
    if len(done) == len(days):
        write_state(item, Status.DONE, max(done), by)
    elif done:
        write_state(item, Status.IN_PROGRESS, None, by)
    elif item.is_done:
        write_state(item, Status.PLANNED, None, by)


def log_time(time: Occurrence, action: str, by: User | None) -> None:
    """Keep in the activity's history what was done with one time of it."""
    days = {"starts": time.starts_on.isoformat(), "ends": time.ends_on.isoformat()}
    data = {**days, "on": time.done_on.isoformat() if time.done_on else None}
    log(instance=time.item, action=action, user=by, data=data, content_changed=True)
