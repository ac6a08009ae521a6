"""What the importer makes: plans of sections of activities, and everything else with the reason it was passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mentoring_reports.roadmaps.deadlines import Deadline

from .columns import Column


@dataclass(frozen=True, slots=True)
class Period:
    """A plan's first and last day; `source` says where they were read: given, title, order, deadlines or none."""

    start: dt.date | None = None
    end: dt.date | None = None
    source: str = "none"

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Return both days where both are known."""
        return (self.start, self.end) if self.start and self.end else None


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as read; texts are as written, in one line. `first` and `last` are rows of the source."""

    number: str
    text: str
    deadline: Deadline
    result: str
    indicator: str
    participants: str
    documents: str
    responsible: tuple[str, ...]
    warnings: tuple[str, ...]
    first: int
    last: int
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its number as written ("" without one), its title, and the rows of the source that hold them."""

    number: str
    title: str
    items: tuple[Activity, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One roadmap of the document."""

    title: str
    period: Period
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    warnings: tuple[str, ...]
    place: int = 0  # among the tables of the document, for `roles`: a table without activities makes no plan

    @property
    def items(self) -> tuple[Activity, ...]:
        """Return the activities of all sections."""
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows that are no part of a plan, with the reason as a code of `skipping.REASONS`."""

    first: int
    last: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from a document."""

    plans: tuple[Plan, ...]
    skipped: tuple[Skipped, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the reading in the shape that `read_roadmap` prints."""
        return {
            "plans": [_plan(plan) for plan in self.plans],
            "skipped": [{"rows": [s.first, s.last], "text": s.text, "why": s.why} for s in self.skipped],
        }

    def with_skipped(self, more: Sequence[Skipped]) -> Reading:
        """Return the reading with more rows passed over, in the order of the source."""
        return replace(self, skipped=tuple(sorted((*self.skipped, *more), key=lambda skipped: skipped.first)))


def _plan(plan: Plan) -> dict[str, Any]:
    period = plan.period
    return {
        "title": plan.title,
        "period": {"start": _day(period.start), "end": _day(period.end), "source": period.source},
        "columns": [{"header": column.header, "role": column.role} for column in plan.columns],
        "sections": [
            {"number": section.number, "title": section.title, "items": [_item(item) for item in section.items]}
            for section in plan.sections
        ],
        "warnings": list(plan.warnings),
    }


def _item(item: Activity) -> dict[str, Any]:
    return {
        "number": item.number,
        "activity": item.text,
        "deadline": _deadline(item.deadline),
        "result": item.result,
        "indicator": item.indicator,
        "participants": item.participants,
        "documents": item.documents,
        "responsible": list(item.responsible),
        "warnings": list(item.warnings),
        "rows": [item.first, item.last],
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "text": deadline.text,
        "kind": str(deadline.kind),
        "start": _day(deadline.start),
        "end": _day(deadline.end),
        "recurrence": deadline.recurrence.as_json() if deadline.recurrence else None,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
