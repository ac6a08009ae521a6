"""A reading of a document as a draft, and a second reading with what was corrected in the first. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from mentoring_reports.roadmaps.importing import plans
from mentoring_reports.roadmaps.importing.importer import Days, read_plans
from mentoring_reports.roadmaps.readers.reading import read_document

from .draft import FIELDS, Draft, Item, Passed, Plan, Section
from .texts import tidy

BETWEEN_PERSONS = "; "


def read_draft(content: bytes, name: str, *, period: Days | None = None, split_lists: bool = False) -> Draft:
    """Return what was read of a document; raises `UnreadableDocument`."""
    reading = read_plans(read_document(content, name), period=period, split_lists=split_lists)
    passed = tuple(Passed((s.first, s.last), tidy(s.text), s.why) for s in reading.skipped)
    start, end = (_day(period[0]), _day(period[1])) if period else ("", "")
    plans_read = tuple(map(_plan, reading.plans)) or (Plan(start=start, end=end, sections=(Section(1),), last_key=1),)
    return Draft(plans_read, passed, split_lists, start, end)


def read_again(  # noqa: PLR0913  (a document, one of its tables, and how to read that)
    draft: Draft, content: bytes, name: str, *, place: int, roles: Sequence[str], split_lists: bool
) -> tuple[Draft, Draft] | None:
    """Read one plan's table with other meanings of its columns: the draft with corrections carried over, and as read.

    None where no activity would be left. A correction stays at the activity of the same rows of the source.
    """
    before = draft.plans[place]
    given = {before.place: tuple(roles)}
    reading = read_plans(read_document(content, name), period=before.period, split_lists=split_lists, roles=given)
    plan = next((plan for plan in reading.plans if plan.place == before.place), None)
    if plan is None:
        return None
    passed = tuple(Passed((s.first, s.last), tidy(s.text), s.why) for s in reading.skipped)
    made = replace(_plan(plan, before.last_key + 1), title=before.title, start=before.start, end=before.end)
    as_read = replace(draft.with_plan(place, made), passed=passed, split_lists=split_lists)
    return as_read.with_plan(place, _with_corrections(made, before)), as_read


def _plan(plan: plans.Plan, first_key: int = 1) -> Plan:
    keys = count(first_key)
    sections = tuple(_section(section, keys) for section in plan.sections)
    return Plan(
        title=tidy(plan.title),
        start=_day(plan.period.start),
        end=_day(plan.period.end),
        sections=sections,
        columns=tuple((tidy(column.header), column.role) for column in plan.columns),
        warnings=plan.warnings,
        place=plan.place,
        last_key=next(keys) - 1,
    )


def _section(section: plans.Section, keys: Iterator[int]) -> Section:
    items = tuple(_item(item, next(keys)) for item in section.items)
    return Section(next(keys), tidy(section.number), tidy(section.title), items)


def _item(item: plans.Activity, key: int) -> Item:
    return Item(
        key=key,
        number=tidy(item.number),
        activity=tidy(item.text),
        deadline_text=tidy(item.deadline.text),
        responsible=tidy(BETWEEN_PERSONS.join(item.responsible)),
        expected_result=tidy(item.result),
        indicator_text=tidy(item.indicator),
        participants=tidy(item.participants),
        documents=tidy(item.documents),
        warnings=item.warnings,
        rows=(item.first, item.last),
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _with_corrections(made: Plan, before: Plan) -> Plan:
    """Carry corrections over. Activities of the same rows are told apart by their order, where they are as many."""
    corrected, read = _by_rows(before), _by_rows(made)
    kept = {
        item.key: other
        for rows, items in read.items()
        if len(items) == len(corrected.get(rows, ()))
        for item, other in zip(items, corrected[rows], strict=True)
    }
    sections = [
        replace(s, items=tuple(_corrected(item, kept.get(item.key)) for item in s.items)) for s in made.sections
    ]
    return replace(made, sections=tuple(sections))


def _by_rows(plan: Plan) -> dict[tuple[int, ...], list[Item]]:
    """Return the activities by their rows of the source: entries of a split list share theirs."""
    found: dict[tuple[int, ...], list[Item]] = {}
    for item in plan.items:
        if item.rows:
            found.setdefault(item.rows, []).append(item)
    return found


def _corrected(item: Item, before: Item | None) -> Item:
    if before is None:
        return item
    kept = {name: before.cell(name) for name in FIELDS if name in before.edited}
    return item.changed(kept, edited=before.edited, checked=before.checked, dropped=before.dropped)
