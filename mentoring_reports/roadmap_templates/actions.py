"""Changes of template roadmaps. Each is one transaction, guards the version where people type, and makes a new one."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from mentoring_reports.clock import now

from .errors import NothingToOffer, TemplateChanged
from .models import RoadmapTemplate, TemplateItem, TemplateSection
from .reading import ReadPlan


@transaction.atomic
def touch(*, template: RoadmapTemplate, by: str, seen: int | None = None) -> RoadmapTemplate:
    """Make the version one higher; raise `TemplateChanged` where it is no longer the one that was `seen`."""
    current = RoadmapTemplate.objects.select_for_update().get(pk=template.pk)
    if seen is not None and seen != current.version:
        raise TemplateChanged
    current.version, current.updated_at, current.updated_by = current.version + 1, now(), by
    current.save(update_fields=["version", "updated_at", "updated_by"])
    return current


@transaction.atomic
def offer(*, template: RoadmapTemplate, by: str) -> RoadmapTemplate:
    """Show the template to the schools; raise `NothingToOffer` without activities."""
    if not TemplateItem.objects.filter(section__template=template).exists():
        raise NothingToOffer
    return _set_offered(template, by, offered=True)


@transaction.atomic
def withdraw(*, template: RoadmapTemplate, by: str) -> RoadmapTemplate:
    """Show it no longer; roadmaps that were started from it stay."""
    return _set_offered(template, by, offered=False)


def _set_offered(template: RoadmapTemplate, by: str, *, offered: bool) -> RoadmapTemplate:
    current = touch(template=template, by=by)
    current.is_offered = offered
    current.save(update_fields=["is_offered"])
    return current


@transaction.atomic
def copy(*, template: RoadmapTemplate, title: str, by: str) -> RoadmapTemplate:
    """Make a template like another one, not offered yet."""
    source = RoadmapTemplate.objects.whole().get(pk=template.pk)
    made = RoadmapTemplate.objects.create(
        municipality_id=source.municipality_id, title=title, description=source.description, updated_by=by
    )
    for section in source.sections.all():
        items = list(section.items.all())
        section.pk, section.template = None, made
        section.save()
        _write_items(section, [_fields(item) for item in items])
    return made


@transaction.atomic
def write_plan(  # noqa: PLR0913  (a template is made of this much)
    *, municipality: Any, plan: ReadPlan, by: str, description: str = "", code: str = "", documents: dict[str, str]
) -> RoadmapTemplate:
    """Make a template of a plan that was read; `documents` are those of its sections, by their numbers."""
    made = RoadmapTemplate.objects.create(
        municipality=municipality, title=plan.title[:500], description=description, code=code, updated_by=by
    )
    for place, section in enumerate(plan.sections):
        row = TemplateSection.objects.create(
            municipality=municipality,
            template=made,
            number=section.number[:40],
            title=section.title[:500],
            documents=documents.get(section.number, ""),
            sort_order=place,
        )
        _write_items(row, [item.fields for item in section.items])
    return made


@transaction.atomic
def move_section(*, section: TemplateSection, up: bool, by: str) -> None:
    """Exchange a stage with the one above or below it."""
    touch(template=section.template, by=by)
    order = list(TemplateSection.objects.filter(template=section.template_id))
    place = order.index(section)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for number, row in enumerate(order):
        row.sort_order = number
    TemplateSection.objects.bulk_update(order, ["sort_order"])


@transaction.atomic
def remove_section(*, section: TemplateSection, by: str) -> None:
    """Take a stage out, with its activities."""
    touch(template=section.template, by=by)
    section.delete()


def _write_items(section: TemplateSection, rows: list[dict[str, str]]) -> None:
    TemplateItem.objects.bulk_create(
        TemplateItem(municipality_id=section.municipality_id, section=section, sort_order=place, **fields)
        for place, fields in enumerate(rows, start=1)
    )


FIELDS = ("number", "activity", "deadline_text", "expected_result", "indicator_text", "responsible", "documents")


def _fields(item: TemplateItem) -> dict[str, str]:
    return {name: getattr(item, name) for name in FIELDS}
