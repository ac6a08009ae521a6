"""What may be done with the sections of a plan. Pure."""

from __future__ import annotations

from dataclasses import replace

from .draft import Plan, Section


def rename(plan: Plan, key: int, number: str, title: str) -> Plan:
    """Write a section's number and title."""
    sections = [replace(s, number=number, title=title) if s.key == key else s for s in plan.sections]
    return replace(plan, sections=tuple(sections))


def add(plan: Plan, title: str) -> Plan:
    """Add an empty section at the end."""
    key = plan.last_key + 1
    return replace(plan, sections=(*plan.sections, Section(key, title=title)), last_key=key)


def begin_at(plan: Plan, item: int) -> Plan:
    """Begin a new section with an activity: it and those below it in its section go there."""
    section = plan.section_of(item)
    if section is None:
        return plan
    place = next(n for n, other in enumerate(section.items) if other.key == item)
    key = plan.last_key + 1
    parts = (replace(section, items=section.items[:place]), Section(key, items=section.items[place:]))
    at = plan.sections.index(section)
    return replace(plan, sections=(*plan.sections[:at], *parts, *plan.sections[at + 1 :]), last_key=key)


def remove(plan: Plan, key: int) -> Plan:
    """Remove a section; its activities go to the one above it (from the first: below). The last one stays."""
    at = next((n for n, section in enumerate(plan.sections) if section.key == key), None)
    if at is None or (len(plan.sections) == 1 and plan.sections[at].items):
        return plan
    left = list(plan.sections[:at] + plan.sections[at + 1 :])
    if left and plan.sections[at].items:
        heir = left[max(0, at - 1)]
        items = plan.sections[at].items
        left[max(0, at - 1)] = replace(heir, items=(*heir.items, *items) if at else (*items, *heir.items))
    return replace(plan, sections=tuple(left))


def move(plan: Plan, key: int, by: int) -> Plan:
    """Exchange a section with the one above (-1) or below it (+1)."""
    at = next((n for n, section in enumerate(plan.sections) if section.key == key), -1)
    if at < 0 or not 0 <= at + by < len(plan.sections):
        return plan
    sections = list(plan.sections)
    sections[at], sections[at + by] = sections[at + by], sections[at]
    return replace(plan, sections=tuple(sections))
