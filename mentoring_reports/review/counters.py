"""What waits for the methodists, in numbers: on the queue and on the home screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

from mentoring_reports.submissions.enums import AWAITING_REVIEW, State
from mentoring_reports.submissions.models import Participation

from .assignments import Shares


@dataclass(frozen=True, slots=True)
class Counters:
    """How many reports wait for a decision, and since when the oldest does. Without assignments `mine` means nothing.

    `again` are corrected ones among them, `late` those whose first revision was late, `nobodys` those from territories
    without a methodist; `returned` are with the schools.
    """

    waiting: int
    again: int
    late: int
    returned: int
    mine: int
    nobodys: int
    oldest: dt.datetime | None
    shares: Shares

    @classmethod
    def of(cls, user: Any) -> Counters:
        """Count, in two statements."""
        shares = Shares.of(user)
        waits = Q(state__in=AWAITING_REVIEW)
        own = waits & Q(school__territory__in=shares.mine)
        found = Participation.objects.aggregate(
            waiting=Count("pk", filter=waits),
            again=Count("pk", filter=Q(state=State.RESUBMITTED)),
            late=Count("pk", filter=waits & Q(on_time=False)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
            mine=Count("pk", filter=own),
            nobodys=Count("pk", filter=waits & ~Q(school__territory__in=shares.taken)),
            oldest=Min("last_submitted_at", filter=own if shares.mine else waits),
        )
        return cls(**found, shares=shares)
