"""An activity of a draft as a row of the database: its texts, and when it is due."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection

from .draft import CELLS, Item, Section
from .timing import Days, timing_of


def new_section(roadmap: Roadmap, section: Section, place: int) -> RoadmapSection:
    """Return a section, not saved; one without a title is called by what it holds."""
    title = section.title or _("Activities")
    return RoadmapSection(roadmap=roadmap, number=section.number, title=title, sort_order=place)


def new_item(section: RoadmapSection, item: Item, place: int, period: Days | None) -> RoadmapItem:
    """Return an activity, not saved."""
    texts = {name: item.cell(name) for name in CELLS}
    return RoadmapItem(section=section, sort_order=place, **texts, **due(item, period))


def due(item: Item, period: Days | None) -> dict[str, Any]:
    """Return the fields that say when an activity is due."""
    deadline = timing_of(item, period).deadline
    return {
        "deadline_kind": deadline.kind.value,
        "starts_on": deadline.start,
        "ends_on": deadline.end,
        "recurrence": deadline.recurrence.as_json() if deadline.recurrence else None,
    }
