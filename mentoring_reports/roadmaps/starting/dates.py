"""A template's deadline in a school's plan, and a document as a template: texts only, no row of any school."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from mentoring_reports.roadmap_templates.errors import NoPlanFound, UnreadableFile
from mentoring_reports.roadmap_templates.reading import Dated, ReadItem, ReadPlan, ReadSection
from mentoring_reports.roadmaps.deadline_entry.readings import DeadlineReading
from mentoring_reports.roadmaps.deadlines import Doubt
from mentoring_reports.roadmaps.importing.importer import read_plans
from mentoring_reports.roadmaps.importing.plans import Activity, Plan
from mentoring_reports.roadmaps.readers.errors import UnreadableDocument
from mentoring_reports.roadmaps.readers.reading import read_document
from mentoring_reports.roadmaps.relative.deadlines import deadline_in

# Whoever chooses the days knows that they are counted from: only what is left to do is said.
_EXPECTED = {Doubt.COUNTED_FROM_START, Doubt.COUNTED_FROM_END, Doubt.YEAR_INFERRED}
_MOST = {"number": 40, "deadline_text": 1000, "responsible": 1000}


class RoadmapReader:
    """What the municipality's screens ask for; registered when the app is ready."""

    def dated(self, text: str, first: dt.date, last: dt.date) -> Dated:
        """Return the deadline with its days, in words."""
        deadline = deadline_in(text, first, last)
        doubts = tuple(doubt for doubt in deadline.warnings if doubt not in _EXPECTED)
        reading = DeadlineReading.of(replace(deadline, warnings=doubts))
        return Dated(str(reading.kind), reading.starts_on, reading.ends_on, reading.reading, reading.warnings)

    def plan(self, content: bytes, name: str) -> ReadPlan:
        """Return the first plan of a document; raise `NoPlanFound` and `UnreadableFile`."""
        try:
            plans = read_plans(read_document(content, name)).plans
        except UnreadableDocument as error:
            raise UnreadableFile(str(error)) from error
        if not plans:
            raise NoPlanFound
        return _plan(plans[0])


def _plan(plan: Plan) -> ReadPlan:
    sections = tuple(
        ReadSection(section.number, section.title or plan.title, tuple(map(_item, section.items)))
        for section in plan.sections
        if section.title or section.items
    )
    return ReadPlan(plan.title, sections)


def _item(item: Activity) -> ReadItem:
    fields = {
        "number": item.number,
        "activity": item.text,
        "deadline_text": item.deadline.text,
        "expected_result": item.result,
        "indicator_text": item.indicator,
        "responsible": ", ".join(item.responsible),
        "documents": item.documents,
    }
    return ReadItem({name: text[: _MOST.get(name)] for name, text in fields.items()})
