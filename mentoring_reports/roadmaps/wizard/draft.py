"""What a curator makes of a document before it is a roadmap: plain data, kept as JSON with the upload. No database.

Items and sections have keys of their own within a plan, so that a form may name them while they move about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from mentoring_reports.roadmaps.models.roadmap import LONGEST_PLAN

# The cells of an activity, named as the model's fields.
CELLS = (
    "number", "activity", "deadline_text", "responsible", "expected_result", "indicator_text", "participants",
    "documents",
)  # fmt: skip
# What somebody sets by hand beside the text of a deadline; "" is as read.
BY_HAND = ("kind", "starts_on", "ends_on")
FIELDS = (*CELLS, *BY_HAND)


@dataclass(frozen=True, slots=True)
class Item:
    """One activity. `rows` are those of the source, `edited` the fields that a person has changed."""

    key: int
    number: str = ""
    activity: str = ""
    deadline_text: str = ""
    responsible: str = ""
    expected_result: str = ""
    indicator_text: str = ""
    participants: str = ""
    documents: str = ""
    kind: str = ""
    starts_on: str = ""
    ends_on: str = ""
    warnings: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    edited: tuple[str, ...] = ()
    checked: bool = False
    dropped: bool = False

    @classmethod
    def of(cls, data: dict[str, Any]) -> Item:
        """Return an item out of JSON."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(**values)

    def changed(self, cells: Mapping[str, str], **more: Any) -> Item:
        """Return the item with other texts in these fields, and with whatever else differs."""
        values: dict[str, Any] = {**cells, **more}
        return replace(self, **values)

    def cell(self, name: str) -> str:
        """Return the text of a field of `FIELDS`."""
        text: str = getattr(self, name)
        return text


@dataclass(frozen=True, slots=True)
class Section:
    """A section and its activities."""

    key: int
    number: str = ""
    title: str = ""
    items: tuple[Item, ...] = ()

    @classmethod
    def of(cls, data: dict[str, Any]) -> Section:
        """Return a section out of JSON."""
        return cls(**{**data, "items": tuple(map(Item.of, data["items"]))})


@dataclass(frozen=True, slots=True)
class Plan:
    """One roadmap of the document. `place` is its table's place among those read, for reading it again."""

    title: str = ""
    start: str = ""
    end: str = ""
    sections: tuple[Section, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    place: int = 0
    last_key: int = 0

    @classmethod
    def of(cls, data: dict[str, Any]) -> Plan:
        """Return a plan out of JSON."""
        columns = tuple((header, role) for header, role in data["columns"])
        sections = tuple(map(Section.of, data["sections"]))
        return cls(**{**data, "columns": columns, "sections": sections, "warnings": tuple(data["warnings"])})

    @property
    def items(self) -> Iterator[Item]:
        """Return the activities of all sections, the dropped ones too."""
        return (item for section in self.sections for item in section.items)

    @property
    def kept(self) -> list[Item]:
        """Return the activities that are not dropped."""
        return [item for item in self.items if not item.dropped]

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day, if both are known, in order and of one plan."""
        first, last = day_of(self.start), day_of(self.end)
        is_sound = first and last and first <= last and (last - first).days <= LONGEST_PLAN
        return (first, last) if first and last and is_sound else None

    def item(self, key: int) -> Item | None:
        """Return the item of a key."""
        return next((item for item in self.items if item.key == key), None)

    def section_of(self, key: int) -> Section | None:
        """Return the section that holds an item."""
        return next((s for s in self.sections if any(item.key == key for item in s.items)), None)

    def with_item(self, changed: Item) -> Plan:
        """Return the plan with this item in place of the one of the same key."""
        sections = [
            replace(s, items=tuple(changed if item.key == changed.key else item for item in s.items))
            for s in self.sections
        ]
        return replace(self, sections=tuple(sections))


@dataclass(frozen=True, slots=True)
class Passed:
    """Rows of the source that are no activity, with the reason; `used` once one was made of them after all."""

    rows: tuple[int, ...]
    text: str
    why: str
    used: bool = False

    @classmethod
    def of(cls, data: dict[str, Any]) -> Passed:
        """Return it out of JSON."""
        return cls(**{**data, "rows": tuple(data["rows"])})


@dataclass(frozen=True, slots=True)
class Draft:
    """All plans of a document, and what is no part of them."""

    plans: tuple[Plan, ...] = ()
    passed: tuple[Passed, ...] = ()
    split_lists: bool = False
    start: str = ""  # the period that the curator gave with the document
    end: str = ""

    @classmethod
    def of(cls, data: dict[str, Any]) -> Draft:
        """Return a draft out of JSON."""
        lists = {"plans": tuple(map(Plan.of, data["plans"])), "passed": tuple(map(Passed.of, data["passed"]))}
        return cls(**{**data, **lists})

    def as_json(self) -> dict[str, Any]:
        """Return the draft for a JSON field."""
        return asdict(self)

    def with_plan(self, place: int, plan: Plan) -> Draft:
        """Return the draft with another plan in this place."""
        return replace(self, plans=(*self.plans[:place], plan, *self.plans[place + 1 :]))


def day_of(text: str) -> dt.date | None:
    """Return the day of 2022-09-01, None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
