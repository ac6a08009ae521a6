"""Who has which school's report open now. A hint for colleagues, never a lock: the revision guards every decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mentoring_reports import clock

from .models import OpenReview

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Participation, Submission

BEAT = dt.timedelta(seconds=30)  # how often an open screen says that it still is
STALE = dt.timedelta(minutes=2)  # from then on nobody is believed to be there

Place = tuple[int, int]  # a round and a school, by their ids


def note(user: Any, submission: Submission) -> None:
    """Note that the user has the school's report open; what nobody has seen for long is forgotten by the way."""
    now = clock.now()
    OpenReview.objects.filter(seen_at__lt=now - STALE).delete()
    here = OpenReview(
        user=user, round_id=submission.round_id, school_id=submission.school_id, opened_at=now, seen_at=now
    )
    OpenReview.objects.bulk_create(
        [here],
        update_conflicts=True,
        unique_fields=["user", "round_id", "school_id"],
        update_fields=["seen_at"],
    )


def forget(user: Any, submission: Submission) -> None:
    """Note that the user has left the school's report."""
    OpenReview.objects.filter(user=user, round_id=submission.round_id, school_id=submission.school_id).delete()


def others(user: Any, submission: Submission) -> list[OpenReview]:
    """Return who else has the school's report open, the first comer first."""
    rows = _seen_lately(user).filter(round_id=submission.round_id, school_id=submission.school_id)
    return list(rows)


def others_by_place(user: Any, rows: Sequence[Participation]) -> dict[Place, list[OpenReview]]:
    """Return who else has reports open, by round and school, in one statement."""
    found: dict[Place, list[OpenReview]] = {}
    for row in _seen_lately(user).filter(school_id__in=[row.school_id for row in rows]):
        found.setdefault((row.round_id, row.school_id), []).append(row)
    return found


def _seen_lately(user: Any) -> Any:
    rows = OpenReview.objects.filter(seen_at__gte=clock.now() - STALE).exclude(user=user)
    return rows.select_related("user").order_by("opened_at", "pk")
