"""Which notices are due, derived from how things stand: pure functions, nothing is queued and nothing is read.

A notice's key names the fact that it tells. Whoever was told a key is never told it again; when a fact changes (a due
date is extended, a round's opening moved), the key changes with it, and the news is told anew.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .enums import NoticeKind

RECENT = dt.timedelta(days=14)  # older news are nobody's news any more
EXEMPTION_KEY = re.compile(r"exemption:(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many days before and after a due date schools are reminded."""

    days_before: tuple[int, ...] = (7, 1)
    days_after: tuple[int, ...] = (1, 7)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was decided about the school or agreed with it, as it stands today."""

    kind: NoticeKind
    id: int
    on: dt.date
    reason: str = ""
    author: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One round as one school stands in it on a day; `due` is the school's own, its extension included."""

    round_id: int
    title: str
    opens: dt.date
    due: dt.date
    closes: dt.date
    is_expected: bool
    state: Any  # in words, lazily: each letter says it in its own language
    has_handed_in: bool = False
    sent_back_on: dt.date | None = None
    exemption_id: int | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of news: its kind, the key by which it is told once, and what its text may name."""

    kind: NoticeKind
    key: str
    on: dt.date
    round_id: int
    title: str
    opens: dt.date | None = None
    due: dt.date | None = None
    closes: dt.date | None = None
    days: int | None = None
    state: Any = ""
    reason: str = ""
    author: str = ""
    revision: int | None = None
    count: int | None = None
    total: int | None = None


def school_notices(facts: Iterable[RoundFacts], plan: Plan, day: dt.date) -> list[Notice]:
    """Return what a school is told on `day`, what was decided first, then by due date."""
    rounds = sorted(facts, key=lambda round_: (round_.due, round_.round_id))
    decided = [notice for round_ in rounds for notice in _events(round_, day)]
    return decided + [notice for round_ in rounds for notice in _reminders(round_, plan, day)]


def expected_again(facts: Iterable[RoundFacts], told: Collection[str], day: dt.date) -> list[Notice]:
    """Return the exemptions that somebody was `told` of and that do not hold any more, while the round still takes."""
    rounds = {round_.round_id: round_ for round_ in facts}
    withdrawn = []
    for found in filter(None, map(EXEMPTION_KEY.fullmatch, sorted(told))):
        exemption, round_id = int(found[1]), int(found[2])
        round_ = rounds.get(round_id)
        if round_ and round_.is_expected and round_.exemption_id != exemption and day <= round_.closes:
            withdrawn.append(_notice(NoticeKind.EXPECTED_AGAIN, f"expected-again:{exemption}:{round_id}", day, round_))
    return withdrawn


def told_rounds(told: Iterable[str]) -> set[int]:
    """Return the rounds of the exemptions that somebody was told of."""
    return {int(found[2]) for found in map(EXEMPTION_KEY.fullmatch, told) if found}


def _events(round_: RoundFacts, day: dt.date) -> Iterator[Notice]:
    for event in sorted(round_.events, key=lambda event: (event.on, event.id)):
        if event.on <= day <= event.on + RECENT:
            yield _notice(
                event.kind,
                _event_key(event, round_),
                event.on,
                round_,
                reason=event.reason,
                author=event.author,
                revision=event.revision,
            )


def _event_key(event: Event, round_: RoundFacts) -> str:
    if event.kind is NoticeKind.EXEMPTED:
        return f"exemption:{event.id}:{round_.round_id}"
    return f"{'extension' if event.kind is NoticeKind.EXTENDED else 'decision'}:{event.id}"


def _reminders(round_: RoundFacts, plan: Plan, day: dt.date) -> Iterator[Notice]:
    """Yield at most one reminder, only while the school has something to do; beside it, that the round opened."""
    if not (round_.is_expected and round_.opens <= day <= round_.closes):
        return
    if round_.has_handed_in and not round_.sent_back_on:
        return
    if not round_.has_handed_in and day <= min(round_.due, round_.opens + RECENT):
        key, left = f"opens:{round_.round_id}:{round_.opens}", (round_.due - day).days
        yield _notice(NoticeKind.OPENS, key, round_.opens, round_, days=left)
    reminder = _after(round_, plan, day) if day > round_.due else _until(round_, plan, day)
    if reminder:
        yield reminder


def _until(round_: RoundFacts, plan: Plan, day: dt.date) -> Notice | None:
    """Return the reminder of the due date: of several days passed at once (the job did not run) only the nearest."""
    news = round_.sent_back_on or round_.opens  # what was said by then need not be said again
    left = (round_.due - day).days
    if not left and round_.due > news:
        return _notice(NoticeKind.ON_DAY, f"on:{round_.round_id}:{round_.due}", day, round_, days=left)
    reached = [days for days in plan.days_before if left and left <= days]
    if not reached or round_.due - dt.timedelta(days=min(reached)) <= news:
        return None
    key = f"before-{min(reached)}:{round_.round_id}:{round_.due}"
    return _notice(NoticeKind.BEFORE, key, day, round_, days=left)


def _after(round_: RoundFacts, plan: Plan, day: dt.date) -> Notice | None:
    """Return the reminder after the due date; a report sent back is never called late, it waits since it came back."""
    since = max(round_.due, round_.sent_back_on or round_.due)
    reached = [days for days in plan.days_after if since + dt.timedelta(days=days) <= day]
    if not reached:
        return None
    kind = NoticeKind.CORRECT if round_.sent_back_on else NoticeKind.AFTER
    key = f"after-{max(reached)}:{round_.round_id}:{since}"
    return _notice(kind, key, day, round_, days=(day - since).days)


def _notice(kind: NoticeKind, key: str, on: dt.date, round_: RoundFacts, **said: Any) -> Notice:
    return Notice(
        kind=kind,
        key=key,
        on=on,
        round_id=round_.round_id,
        title=round_.title,
        opens=round_.opens,
        due=round_.due,
        closes=round_.closes,
        state=round_.state,
        **said,
    )
