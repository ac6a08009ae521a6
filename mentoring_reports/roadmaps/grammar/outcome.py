"""What a reading comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mentoring_reports.roadmaps.recurrence import Recurrence

from .codes import Doubt, Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means; the text itself is kept by whoever asked."""

    kind: Kind
    start: dt.date | None = None
    end: dt.date | None = None
    recurrence: Recurrence | None = None
    warnings: tuple[Doubt, ...] = ()
