"""Months as a filter names them: 2026-09. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

DECEMBER = 12


@dataclass(frozen=True)
class Month:
    """A month, by its first day."""

    first_day: dt.date

    @classmethod
    def parse(cls, code: str) -> Month | None:
        """Return the month named by `code`, None if there is no such."""
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", code):
            return None
        try:
            return cls(dt.date.fromisoformat(f"{code}-01"))
        except ValueError:
            return None

    @property
    def code(self) -> str:
        """Return the month as addresses name it."""
        return f"{self.first_day:%Y-%m}"

    @property
    def following(self) -> Month:
        """Return the next month."""
        year, month = self.first_day.year, self.first_day.month
        return Month(dt.date(year + month // DECEMBER, month % DECEMBER + 1, 1))

    def touches(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Say whether any day from `start` to `end` lies in the month. One of them missing: a single day; both: yes."""
        first, last = start or end, end or start
        if first is None or last is None:
            return True
        return last >= self.first_day and (first.year, first.month) <= (self.first_day.year, self.first_day.month)


def months_between(start: dt.date, end: dt.date) -> list[Month]:
    """Return the months from the one of `start` to the one of `end`, both included."""
    month, found = Month(start.replace(day=1)), []
    while month.first_day <= end:
        found.append(month)
        month = month.following
    return found
