"""A deadline: the text as people wrote it, and beside it how it is read.

The reading is typed by hand. A reader of texts will make a `Deadline` out of the text and the roadmap's period; a
person can always correct it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .enums import DeadlineKind


@dataclass(frozen=True, slots=True)
class Deadline:
    """Kind, first and last day (inclusive); a day that is not known is None."""

    text: str
    kind: DeadlineKind
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    @property
    def reading(self) -> str:
        """Return the dates in words, or the kind where there are none."""
        if self.starts_on and self.ends_on:
            return _("from %(first)s to %(last)s") % {"first": _day(self.starts_on), "last": _day(self.ends_on)}
        if self.ends_on:
            return _("by %(last)s") % {"last": _day(self.ends_on)}
        if self.starts_on:
            return _("since %(first)s") % {"first": _day(self.starts_on)}
        return str(self.kind.label)


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
