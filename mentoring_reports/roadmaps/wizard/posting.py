"""What a form of the preview has sent: texts of the cells that were on the page, and the button. No database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from mentoring_reports.roadmaps.importing.columns import ROLES

from . import editing, joining, sectioning
from .draft import FIELDS, Plan
from .texts import tidy

_NUMBER = re.compile(r"[0-9]{1,9}")
_CELL = re.compile(r"cell-([0-9]{1,9})-([a-z_]+)")
_TITLE = re.compile(r"section-([0-9]{1,9})-(number|title)")
_OF_PLAN = ("title", "start", "end")

Cell = tuple[int, str]  # the key of an item or a section, and the field; the plan's own fields have the key 0


@dataclass(frozen=True, slots=True)
class Posted:
    """The version the page was made of, its texts, the operation with the row or section it is for, the rows chosen."""

    version: int = -1
    cells: Mapping[Cell, str] = field(default_factory=dict)
    titles: Mapping[Cell, str] = field(default_factory=dict)
    of_plan: Mapping[str, str] = field(default_factory=dict)
    operation: str = ""
    key: int = 0
    chosen: frozenset[int] = frozenset()
    section: int = 0
    new_section: str = ""
    roles: tuple[str, ...] = ()
    split_lists: bool = False

    @classmethod
    def of(cls, data: QueryDict) -> Posted:
        """Return what was sent; what is no part of the form is passed over."""
        operation, _, key = data.get("operation", "").partition(":")
        roles = {int(name[5:]): _role(role) for name, role in data.items() if re.fullmatch(r"role-[0-9]{1,3}", name)}
        return cls(
            version=_number(data.get("version", "")),
            cells={cell: text for cell, text in _texts(data, _CELL).items() if cell[1] in FIELDS},
            titles=_texts(data, _TITLE),
            of_plan={name: tidy(str(data[f"plan-{name}"])) for name in _OF_PLAN if f"plan-{name}" in data},
            operation=operation,
            key=_number(key),
            chosen=frozenset(map(_number, data.getlist("row"))),
            section=_number(data.get("to_section", "")),
            new_section=tidy(data.get("new_section", "")),
            roles=tuple(roles[place] for place in sorted(roles)),
            split_lists="split_lists" in data,
        )


def with_posted_texts(plan: Plan, posted: Posted) -> Plan:
    """Return the plan with all the texts of the page in it."""
    for key in {key for key, _ in posted.cells}:
        texts = {name: text for (other, name), text in posted.cells.items() if other == key}
        plan = editing.with_texts(plan, key, texts)
    for section in plan.sections:
        number = posted.titles.get((section.key, "number"), section.number)
        title = posted.titles.get((section.key, "title"), section.title)
        plan = sectioning.rename(plan, section.key, number, title)
    of_plan: dict[str, Any] = dict(posted.of_plan)
    return replace(plan, **of_plan)


def with_operation(plan: Plan, posted: Posted) -> Plan:
    """Return the plan after the button that was pressed; an unknown one does nothing."""
    found = OPERATIONS.get(posted.operation)
    return found(plan, posted) if found else plan


OPERATIONS = {
    "drop": lambda plan, posted: editing.drop(plan, {posted.key}),
    "take_back": lambda plan, posted: editing.take_back(plan, {posted.key}),
    "checked": lambda plan, posted: editing.mark_checked(plan, {posted.key}),
    "up": lambda plan, posted: editing.move_up(plan, posted.key),
    "down": lambda plan, posted: editing.move_down(plan, posted.key),
    "merge_next": lambda plan, posted: joining.merge_with_next(plan, posted.key),
    "split": lambda plan, posted: joining.split(plan, posted.key),
    "begin_section": lambda plan, posted: sectioning.begin_at(plan, posted.key),
    "drop_chosen": lambda plan, posted: editing.drop(plan, posted.chosen),
    "check_chosen": lambda plan, posted: editing.mark_checked(plan, posted.chosen),
    "merge_chosen": lambda plan, posted: joining.merge(plan, posted.chosen),
    "move_chosen": lambda plan, posted: editing.move_to_section(plan, posted.chosen, posted.section),
    "add_item": lambda plan, posted: editing.add_item(plan, posted.key),
    "add_section": lambda plan, posted: sectioning.add(plan, posted.new_section),
    "section_up": lambda plan, posted: sectioning.move(plan, posted.key, -1),
    "section_down": lambda plan, posted: sectioning.move(plan, posted.key, +1),
    "remove_section": lambda plan, posted: sectioning.remove(plan, posted.key),
}
# Those that need rows to be chosen first.
OF_CHOSEN = {"drop_chosen", "check_chosen", "merge_chosen", "move_chosen"}


def _texts(data: QueryDict, pattern: re.Pattern[str]) -> dict[Cell, str]:
    found = ((pattern.fullmatch(name), str(text)) for name, text in data.items())
    return {(int(match[1]), match[2]): tidy(text) for match, text in found if match}


def _role(role: object) -> str:
    return str(role) if role in ROLES else "other"


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else -1
