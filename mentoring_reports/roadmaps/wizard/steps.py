"""What a press of a button does to the kept draft: the texts of the page first, then the operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mentoring_reports.roadmaps.models import RoadmapImport

from . import editing
from .draft import Draft, Plan
from .errors import NoActivities
from .keeping import PASTED, change
from .lagging import Reconciled, reconciled
from .making import read_again
from .past import Past
from .posting import OPERATIONS, Cell, Posted, with_operation, with_posted_texts


@dataclass(slots=True)
class Step:
    """What has become of a press of a button."""

    past: Past
    lags: bool = False  # another window was faster: the operation was not carried out
    beside: Mapping[Cell, str] = field(default_factory=dict)
    without_row: tuple[str, ...] = ()
    did_nothing: bool = False
    refusal: str = ""


def take_step(*, imported: int, place: int, posted: Posted) -> Step:
    """Write the texts of the page and carry out the operation."""
    steps: list[Step] = []

    def how(past: Past, row: RoadmapImport) -> Past:
        step = _step(past, row, place, posted) if posted.version == past.version else _late(past, place, posted)
        steps.append(step)
        return step.past

    change(imported=imported, how=how)
    return steps[0]


def _late(past: Past, place: int, posted: Posted) -> Step:
    base = past.at(posted.version)
    found: Reconciled = reconciled(past.draft.plans[place], base.plans[place] if base else None, posted)
    after = past.with_draft(past.draft.with_plan(place, found.plan))
    return Step(after, lags=True, beside=found.beside, without_row=found.without_row)


def _step(past: Past, row: RoadmapImport, place: int, posted: Posted) -> Step:
    typed = past.with_draft(past.draft.with_plan(place, with_posted_texts(past.draft.plans[place], posted)))
    if posted.operation == "undo":
        return Step(typed.back())
    if posted.operation == "redo":
        return Step(typed.forth())
    if posted.operation == "columns":
        return _with_columns(typed, row, place, posted)
    after = typed.with_draft(_operated(typed.draft, place, posted))
    return Step(after, did_nothing=after == typed and posted.operation in OPERATIONS)


def _operated(draft: Draft, place: int, posted: Posted) -> Draft:
    plan = draft.plans[place]
    if posted.operation != "add_passed":
        return draft.with_plan(place, with_operation(plan, posted))
    return _with_passed(draft, place, plan, posted.key)


def _with_passed(draft: Draft, place: int, plan: Plan, number: int) -> Draft:
    if not 0 <= number < len(draft.passed) or draft.passed[number].used:
        return draft
    row = draft.passed[number]
    passed = (*draft.passed[:number], replace(row, used=True), *draft.passed[number + 1 :])
    return replace(draft.with_plan(place, editing.add_passed(plan, row)), passed=passed)


def _with_columns(past: Past, row: RoadmapImport, place: int, posted: Posted) -> Step:
    if len(posted.roles) != len(past.draft.plans[place].columns):
        return Step(past)
    name = PASTED if row.is_pasted else row.name
    content = bytes(row.content)
    options: dict[str, Any] = {"roles": posted.roles, "split_lists": posted.split_lists}
    read = read_again(past.draft, content, name, place=place, **options) if "activity" in posted.roles else None
    return Step(past.read_anew(*read)) if read else Step(past, refusal=str(NoActivities()))
