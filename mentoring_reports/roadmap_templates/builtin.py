"""The built-in template: read from a fixture, installed for a municipality as ordinary rows and offered at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from . import actions
from .models import RoadmapTemplate
from .reading import ReadItem, ReadPlan, ReadSection


def read_builtin_template() -> dict[str, Any]:
    """Return the template of the setting `MENTORING_ROADMAP_TEMPLATE`: stages with documents and activities."""
    template: dict[str, Any] = json.loads(Path(settings.MENTORING_ROADMAP_TEMPLATE).read_text(encoding="utf-8"))
    return template


@transaction.atomic
def install_builtin_template(municipality: Any, *, by: str = "") -> RoadmapTemplate:
    """Return the municipality's built-in template, installed if it is missing; call it in the municipality's schema."""
    data = read_builtin_template()
    found = RoadmapTemplate.objects.of(municipality).filter(code=data["code"]).first()
    if found:
        return found
    made = actions.write_plan(
        municipality=municipality,
        plan=ReadPlan(data["title"], tuple(_section(stage) for stage in data["stages"])),
        description=data["description"],
        code=data["code"],
        documents={stage["number"]: "\n".join(stage["documents"]) for stage in data["stages"]},
        by=by,
    )
    return actions.offer(template=made, by=by)


def _section(stage: dict[str, Any]) -> ReadSection:
    number = stage["number"]
    items = tuple(ReadItem({"number": f"{number}.{place}", **row}) for place, row in enumerate(stage["items"], start=1))
    return ReadSection(number, stage["title"], items)
