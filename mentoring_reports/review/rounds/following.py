"""What a new round is proposed with: made from the last one, dates moved along, or from a kind of period and a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from mentoring_reports.submissions.enums import RoundKind

from .periods import Period, code_of, following_period, moved, period_of, title_of

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round

COLLECTING = ("opens", "due", "closes")
USUAL_DAYS = dict(zip(COLLECTING, (1, 15, 25), strict=True))  # after the period's last day
SATURDAY, WEEK = 5, 7


def following(round_: Round, taken: Collection[str] = ()) -> dict[str, Any]:
    """Return initial values for the next round: the same form and kind, all dates moved; `taken` codes are avoided."""
    kind, period = RoundKind(round_.kind), _period(round_)
    after = following_period(kind, period)
    dates = {name: moved(getattr(round_, name), period, after) for name in COLLECTING}
    is_usual = round_.code == code_of(kind, period)
    code = code_of(kind, after) if is_usual else next_code(round_.code)
    return {"form": round_.form_id, **_named(kind, after, free_code(code, taken)), **dates}


def proposed(kind: RoundKind, day: dt.date, last: Round | None = None, taken: Collection[str] = ()) -> dict[str, Any]:
    """Return initial values for a round about the period of the kind that `day` lies in.

    It is collected as long after its period as the last round was; without one on working days of the next weeks.
    """
    period = period_of(kind, day)
    days = {name: (getattr(last, name) - last.period_end).days for name in COLLECTING} if last else USUAL_DAYS
    dates = {name: working_day(period.end + dt.timedelta(days=number)) for name, number in days.items()}
    form = {"form": last.form_id} if last else {}
    return {**form, **_named(kind, period, free_code(code_of(kind, period), taken)), **dates}


def working_day(day: dt.date) -> dt.date:
    """Return the day, or the Monday after it when it is of a weekend."""
    weekday = day.weekday()
    return day + dt.timedelta(days=WEEK - weekday) if weekday >= SATURDAY else day


def next_code(code: str) -> str:
    """Return the code with its last number one higher: 2026-1, 2026-2."""
    return re.sub(r"\d+(?=\D*$)", lambda match: str(int(match[0]) + 1).zfill(len(match[0])), code)


def free_code(code: str, taken: Collection[str]) -> str:
    """Return the code, with a letter behind it when another round has it."""
    letters = (f"{code}-{chr(letter)}" for letter in range(ord("b"), ord("z") + 1))
    return next((free for free in (code, *letters) if free not in taken), code)


def _named(kind: RoundKind, period: Period, code: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "code": code,
        "title": title_of(kind, period),
        "period_start": period.start,
        "period_end": period.end,
    }


def _period(round_: Round) -> Period:
    return Period(round_.period_start, round_.period_end)
