"""A roadmap as one screen: sections with their activities, what is done, what is late. Three statements in all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .enums import Status
from .models import Roadmap, RoadmapItem, RoadmapSection
from .progress import Progress

NOTHING = Progress(total=0, done=0, due=0, overdue=0, done_of_due=0)


@dataclass(frozen=True)
class State:
    """Where an activity stands on a day: a word and an icon, so that colour is never needed."""

    code: str
    label: str
    icon: str


@dataclass(frozen=True)
class Row:
    """An activity and its state."""

    item: RoadmapItem
    state: State


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


def board_of(roadmap: Roadmap, items: list[RoadmapItem], day: dt.date, *, filtered: bool) -> Board:
    """Return the board of these activities; an empty section is shown unless a filter is on."""
    by_section = {section: list(rows) for section, rows in groupby(items, key=lambda item: item.section_id)}
    numbers = roadmap.items().progress_by_section(day)
    blocks = [
        SectionBlock(
            section,
            [Row(item, state_of(item, day)) for item in by_section.get(section.pk, [])],
            numbers.get(section.pk, NOTHING),
        )
        for section in roadmap.sections.all()
        if section.pk in by_section or not filtered
    ]
    return Board(roadmap, blocks, roadmap.progress(day))


def state_of(item: RoadmapItem, day: dt.date) -> State:
    """Return where the activity stands on the day."""
    if item.done_on:
        on = {"day": date_format(item.done_on, "SHORT_DATE_FORMAT")}
        if item.was_late:
            return State("late", _("done late, on %(day)s") % on, "check")
        return State("done", _("done on %(day)s") % on, "check")
    if item.is_overdue(day):
        return State("overdue", _("overdue"), "warning")
    icons = {Status.CANCELLED: "cross", Status.IN_PROGRESS: "rotate", Status.PLANNED: "date"}
    status = Status(item.status)
    return State(str(status), str(status.label), icons[status])
