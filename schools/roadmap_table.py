"""The current published roadmap as the public sees it: states, progress and a filter. Four statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.progress import Progress
from mentoring_reports.roadmaps.year.times import Time

from .months import Month, months_between
from .public_text import without_names


class ItemState(models.TextChoices):
    """What an activity is today; `overdue` is derived, the others are kept."""

    DONE = "done", _("Done")
    IN_PROGRESS = "in_progress", _("In progress")
    OVERDUE = "overdue", _("Overdue")
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def symbol(self) -> str:
        """Return the icon: a state is never told by colour alone."""
        return SYMBOLS[self]


SYMBOLS = {
    ItemState.DONE: "check",
    ItemState.IN_PROGRESS: "clock",
    ItemState.OVERDUE: "warning",
    ItemState.PLANNED: "circle",
    ItemState.CANCELLED: "cross",
}


@dataclass(frozen=True)
class CurrentRoadmap:
    """The roadmap that is published and current today, with how far it has come."""

    roadmap: Roadmap
    progress: Progress


@dataclass(frozen=True)
class Row:
    """An activity on the public page."""

    item: RoadmapItem
    state: ItemState

    @property
    def responsible(self) -> str:
        """Return the posts without the names."""
        return without_names(self.item.responsible)

    @property
    def comes_back(self) -> bool:
        """Say whether it is done more than once: each of its times is counted by itself."""
        return any(time.occurrence for time in self.item.times())

    @property
    def times_done(self) -> int:
        """Return how many of its times are done."""
        return sum(time.is_done for time in self.item.times())

    @property
    def times_total(self) -> int:
        """Return how many times it is to be done."""
        return len(self.item.times())

    def touches(self, month: Month) -> bool:
        """Say whether it is to be done in the month: in one of its times, where it has them."""
        if self.comes_back:
            return any(month.touches(time.starts_on, time.due_on) for time in self.item.times())
        return month.touches(self.item.starts_on, self.item.ends_on)

    @property
    def evidence(self) -> Page | None:
        """Return the published page that confirms it. Files and links stay inside: they may hold personal data."""
        page: Page | None = self.item.evidence_page
        return page if page and page.live else None


@dataclass(frozen=True)
class SectionTable:
    """A section with the rows that the filter left; `done` of `total` counts the times of all of its rows."""

    section: RoadmapSection
    rows: list[Row]
    done: int
    total: int


@dataclass(frozen=True)
class RoadmapFilter:
    """What the address asks for; what it asks wrongly is left out."""

    state: str = ""
    section: str = ""
    month: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> RoadmapFilter:
        """Read the filter from the query of an address."""
        state, section = query.get("state", ""), query.get("section", "")
        month = Month.parse(query.get("month", ""))
        return cls(
            state=state if state in ItemState.values else "",
            section=section if section.isdecimal() else "",
            month=month.code if month else "",
        )

    @property
    def is_active(self) -> bool:
        """Say whether anything is asked for."""
        return bool(self.state or self.section or self.month)

    def takes(self, row: Row) -> bool:
        """Say whether the filter leaves this row."""
        if self.state and row.state != self.state:
            return False
        if self.section and str(row.item.section_id) != self.section:
            return False
        month = Month.parse(self.month)
        return month is None or row.touches(month)


class RoadmapTable:
    """A roadmap, all of its rows, and those that the filter leaves."""

    def __init__(self, roadmap: Roadmap, items: Iterable[RoadmapItem], chosen: RoadmapFilter, day: dt.date) -> None:
        """Judge every activity as of `day`."""
        self.roadmap = roadmap
        self.chosen = chosen
        self.day = day
        self.all_rows = [Row(item, _state_of(item, day)) for item in items]

    @cached_property
    def progress(self) -> Progress:
        """Return the progress of the whole roadmap, whatever the filter."""
        return self.roadmap.progress(self.day)

    @cached_property
    def sections(self) -> list[SectionTable]:
        """Return the sections in which the filter leaves anything."""
        return [
            SectionTable(section, left, sum(time.is_done for time in _counted(rows)), len(_counted(rows)))
            for section, rows in self._by_section
            if (left := [row for row in rows if self.chosen.takes(row)])
        ]

    @cached_property
    def _by_section(self) -> list[tuple[RoadmapSection, list[Row]]]:
        return [(section, list(rows)) for section, rows in groupby(self.all_rows, key=lambda row: row.item.section)]

    @property
    def has_times(self) -> bool:
        """Say whether any activity comes back, so that more is counted than there are rows."""
        return any(row.comes_back for row in self.all_rows)

    @property
    def shown(self) -> int:
        """Return how many rows the filter leaves."""
        return sum(len(section.rows) for section in self.sections)

    @property
    def section_choices(self) -> list[RoadmapSection]:
        """Return all sections that have rows, in order."""
        return [section for section, _rows in self._by_section]

    @property
    def state_choices(self) -> list[tuple[str, str, int]]:
        """Return the states that occur with the number of their rows."""
        counts = {state: sum(row.state is state for row in self.all_rows) for state in ItemState}
        return [(state.value, str(state.label), count) for state, count in counts.items() if count]

    @property
    def month_choices(self) -> list[Month]:
        """Return the months of the roadmap's period."""
        return months_between(self.roadmap.period_start, self.roadmap.period_end)


def current_table(chosen: RoadmapFilter) -> RoadmapTable | None:
    """Return the table of the roadmap that is published and current today; None if there is none."""
    day = today()
    roadmap = Roadmap.objects.published().current(day).first()
    if roadmap is None:
        return None
    items = roadmap.items().select_related("section__roadmap", "evidence_page").with_times()
    return RoadmapTable(roadmap, items, chosen, day)


def current_roadmap() -> CurrentRoadmap | None:
    """Return the current published roadmap and its progress; None if there is none or it is empty."""
    day = today()
    roadmap = Roadmap.objects.published().current(day).first()
    progress = roadmap.progress(day) if roadmap else None
    return CurrentRoadmap(roadmap, progress) if roadmap and progress and progress.total else None


def _counted(rows: list[Row]) -> list[Time]:
    """Return the times as progress counts them: each time of an activity that comes back by itself."""
    return [time for row in rows if row.state is not ItemState.CANCELLED for time in row.item.times()]


def _state_of(item: RoadmapItem, day: dt.date) -> ItemState:
    return ItemState.OVERDUE if item.is_overdue(day) else ItemState(item.status)
