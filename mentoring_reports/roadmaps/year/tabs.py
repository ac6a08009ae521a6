"""The tabs of a board: stretches of days with how many times each has, as addresses that keep the other filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from mentoring_reports.roadmaps.models import RoadmapItem

from .stretches import Stretch

SHOWN = (Stretch.ALL, Stretch.OVERDUE, Stretch.MONTH, Stretch.NEXT)


@dataclass(frozen=True)
class Tab:
    """A stretch: how many times it has, how many of them are done, and its address."""

    stretch: Stretch
    total: int
    done: int
    query: str
    is_current: bool


def tabs_of(items: Sequence[RoadmapItem], current: Stretch, query: QueryDict, day: dt.date) -> list[Tab]:
    """Return the tabs over these activities; cancelled ones are not counted."""
    times = [time for item in items if not item.is_cancelled for time in item.times()]
    tabs = []
    for stretch in SHOWN:
        found = [time for time in times if stretch.holds(time, day)]
        done = sum(time.is_done for time in found)
        tabs.append(Tab(stretch, len(found), done, _query(query, stretch), stretch is current))
    return tabs


def _query(query: QueryDict, stretch: Stretch) -> str:
    changed = query.copy()
    changed.pop("deadline", None)
    if stretch is not Stretch.ALL:
        changed["deadline"] = stretch.value
    return f"?{changed.urlencode()}"
