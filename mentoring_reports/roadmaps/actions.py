"""Changes of an activity's state. Every one is locked, guarded and written into the history in one transaction.

Repeating a change that has already been made does nothing, so a double click leaves one entry. An activity that comes
back is ticked time by time (`ticking`). Marking it as done as a whole ticks every time that has begun by that day;
those to come stay open, and so does the activity until they are done.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from mentoring_reports.clock import today

from .changes import LOGGED, TIME_DONE, locked, log_time, settle, write_state
from .enums import Status
from .errors import ActivityCancelled, ActivityDone, DoneInFuture, TimeNotBegun, TimesDone
from .models import RoadmapItem
from .year.confirming import Confirmation

if TYPE_CHECKING:
    from .changes import User

__all__ = ["LOGGED", "cancel_item", "change_state", "complete_item", "mark_done", "reopen_item", "start_item"]


def mark_done(*, item: RoadmapItem, by: User | None, on: dt.date | None = None) -> RoadmapItem:
    """Mark the activity as done on the day (today by default); one already done gets the new day.

    Raises `ActivityCancelled`, `DoneInFuture`, and `TimeNotBegun` where all its open times are still to come.
    """
    return change_state(item=item, status=Status.DONE, by=by, on=on or today())


def reopen_item(*, item: RoadmapItem, by: User | None) -> RoadmapItem:
    """Take back "done" or "cancelled": the activity is planned again. Raises `TimesDone`."""
    return change_state(item=item, status=Status.PLANNED, by=by)


def start_item(*, item: RoadmapItem, by: User | None) -> RoadmapItem:
    """Say that work on the activity goes on. Raises `TimesDone`."""
    return change_state(item=item, status=Status.IN_PROGRESS, by=by)


def cancel_item(*, item: RoadmapItem, by: User | None) -> RoadmapItem:
    """Drop the activity: it stays in the roadmap and is counted no more from today. Raises `ActivityDone`."""
    return change_state(item=item, status=Status.CANCELLED, by=by)


@transaction.atomic
def complete_item(
    *, item: RoadmapItem, by: User | None, on: dt.date, confirmation: Confirmation | None = None
) -> RoadmapItem:
    """Mark the activity as done and say what confirms it; raises as `mark_done`, and then writes nothing."""
    mark_done(item=item, by=by, on=on)
    if confirmation:
        confirmation.write_to(item)
    return item


@transaction.atomic
def change_state(*, item: RoadmapItem, status: Status, by: User | None, on: dt.date | None = None) -> RoadmapItem:
    """Give the activity a state, with the day where it is done. Raises what the functions above name."""
    current = locked(item)
    done_on = on if status == Status.DONE else None
    _guard(current, status, done_on)
    if current.occurrences.exists():
        _change_times(current, status, done_on, by)
    else:
        write_state(current, status, done_on, by)
    item.status, item.done_on, item.cancelled_on = current.status, current.done_on, current.cancelled_on
    return item


def guard_done(item: RoadmapItem, done_on: dt.date | None) -> None:
    """Refuse what cannot have been done: raises `ActivityCancelled` and `DoneInFuture`."""
    if item.is_cancelled:
        raise ActivityCancelled
    if done_on is None or done_on > today():
        raise DoneInFuture


def _guard(item: RoadmapItem, status: Status, done_on: dt.date | None) -> None:
    if status == Status.DONE:
        guard_done(item, done_on)
    elif status == Status.CANCELLED and item.is_done:
        raise ActivityDone


def _change_times(item: RoadmapItem, status: Status, done_on: dt.date | None, by: User | None) -> None:
    """Change an activity that comes back: its state follows its times."""
    if done_on:
        _tick_begun(item, done_on, by)
    elif item.is_done:
        raise TimesDone
    else:
        write_state(item, status, None, by)
    settle(item, by)


def _tick_begun(item: RoadmapItem, done_on: dt.date, by: User | None) -> None:
    """Tick the open times that have begun by the day."""
    waiting = item.occurrences.filter(done_on=None)
    begun = list(waiting.filter(starts_on__lte=done_on).select_for_update(of=("self",)))
    if not begun and waiting.exists():
        raise TimeNotBegun
    for time in begun:
        time.item, time.done_on = item, done_on
        time.save(update_fields=["done_on"])  # one by one: whoever keeps public pages hears of saved rows only
        log_time(time, TIME_DONE, by)
