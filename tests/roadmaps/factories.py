"""Roadmaps with invented activities. Call inside a school's schema."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.year.occurrences import sync_occurrences

_numbers = count(1)


def make_roadmap(**fields: Any) -> Roadmap:
    """Return a published roadmap of the school year 2024/25."""
    defaults: dict[str, Any] = {
        "title": f"Дорожная карта {next(_numbers)}",
        "period_start": dt.date(2024, 9, 1),
        "period_end": dt.date(2025, 8, 31),
        "is_published": True,
    }
    return Roadmap.objects.create(**{**defaults, **fields})


def make_section(roadmap: Roadmap | None = None, **fields: Any) -> RoadmapSection:
    """Return a section."""
    number = next(_numbers)
    defaults = {"title": f"Раздел {number}", "number": str(number), "sort_order": number}
    return RoadmapSection.objects.create(**{"roadmap": roadmap or make_roadmap(), **defaults, **fields})


def make_item(section: RoadmapSection | None = None, **fields: Any) -> RoadmapItem:
    """Return a planned activity whose last day is 1 October 2024."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "number": str(number),
        "sort_order": number,
        "activity": f"Мероприятие {number}",
        "deadline_text": "До 01.10.2024",
        "ends_on": dt.date(2024, 10, 1),
        "responsible": "Куратор",
    }
    if fields.get("status") == Status.CANCELLED:
        defaults["cancelled_on"] = dt.date(2024, 9, 1)
    return RoadmapItem.objects.create(**{"section": section or make_section(), **defaults, **fields})


def make_recurring(section: RoadmapSection | None = None, every: str = "quarter", **fields: Any) -> RoadmapItem:
    """Return an activity of the whole plan that comes back, with its times: a quarterly one has four."""
    recurring = {"deadline_text": "1 раз в квартал", "deadline_kind": "recurring", "ends_on": None}
    item = make_item(section, **{**recurring, "recurrence": {"every": every}, **fields})
    sync_occurrences(item=item)
    return item
