"""A draft roadmap is made of a template, once for the same days unless it is asked for again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connection, transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from mentoring_reports.roadmap_templates.models import RoadmapTemplate, TemplateItem, TemplateSection
from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.relative.deadlines import deadline_in
from mentoring_reports.roadmaps.year.occurrences import sync_roadmap
from mentoring_reports.tenancy import tenant_connection

from .errors import AlreadyStarted

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    User = AbstractBaseUser | AnonymousUser

STARTED = "mentoring_roadmaps.start_from_template"


@transaction.atomic
def start_roadmap(
    *, template: RoadmapTemplate, start: dt.date, end: dt.date, by: User | None, again: bool = False
) -> Roadmap:
    """Return a new draft roadmap with the template's activities, dated; raises `AlreadyStarted` unless `again`."""
    _one_at_a_time(template)
    before = started_before(template=template, start=start, end=end)
    if before and not again:
        raise AlreadyStarted(before)
    roadmap = Roadmap.objects.create(title=template.title, period_start=start, period_end=end, is_draft=True)
    for section in RoadmapTemplate.objects.whole().get(pk=template.pk).sections.all():
        _write_section(roadmap, section)
    sync_roadmap(roadmap=roadmap, by=by)
    data = {"template": template.pk, "version": template.version, "start": start.isoformat(), "end": end.isoformat()}
    log(instance=roadmap, action=STARTED, user=by, data={**data, "title": template.title}, content_changed=True)
    return roadmap


def started_before(*, template: RoadmapTemplate, start: dt.date, end: dt.date) -> Roadmap | None:
    """Return the roadmap that was started from the template for the same days and is still there, if any."""
    days = {"data__start": start.isoformat(), "data__end": end.isoformat()}
    entries = ModelLogEntry.objects.filter(action=STARTED, data__template=template.pk, **days)
    numbers = [int(number) for number in entries.values_list("object_id", flat=True)]
    return Roadmap.objects.filter(pk__in=numbers).first()


def _one_at_a_time(template: RoadmapTemplate) -> None:
    """Let the second of two presses at once wait for the first one, to the end of the transaction."""
    with connection.cursor() as cursor:
        name = f"roadmap from template {template.pk} in {tenant_connection.schema_name}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def _write_section(roadmap: Roadmap, source: TemplateSection) -> None:
    section = RoadmapSection.objects.create(
        roadmap=roadmap, number=source.number, title=source.title, sort_order=source.sort_order
    )
    items = [_item(section, source_item) for source_item in source.items.all()]
    _recommend(items, source.documents)
    RoadmapItem.objects.bulk_create(items)


def _item(section: RoadmapSection, source: TemplateItem) -> RoadmapItem:
    roadmap = section.roadmap
    deadline = deadline_in(source.deadline_text, roadmap.period_start, roadmap.period_end)
    return RoadmapItem(
        section=section,
        number=source.number,
        activity=source.activity,
        deadline_text=source.deadline_text,
        deadline_kind=DeadlineKind(deadline.kind.value),
        starts_on=deadline.start,
        ends_on=deadline.end,
        recurrence=deadline.recurrence.as_json() if deadline.recurrence else None,
        expected_result=source.expected_result,
        indicator_text=source.indicator_text,
        responsible=source.responsible,
        documents=source.documents,
        sort_order=source.sort_order,
    )


def _recommend(items: list[RoadmapItem], documents: str) -> None:
    """Give the stage's recommended documents that no activity names to the first activity: a section holds none."""
    named = " ".join(item.documents for item in items).casefold()
    missing = [line.strip() for line in documents.splitlines() if line.strip() and line.strip().casefold() not in named]
    if items and missing:
        items[0].documents = "\n".join(filter(None, [items[0].documents, *missing]))
