"""What may be done with the rows of a plan: each returns the plan changed, or the same one where nothing is to be done.

Pure: no framework, no database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from .draft import BY_HAND, Item, Passed, Plan, Section


def with_texts(plan: Plan, key: int, texts: Mapping[str, str]) -> Plan:
    """Write fields of an item; dates set by hand for another text of the deadline go with that text."""
    item = plan.item(key)
    changed = {name: text for name, text in texts.items() if item and item.cell(name) != text}
    if item is None or not changed:
        return plan
    if "deadline_text" in changed and not set(BY_HAND) & set(changed):
        changed |= dict.fromkeys(BY_HAND, "")
    edited = tuple(sorted({*item.edited, *changed}))
    gone = {"deadline_from_section", "no_deadline"} if "deadline_text" in changed else set()
    warnings = tuple(code for code in item.warnings if code not in gone)
    return plan.with_item(item.changed(changed, edited=edited, warnings=warnings))


def drop(plan: Plan, keys: Collection[int]) -> Plan:
    """Leave activities out; they stay in sight and can be taken back."""
    return _with_each(plan, keys, lambda item: replace(item, dropped=True))


def take_back(plan: Plan, keys: Collection[int]) -> Plan:
    """Take dropped activities in again."""
    return _with_each(plan, keys, lambda item: replace(item, dropped=False))


def mark_checked(plan: Plan, keys: Collection[int]) -> Plan:
    """Say that somebody has looked at the doubts of these rows."""
    return _with_each(plan, keys, lambda item: replace(item, checked=True))


def move_up(plan: Plan, key: int) -> Plan:
    """Move an activity before the one above it, from the first place to the end of the section above."""
    return _moved(plan, key, -1)


def move_down(plan: Plan, key: int) -> Plan:
    """Move an activity behind the one below it, from the last place to the beginning of the section below."""
    return _moved(plan, key, +1)


def move_to_section(plan: Plan, keys: Collection[int], section: int) -> Plan:
    """Put activities at the end of another section, in their order."""
    if all(s.key != section for s in plan.sections):
        return plan
    here = {item.key for s in plan.sections if s.key == section for item in s.items}
    moving = [item for item in plan.items if item.key in keys and item.key not in here]
    left = without(plan, [item.key for item in moving])
    sections = [replace(s, items=(*s.items, *moving)) if s.key == section else s for s in left.sections]
    return replace(left, sections=tuple(sections))


def add_item(plan: Plan, section: int) -> Plan:
    """Add an empty activity at the end of a section."""
    key = plan.last_key + 1
    sections = [replace(s, items=(*s.items, Item(key))) if s.key == section else s for s in plan.sections]
    return plan if tuple(sections) == plan.sections else replace(plan, sections=tuple(sections), last_key=key)


def add_passed(plan: Plan, passed: Passed) -> Plan:
    """Make an activity of rows that were passed over, where they stood in the source."""
    keys = (plan.last_key + 1, plan.last_key + 2)
    item = Item(keys[0], activity=passed.text, rows=passed.rows, edited=("activity",))
    sections = plan.sections or (Section(keys[1]),)
    before = [other for other in plan.items if other.rows and passed.rows and other.rows[0] <= passed.rows[0]]
    plan = replace(plan, sections=sections, last_key=keys[1])
    if before:
        return put(plan, before[-1].key, [before[-1], item])
    return replace(plan, sections=(replace(sections[0], items=(item, *sections[0].items)), *sections[1:]))


def _with_each(plan: Plan, keys: Collection[int], change: Callable[[Item], Item]) -> Plan:
    sections = [
        replace(s, items=tuple(change(item) if item.key in keys else item for item in s.items)) for s in plan.sections
    ]
    return replace(plan, sections=tuple(sections))


def _moved(plan: Plan, key: int, by: int) -> Plan:
    section = plan.section_of(key)
    if section is None:
        return plan
    items = list(section.items)
    place = next(n for n, item in enumerate(items) if item.key == key)
    if 0 <= place + by < len(items):
        items[place], items[place + by] = items[place + by], items[place]
        return _with_sections(plan, [replace(section, items=tuple(items))])
    return _moved_over(plan, section, items[place], by)


def _moved_over(plan: Plan, section: Section, item: Item, by: int) -> Plan:
    place = plan.sections.index(section) + by
    if not 0 <= place < len(plan.sections):
        return plan
    other = plan.sections[place]
    items = (*other.items, item) if by < 0 else (item, *other.items)
    left = replace(section, items=tuple(i for i in section.items if i.key != item.key))
    return _with_sections(plan, [left, replace(other, items=items)])


def _with_sections(plan: Plan, changed: Iterable[Section]) -> Plan:
    by_key = {section.key: section for section in changed}
    return replace(plan, sections=tuple(by_key.get(s.key, s) for s in plan.sections))


def without(plan: Plan, keys: Collection[int]) -> Plan:
    """Take items out of the plan."""
    sections = [replace(s, items=tuple(item for item in s.items if item.key not in keys)) for s in plan.sections]
    return replace(plan, sections=tuple(sections))


def put(plan: Plan, key: int, items: Iterable[Item]) -> Plan:
    """Put items in place of one."""
    new = tuple(items)
    sections = [
        replace(s, items=tuple(part for item in s.items for part in (new if item.key == key else (item,))))
        for s in plan.sections
    ]
    return replace(plan, sections=tuple(sections))
