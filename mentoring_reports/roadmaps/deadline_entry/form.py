"""The deadline in the form of an activity: read from its text, unless a person corrected it by hand."""

from __future__ import annotations

from typing import Any

from mentoring_reports.roadmaps.deadlines import Deadline, Period, read_deadline
from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.models import RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.relative.deadlines import deadline_in

from .readings import DeadlineReading

DATES = ("starts_on", "ends_on")
CORRECTED = {"deadline_kind", *DATES}


def period_of(section: RoadmapSection | None) -> Period | None:
    """Return the days of the section's roadmap, if a section is chosen."""
    return Period(section.roadmap.period_start, section.roadmap.period_end) if section else None


def fill_in(data: dict[str, Any], item: RoadmapItem, changed: set[str]) -> DeadlineReading | None:
    """Write the reading of the text into the form's data where it counts; return what was written, in words.

    Kind and dates that a person set stay. A reading is taken for a text with no dates beside it, and for a new text
    beside dates that came from the old text. `item` is the activity as it was.
    """
    read = read_deadline(data.get("deadline_text", ""), period_of(data.get("section")))
    taken = _is_wanted(data, item, changed)
    if taken:
        data |= {"deadline_kind": read.kind.value, "starts_on": read.start, "ends_on": read.end}
    item.recurrence = _recurrence(data, read)
    return DeadlineReading.of(read) if taken else None


def _is_wanted(data: dict[str, Any], item: RoadmapItem, changed: set[str]) -> bool:
    if not data.get("deadline_text") or CORRECTED & changed or not set(data) >= CORRECTED:
        return False
    has_no_dates = not any(data.get(name) for name in DATES)
    return (has_no_dates and not item.pk) or ("deadline_text" in changed and (has_no_dates or _came_from_text(item)))


def _came_from_text(item: RoadmapItem) -> bool:
    """Say whether kind and dates are what the text beside them means, to the grammar or to a template's first day."""
    before = RoadmapItem.objects.select_related("section__roadmap").filter(pk=item.pk).first()
    if before is None:
        return True
    roadmap, text = before.section.roadmap, before.deadline_text
    readings = (
        read_deadline(text, period_of(before.section)),
        deadline_in(text, roadmap.period_start, roadmap.period_end),
    )
    found = (before.deadline_kind, before.starts_on, before.ends_on)
    return any((read.kind.value, read.start, read.end) == found for read in readings)


def _recurrence(data: dict[str, Any], read: Deadline) -> dict[str, Any] | None:
    if data.get("deadline_kind") != DeadlineKind.RECURRING or not read.recurrence:
        return None
    return read.recurrence.as_json()
