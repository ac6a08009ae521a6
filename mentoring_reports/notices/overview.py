"""What methodists are told, derived from a round in numbers: pure functions, told only when something is new."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .due import RECENT, Notice
from .enums import NoticeKind

ARRIVED_KEY = re.compile(r"arrived:(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class RoundNumbers:
    """A round as the municipality sees it; `waiting` are the ids of the latest revisions that wait for review."""

    round_id: int
    title: str
    opens: dt.date
    due: dt.date
    closes: dt.date
    expected: int
    missing: int
    waiting: tuple[int, ...] = ()


def municipal_notices(rounds: Iterable[RoundNumbers], told: Collection[str], day: dt.date) -> list[Notice]:
    """Return what a methodist is told on `day` who was told the keys in `told` before."""
    seen = newest_told(told)
    return [
        notice
        for numbers in sorted(rounds, key=lambda numbers: (numbers.due, numbers.round_id))
        for notice in (*_arrived(numbers, seen, day), *_turns(numbers, day))
    ]


def newest_told(told: Iterable[str]) -> dict[int, int]:
    """Return the newest revision that somebody was told of, by round."""
    newest: dict[int, int] = {}
    for found in filter(None, map(ARRIVED_KEY.fullmatch, told)):
        round_id, submission_id = int(found[1]), int(found[2])
        newest[round_id] = max(submission_id, newest.get(round_id, 0))
    return newest


def _arrived(numbers: RoundNumbers, seen: dict[int, int], day: dt.date) -> Iterator[Notice]:
    """Yield how many wait, and how many of them are new; nothing when all of them were told before."""
    fresh = [submission for submission in numbers.waiting if submission > seen.get(numbers.round_id, 0)]
    if fresh:
        key = f"arrived:{numbers.round_id}:{max(fresh)}"
        yield _notice(NoticeKind.WAITING, key, day, numbers, count=len(fresh), total=len(numbers.waiting))


def _turns(numbers: RoundNumbers, day: dt.date) -> Iterator[Notice]:
    """Yield that the round opened, passed its due date or closed, within the last days."""
    next_day = dt.timedelta(days=1)
    turns = (
        (NoticeKind.ROUND_OPENS, "round-opens", numbers.opens, numbers.due),
        (NoticeKind.ROUND_DUE, "round-due", numbers.due + next_day, numbers.closes),
        (NoticeKind.ROUND_CLOSED, "round-closed", numbers.closes + next_day, dt.date.max),
    )
    for kind, name, starts, ends in turns:
        if starts <= day <= min(starts + RECENT, ends):
            key = f"{name}:{numbers.round_id}:{starts}"
            yield _notice(kind, key, starts, numbers, count=numbers.missing, total=numbers.expected)


def _notice(kind: NoticeKind, key: str, on: dt.date, numbers: RoundNumbers, **said: Any) -> Notice:
    return Notice(
        kind=kind,
        key=key,
        on=on,
        round_id=numbers.round_id,
        title=numbers.title,
        opens=numbers.opens,
        due=numbers.due,
        closes=numbers.closes,
        **said,
    )
