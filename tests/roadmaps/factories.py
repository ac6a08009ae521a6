"""Roadmaps with invented activities. Call inside a school's schema."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection

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
    return RoadmapItem.objects.create(**{"section": section or make_section(), **defaults, **fields})
