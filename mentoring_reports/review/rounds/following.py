"""The round after a round: the same form, all dates moved by the period's length."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from mentoring_reports.submissions.models import Round

MONTHS = 12
ONE_DAY = dt.timedelta(days=1)
DATES = ("period_end", "opens", "due", "closes")


def following(round_: Round) -> dict[str, Any]:
    """Return initial values for the next round: a period of whole months moves by months, any other by days."""
    move = _mover(round_.period_start, round_.period_end)
    moved = {name: move(getattr(round_, name)) for name in DATES}
    start = round_.period_end + ONE_DAY
    return {"form": round_.form_id, "code": next_code(round_.code), "period_start": start, **moved}


def next_code(code: str) -> str:
    """Return the code with its last number one higher: 2026-1, 2026-2."""
    return re.sub(r"\d+(?=\D*$)", lambda match: str(int(match[0]) + 1).zfill(len(match[0])), code)


def _mover(start: dt.date, end: dt.date) -> Callable[[dt.date], dt.date]:
    if start.day == 1 and (end + ONE_DAY).day == 1:
        months = (end.year - start.year) * MONTHS + end.month - start.month + 1
        return lambda day: _months_later(day, months)
    length = end - start + ONE_DAY
    return lambda day: day + length


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last day of a month stays the last."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, last if (day + ONE_DAY).day == 1 else min(day.day, last))
