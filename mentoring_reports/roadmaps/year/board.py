"""A roadmap as one screen: sections with their activities and the times of each, what is done, what is late.

Four statements in all, whatever the number of activities.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.progress import Progress

from .stretches import Stretch
from .times import Time

NOTHING = Progress(total=0, done=0, due=0, overdue=0, done_of_due=0)
MOST_SHOWN = 4  # times of one activity that stand open; the others are folded
MOST_FOLDED = 12  # of more, the board only tells the number and leads to a page of their own


@dataclass(frozen=True)
class State:
    """Where an activity stands on a day: a word and an icon, so that colour is never needed."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True)
class TimeRow:
    """One time of an activity that comes back, and its state."""

    time: Time
    state: State


@dataclass(frozen=True)
class Row:
    """An activity and its state; `matching` are those of its times that the chosen stretch of days leaves."""

    item: RoadmapItem
    times: Sequence[Time]
    matching: Sequence[Time]
    day: dt.date
    is_narrowed: bool = False

    @property
    def state(self) -> State:
        """Return where the whole activity stands."""
        return state_of(self.item, self.day)

    @property
    def comes_back(self) -> bool:
        """Say whether it has times of its own."""
        return self.times[0].occurrence is not None

    @cached_property
    def shown(self) -> list[TimeRow]:
        """Return the times that are to be seen at once: those of the stretch, or the open ones that have begun."""
        return [self._row(time) for time in self._shown]

    @cached_property
    def folded(self) -> list[TimeRow]:
        """Return the other times."""
        return [self._row(time) for time in self.times if time not in self._shown] if self.comes_back else []

    @property
    def has_page(self) -> bool:
        """Say whether there are too many times to fold them here."""
        return len(self.times) - len(self._shown) > MOST_FOLDED

    @property
    def done(self) -> int:
        """Return how many times are done."""
        return sum(time.is_done for time in self.times)

    @property
    def begun(self) -> int:
        """Return how many open times have begun."""
        return sum(not time.is_done and time.has_begun(self.day) for time in self.times)

    @cached_property
    def _shown(self) -> list[Time]:
        if not self.comes_back:
            return []
        if self.is_narrowed:
            return [*self.matching[:MOST_FOLDED]]
        waiting = [time for time in self.times if not time.is_done]
        begun = [time for time in waiting if time.has_begun(self.day)]
        return begun[:MOST_SHOWN] or waiting[:1]

    def _row(self, time: Time) -> TimeRow:
        return TimeRow(time, state_of_time(time, self.day))


@dataclass(frozen=True)
class SectionBlock:
    """A section with the activities that the filter leaves, and the progress of all of them."""

    section: RoadmapSection
    rows: list[Row]
    progress: Progress


@dataclass(frozen=True)
class Board:
    """A roadmap on a day."""

    roadmap: Roadmap
    blocks: list[SectionBlock]
    progress: Progress


def rows_of(items: Sequence[RoadmapItem], stretch: Stretch, day: dt.date) -> list[Row]:
    """Return the activities that have a time in the stretch of days; all of them where none is chosen."""
    narrowed = stretch is not Stretch.ALL
    rows = []
    for item in items:
        times = item.times()
        matching = [time for time in times if not item.is_cancelled and stretch.holds(time, day)]
        if matching or not narrowed:
            rows.append(Row(item, times, matching, day, narrowed))
    return rows


def board_of(roadmap: Roadmap, rows: Sequence[Row], day: dt.date, *, filtered: bool) -> Board:
    """Return the board of these activities; an empty section is shown unless a filter is on."""
    by_section = {section: list(found) for section, found in groupby(rows, key=lambda row: row.item.section_id)}
    numbers = roadmap.items().progress_by_section(day)
    blocks = [
        SectionBlock(section, by_section.get(section.pk, []), numbers.get(section.pk, NOTHING))
        for section in roadmap.sections.all()
        if section.pk in by_section or not filtered
    ]
    return Board(roadmap, blocks, roadmap.progress(day))


def state_of(item: RoadmapItem, day: dt.date) -> State:
    """Return where the activity stands on the day."""
    times = item.times()
    if item.done_on:
        return _done(item.done_on, late=any(time.was_late for time in times))
    if item.is_overdue(day):
        return _overdue()
    icons = {Status.CANCELLED: "cross", Status.IN_PROGRESS: "rotate", Status.PLANNED: "date"}
    status = Status(item.status)
    return State(str(status), str(status.label), icons[status])


def state_of_time(time: Time, day: dt.date) -> State:
    """Return where one time of an activity stands on the day."""
    if time.done_on:
        return _done(time.done_on, late=time.was_late)
    if time.is_overdue(day):
        return _overdue()
    if time.has_begun(day):
        return State("in_progress", _("to be done now"), "rotate")
    return State("planned", _("to come"), "date")


def _done(day: dt.date, *, late: bool) -> State:
    on = {"day": date_format(day, "SHORT_DATE_FORMAT")}
    if late:
        return State("late", _("done late, on %(day)s") % on, "check")
    return State("done", _("done on %(day)s") % on, "check")


def _overdue() -> State:
    return State("overdue", _("overdue"), "warning")
