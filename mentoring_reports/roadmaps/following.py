"""What follows when a roadmap's period changes: activities of the whole period, and times of those that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from .enums import DeadlineKind
from .models import Roadmap
from .occurrences import sync_roadmap

if TYPE_CHECKING:
    from .changes import User
    from .recurrence import Window

OF_WHOLE_PERIOD = (DeadlineKind.WHOLE_PERIOD, DeadlineKind.RECURRING)


@transaction.atomic
def follow_period(*, roadmap: Roadmap, before: Window | None, by: User | None) -> None:
    """Give activities that lasted the whole period before the new one, then bring all times up to date.

    Does nothing where the period is the same. Dates that a text names stay as they are.
    """
    now = (roadmap.period_start, roadmap.period_end)
    if before is None or before == now:
        return
    whole = roadmap.items().filter(deadline_kind__in=OF_WHOLE_PERIOD, starts_on=before[0], ends_on=before[1])
    whole.update(starts_on=now[0], ends_on=now[1])
    sync_roadmap(roadmap=roadmap, by=by)
