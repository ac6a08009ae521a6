"""Changes of an activity's state. Every one is locked, guarded and written into the history in one transaction.

Repeating a change that has already been made does nothing, so a double click leaves one entry.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from mentoring_reports.clock import today

from .enums import Status
from .errors import ActivityCancelled, DoneInFuture
from .models import RoadmapItem

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


def mark_done(*, item: RoadmapItem, by: User | None, on: dt.date | None = None) -> RoadmapItem:
    """Mark the activity as done on the day (today by default); one already done gets the new day.

    Raises `ActivityCancelled` and `DoneInFuture`.
    """
    return change_state(item=item, status=Status.DONE, by=by, on=on or today())


def reopen_item(*, item: RoadmapItem, by: User | None) -> RoadmapItem:
    """Take back "done" or "cancelled": the activity is planned again."""
    return change_state(item=item, status=Status.PLANNED, by=by)


def start_item(*, item: RoadmapItem, by: User | None) -> RoadmapItem:
    """Say that work on the activity goes on."""
    return change_state(item=item, status=Status.IN_PROGRESS, by=by)


def cancel_item(*, item: RoadmapItem, by: User | None) -> RoadmapItem:
    """Drop the activity: it stays in the roadmap and is counted no more."""
    return change_state(item=item, status=Status.CANCELLED, by=by)


@transaction.atomic
def change_state(*, item: RoadmapItem, status: Status, by: User | None, on: dt.date | None = None) -> RoadmapItem:
    """Give the activity a state, with the day where it is done; raises `ActivityCancelled` and `DoneInFuture`."""
    current = RoadmapItem.objects.select_for_update().get(pk=item.pk)
    done_on = on if status == Status.DONE else None
    _guard(current, status, done_on)
    if (current.status, current.done_on) != (status, done_on):
        _write(current, status, done_on, by)
    item.status, item.done_on = current.status, current.done_on
    return item


def _guard(item: RoadmapItem, status: Status, done_on: dt.date | None) -> None:
    if status != Status.DONE:
        return
    if item.is_cancelled:
        raise ActivityCancelled
    if done_on is None or done_on > today():
        raise DoneInFuture


def _write(item: RoadmapItem, status: Status, done_on: dt.date | None, by: User | None) -> None:
    data: dict[str, Any] = {"from": item.status, "to": str(status), "on": done_on.isoformat() if done_on else None}
    item.status, item.done_on = status, done_on
    item.save(update_fields=["status", "done_on"])
    log(instance=item, action=LOGGED[status], user=by, data=data, content_changed=True)
