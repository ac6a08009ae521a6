"""Writes a school's roadmap: some activities done, some late, some overdue on the base day. Tenant schema."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from mentoring_reports.roadmaps.deadlines import read_deadline
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.grammar.codes import Kind
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection

from .calendar import Calendar
from .data import read
from .deadlines import Deadline, Span, deadline
from .plan import SchoolPlan
from .times import fill_times

FEWEST_ITEMS, MOST_ITEMS = 14, 25


def fill_roadmap(plan: SchoolPlan, calendar: Calendar) -> None:
    """Write the roadmap of the whole programme, published, as it stands on the base day."""
    random = plan.random("roadmap")
    span = Span(max(calendar.programme_start, plan.opened_on or dt.date.min), calendar.programme_end)
    roadmap = Roadmap.objects.create(
        title="Дорожная карта внедрения программы наставничества",
        period_start=span.start,
        period_end=span.end,
        is_published=True,
    )
    chosen = _choose(random, span)
    sections = RoadmapSection.objects.bulk_create(
        RoadmapSection(roadmap=roadmap, number=str(number), title=title, sort_order=number)
        for number, (title, _items) in enumerate(chosen, start=1)
    )
    items = RoadmapItem.objects.bulk_create(
        _item(section, number, item, deadline(item, span, random), plan, calendar.base, random)
        for section, (_title, items) in zip(sections, chosen, strict=True)
        for number, item in enumerate(items, start=1)
    )
    fill_times([item for item in items if item.recurrence], plan, calendar.base)


def _choose(random: Random, span: Span) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the sections with those activities that this school plans: the core ones and some of the others."""
    sections = read("roadmap")
    possible = [item for section in sections for item in section["items"] if span.first(item["to"]) < span.end]
    core = [item for item in possible if item["core"]]
    others = [item for item in possible if not item["core"]]
    most = max(0, min(MOST_ITEMS - len(core), len(others)))
    kept = core[:MOST_ITEMS] + random.sample(others, random.randint(min(most, max(0, FEWEST_ITEMS - len(core))), most))
    chosen = [(section["title"], [item for item in section["items"] if item in kept]) for section in sections]
    return [(title, items) for title, items in chosen if items]


def _item(  # noqa: PLR0913, PLR0917  (an activity is made of this much)
    section: RoadmapSection,
    number: int,
    item: dict[str, Any],
    when: Deadline,
    plan: SchoolPlan,
    base: dt.date,
    random: Random,
) -> RoadmapItem:
    status, done_on = _state(when, section.roadmap.period_end, plan, base, random)
    recurrence = read_deadline(when.text, None).recurrence if when.kind == Kind.RECURRING else None
    if recurrence:
        status, done_on = Status.PLANNED, None  # it follows its times
    return RoadmapItem(
        section=section,
        number=f"{section.number}.{number}",
        activity=item["activity"],
        deadline_text=when.text,
        deadline_kind=when.kind,
        starts_on=when.starts_on,
        ends_on=when.ends_on,
        recurrence=recurrence.as_json() if recurrence else None,
        expected_result=item["result"],
        indicator_text=item["indicator"],
        responsible=item["responsible"],
        status=status,
        done_on=done_on,
        evidence_note=f"{item['result']} — у куратора" if done_on else "",
        sort_order=number,
    )


def _state(
    when: Deadline, period_end: dt.date, plan: SchoolPlan, base: dt.date, random: Random
) -> tuple[Status, dt.date | None]:
    """Return where the activity stands: what was due is done by most, a few days late by some."""
    due = when.ends_on or period_end
    late = random.random() > 0.55 + 0.45 * plan.diligence
    done = due + dt.timedelta(days=random.randint(3, 30) if late else -random.randint(0, 6))
    done = max(done, when.starts_on or done)
    last_day = min(base, plan.closed_on or base)
    if done <= last_day and random.random() < 0.5 + 0.5 * plan.diligence:
        return Status.DONE, done
    begun = (when.starts_on or due - dt.timedelta(days=30)) <= base
    return (Status.IN_PROGRESS if begun else Status.PLANNED), None
