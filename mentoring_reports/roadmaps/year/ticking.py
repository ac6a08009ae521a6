"""One time of an activity that comes back: done, with what confirms it, and taken back. Locked, guarded and logged.

The activity's own state follows its times: done when all are, on the day of the last one.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.actions import guard_done
from mentoring_reports.roadmaps.changes import TIME_DONE, TIME_REOPENED, locked, log_time, settle
from mentoring_reports.roadmaps.errors import ActivityCancelled
from mentoring_reports.roadmaps.models import Occurrence

from .occurrences import sync_occurrences

if TYPE_CHECKING:
    from mentoring_reports.roadmaps.changes import User

    from .confirming import Confirmation


@transaction.atomic
def complete_occurrence(
    *, occurrence: Occurrence, by: User | None, on: dt.date | None = None, confirmation: Confirmation | None = None
) -> Occurrence:
    """Mark this time as done on the day (today by default); one already done gets the new day.

    It may be done before its first day, and after its last one. Raises `ActivityCancelled` and `DoneInFuture`.
    """
    current, done_on = _locked(occurrence), on or today()
    guard_done(current.item, done_on)
    if current.done_on != done_on:
        current.done_on = done_on
        current.save(update_fields=["done_on"])
        log_time(current, TIME_DONE, by)
        settle(current.item, by)
    if confirmation:
        confirmation.write_to(current)
    return current


@transaction.atomic
def reopen_occurrence(*, occurrence: Occurrence, by: User | None) -> Occurrence:
    """Take the mark back; what confirmed it stays. Raises `ActivityCancelled`."""
    current = _locked(occurrence)
    if current.item.is_cancelled:
        raise ActivityCancelled
    if current.done_on:
        current.done_on = None
        current.save(update_fields=["done_on"])
        log_time(current, TIME_REOPENED, by)
        sync_occurrences(item=current.item, by=by)  # a time that the deadline no longer names was kept for its mark
        settle(current.item, by)
    return current


def _locked(occurrence: Occurrence) -> Occurrence:
    """Return the time as the database has it, its activity locked; raises `Occurrence.DoesNotExist`."""
    item = locked(occurrence.item)
    current = Occurrence.objects.get(pk=occurrence.pk)
    current.item = item
    return current
