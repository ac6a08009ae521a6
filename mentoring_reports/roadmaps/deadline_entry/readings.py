"""A deadline as it was read, in words that a curator can check: dates, how often, and what is doubtful."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.deadlines import Deadline
from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.recurrence import Recurrence
from mentoring_reports.roadmaps.recurrence_words import recurrence_words

from .doubts import doubt_words


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """Kind, first and last day (inclusive); a day that is not known is None."""

    text: str
    kind: DeadlineKind
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    recurrence: Recurrence | None = None
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, deadline: Deadline) -> DeadlineReading:
        """Return the words for what the grammar has read."""
        kind = DeadlineKind(deadline.kind.value)
        doubts = tuple(doubt_words(deadline.warnings))
        return cls(deadline.text, kind, deadline.start, deadline.end, deadline.recurrence, doubts)

    @property
    def reading(self) -> str:
        """Return how often and the dates in words, or the kind where there are none."""
        often = recurrence_words(self.recurrence) if self.recurrence else ""
        return ", ".join(part for part in (often, self._dates) if part) or str(self.kind.label)

    @property
    def _dates(self) -> str:
        if self.starts_on and self.starts_on == self.ends_on:
            return _("on %(day)s") % {"day": _day(self.starts_on)}
        if self.starts_on and self.ends_on:
            return _("from %(first)s to %(last)s") % {"first": _day(self.starts_on), "last": _day(self.ends_on)}
        if self.ends_on:
            return _("by %(last)s") % {"last": _day(self.ends_on)}
        return _("since %(first)s") % {"first": _day(self.starts_on)} if self.starts_on else ""


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
