"""Roadmaps that exist in memory only, their papers, and what our own importer reads of the files made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mentoring_reports.roadmaps.deadlines import read_deadline
from mentoring_reports.roadmaps.importing.cleaning import clean, flat
from mentoring_reports.roadmaps.importing.importer import read_plans
from mentoring_reports.roadmaps.importing.plans import Plan
from mentoring_reports.roadmaps.importing.responsible import split_responsible
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from mentoring_reports.roadmaps.paper.docx import as_docx
from mentoring_reports.roadmaps.paper.drawing import Layout, drawn
from mentoring_reports.roadmaps.paper.sheet import Paper
from mentoring_reports.roadmaps.paper.xlsx import as_xlsx
from mentoring_reports.roadmaps.readers.reading import read_document

PERIOD = (dt.date(2024, 9, 1), dt.date(2025, 8, 31))
TITLE = "Дорожная карта внедрения программы наставничества"
FILES = {"docx": as_docx, "xlsx": as_xlsx}


@dataclass(frozen=True)
class Written:
    """An activity as somebody typed it."""

    activity: str = "Издать приказ о наставничестве"
    deadline: str = "До 10.09.2024"
    responsible: str = "Директор"
    result: str = "Приказ"
    indicator: str = "Приказ издан"
    number: str = ""
    participants: str = ""
    documents: str = ""


Sections = Sequence[tuple[str, str, Sequence[Written]]]


def paper(sections: Sections, *, layout: Layout = Layout.PLAN, **roadmap: Any) -> Paper:
    """Return the paper of a roadmap that was never saved."""
    fields = {"title": TITLE, "period_start": PERIOD[0], "period_end": PERIOD[1], **roadmap}
    own = [RoadmapSection(pk=place, number=number, title=title) for place, (number, title, _) in enumerate(sections)]
    items = [_item(place, written) for place, (_, _, activities) in enumerate(sections) for written in activities]
    return drawn(Roadmap(**fields), own, items, school="МБОУ «Школа № 1»", layout=layout)


def _item(section: int, written: Written) -> RoadmapItem:
    return RoadmapItem(
        section_id=section,
        number=written.number,
        activity=written.activity,
        deadline_text=written.deadline,
        responsible=written.responsible,
        expected_result=written.result,
        indicator_text=written.indicator,
        participants=written.participants,
        documents=written.documents,
    )


def read_back(made: Paper, kind: str) -> Plan:
    """Return the one plan that our importer reads of the paper's file."""
    (plan,) = read_plans(read_document(FILES[kind](made), f"plan.{kind}")).plans
    return plan


def as_read(plan: Plan) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    """Return a plan as plain values."""
    return [
        (
            section.number,
            section.title,
            [
                (
                    i.number,
                    i.text,
                    *_days(i.deadline),
                    i.result,
                    i.indicator,
                    i.participants,
                    i.documents,
                    i.responsible,
                )
                for i in section.items
            ],
        )
        for section in plan.sections
    ]


def as_written(sections: Sections) -> list[tuple[str, str, list[tuple[Any, ...]]]]:
    """Return the same values of what was typed: texts in one line, as every importer reads them."""
    return [(number, title, [_values(activity) for activity in rows]) for number, title, rows in sections]


def _values(written: Written) -> tuple[Any, ...]:
    texts = (written.result, written.indicator, written.participants, written.documents)
    deadline = read_deadline(plain(written.deadline), PERIOD)
    people = split_responsible(clean(written.responsible))
    return (written.number, plain(written.activity), *_days(deadline), *map(plain, texts), people)


def plain(text: str) -> str:
    return flat(clean(text))


def _days(deadline: Any) -> tuple[Any, ...]:
    return deadline.text, deadline.kind, deadline.start, deadline.end, deadline.recurrence
