"""Several rows of a plan become one activity, and one becomes several. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from .draft import CELLS, Item, Plan
from .editing import put, without
from .making import BETWEEN_PERSONS


def merge(plan: Plan, keys: Collection[int]) -> Plan:
    """Make one activity of several: the first in order takes the texts of the others, in order."""
    items = [item for item in plan.kept if item.key in keys]
    if len(items) < 2:  # noqa: PLR2004  (one activity is merged with nothing)
        return plan
    merged = items[0]
    for item in items[1:]:
        merged = _merged(merged, item)
    return without(plan.with_item(merged), [item.key for item in items[1:]])


def merge_with_next(plan: Plan, key: int) -> Plan:
    """Make one activity of this one and the one below it in the section."""
    section = plan.section_of(key)
    kept = [item.key for item in section.items if not item.dropped] if section else []
    place = kept.index(key) if key in kept else len(kept)
    return merge(plan, kept[place : place + 2])


def split(plan: Plan, key: int) -> Plan:
    """Make one activity of each line of the text; other cells of as many lines are dealt out, all others copied."""
    item = plan.item(key)
    lines = _lines(item.activity) if item else []
    if item is None or len(lines) < 2:  # noqa: PLR2004  (one line is one activity)
        return plan
    parts = [_part(item, place, len(lines), plan.last_key + place) for place in range(len(lines))]
    return replace(put(plan, key, parts), last_key=plan.last_key + len(lines) - 1)


def _merged(first: Item, second: Item) -> Item:
    cells = {name: _joined(first.cell(name), second.cell(name), _between(name)) for name in CELLS if name != "number"}
    number = first.number or second.number
    rows = (min(*first.rows, *second.rows), max(*first.rows, *second.rows)) if first.rows and second.rows else ()
    edited = tuple(sorted({*first.edited, *(name for name in cells if cells[name] != first.cell(name))}))
    warnings = tuple(dict.fromkeys((*first.warnings, *second.warnings)))
    return first.changed(cells, number=number, rows=rows or first.rows, edited=edited, warnings=warnings)


def _between(name: str) -> str:
    return BETWEEN_PERSONS if name == "responsible" else " "


def _joined(first: str, second: str, between: str) -> str:
    """Put two texts together; one that the other holds already, in whole words, is not repeated."""
    if not second or _holds(first, second):
        return first
    return f"{first}{between}{second}" if first and not _holds(second, first) else second


def _holds(text: str, part: str) -> bool:
    """Say whether a text holds the other one; «10 %» does not hold «0 %», nor «директора» «директор»."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _part(item: Item, place: int, number: int, key: int) -> Item:
    cells = {name: _share(item.cell(name), place, number) for name in CELLS if name != "number"}
    edited = tuple(sorted({*item.edited, "activity"}))
    if place == 0:
        return item.changed(cells, edited=edited)
    return item.changed(cells, key=key, number="", edited=edited, warnings=())


def _share(text: str, place: int, number: int) -> str:
    lines = _lines(text)
    return lines[place] if len(lines) == number else text
