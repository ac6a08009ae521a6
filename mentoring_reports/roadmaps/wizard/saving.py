"""A plan of a draft becomes a roadmap, once; and a draft roadmap is put to work. Tenant schema."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport, RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.year.occurrences import sync_roadmap

from .doubting import can_be_saved
from .draft import Plan, Section
from .errors import AlreadySaved, DraftChanged, NotReady
from .keeping import lock, past_of, write
from .past import Past
from .rows import new_item, new_section

if TYPE_CHECKING:
    from .keeping import User


@transaction.atomic
def save_as_draft(*, imported: int, place: int, version: int, by: User | None) -> Roadmap:
    """Make a draft roadmap of a plan; raises `DraftChanged`, `AlreadySaved` and `NotReady`."""
    locked = lock(imported)
    past = past_of(locked)
    if saved_roadmap(past, place):
        raise AlreadySaved
    if past.version != version:
        raise DraftChanged
    roadmap = _make(past.draft.plans[place], by)
    remember(locked, past, place, roadmap)
    return roadmap


@transaction.atomic
def put_to_work(*, roadmap: Roadmap, by: User | None) -> Roadmap:
    """Make a draft a roadmap that is counted and reminded of; one that is at work already stays so."""
    current = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    if current.is_draft:
        current.is_draft = False
        current.save(update_fields=["is_draft"])
        log(instance=current, action="wagtail.edit", user=by, content_changed=True)
    roadmap.is_draft = False
    return roadmap


def saved_roadmap(past: Past, place: int) -> Roadmap | None:
    """Return the roadmap that was made of a plan, if it is still there."""
    return Roadmap.objects.filter(pk=past.saved.get(place)).first() if past.saved.get(place) else None


def remember(imported: RoadmapImport, past: Past, place: int, roadmap: Roadmap) -> None:
    """Write down what became of a plan; the version rises, so that no other window saves it again."""
    imported.roadmap = roadmap
    write(imported, replace(past, version=past.version + 1, saved={**past.saved, place: roadmap.pk}))


def _make(plan: Plan, by: User | None) -> Roadmap:
    if not can_be_saved(plan) or plan.period is None:
        raise NotReady
    first, last = plan.period
    roadmap = Roadmap.objects.create(title=plan.title, period_start=first, period_end=last, is_draft=True)
    sections = [section for section in plan.sections if section.title or any(not i.dropped for i in section.items)]
    rows = RoadmapSection.objects.bulk_create(new_section(roadmap, s, place) for place, s in enumerate(sections))
    items = [item for row, section in zip(rows, sections, strict=True) for item in _items(row, section, plan)]
    RoadmapItem.objects.bulk_create(items)
    sync_roadmap(roadmap=roadmap, by=by)
    log(instance=roadmap, action="wagtail.create", user=by, content_changed=True)
    return roadmap


def _items(row: RoadmapSection, section: Section, plan: Plan) -> list[RoadmapItem]:
    kept = [item for item in section.items if not item.dropped]
    return [new_item(row, item, place, plan.period) for place, item in enumerate(kept)]
