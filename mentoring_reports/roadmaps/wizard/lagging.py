"""Two tabs at once: what the slower one typed is put into the draft where the faster one left it as it was. Pure.

Where both wrote, nothing is overwritten: the slower one is shown both texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .draft import FIELDS, Plan
from .posting import Cell, Posted, with_posted_texts

OF_PLAN = 0  # the key that stands for the plan's own fields


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The plan with what could be put into it; the texts that could not: beside another one, or without a row."""

    plan: Plan
    beside: Mapping[Cell, str]
    without_row: tuple[str, ...] = ()


def reconciled(plan: Plan, base: Plan | None, posted: Posted) -> Reconciled:
    """Return what becomes of the texts of a page that was made of `base` (None: of a state no longer known)."""
    now = dict(_all_texts(plan))
    before = dict(_all_texts(base)) if base else {}
    typed = {cell: text for cell, text in _posted_texts(posted) if before.get(cell) != text and now.get(cell) != text}
    homeless = {cell: text for cell, text in typed.items() if cell not in now}
    free = {cell: text for cell, text in typed.items() if cell in now and base and before.get(cell) == now[cell]}
    beside = {cell: text for cell, text in typed.items() if cell in now and cell not in free}
    return Reconciled(with_posted_texts(plan, _only(free)), beside, tuple(filter(None, homeless.values())))


def _only(texts: Mapping[Cell, str]) -> Posted:
    names = {"number", "title"}
    own = {name: text for (key, name), text in texts.items() if key == OF_PLAN}
    titles = {(-key, name): text for (key, name), text in texts.items() if key < OF_PLAN and name in names}
    return Posted(of_plan=own, titles=titles, cells={cell: text for cell, text in texts.items() if cell[0] > OF_PLAN})


def _all_texts(plan: Plan) -> Iterator[tuple[Cell, str]]:
    """Return every text by its place: items under their key, sections under the negative one."""
    for name in ("title", "start", "end"):
        yield (OF_PLAN, name), getattr(plan, name)
    for section in plan.sections:
        yield (-section.key, "number"), section.number
        yield (-section.key, "title"), section.title
    for item in plan.items:
        yield from (((item.key, name), item.cell(name)) for name in FIELDS)


def _posted_texts(posted: Posted) -> Iterator[tuple[Cell, str]]:
    yield from (((OF_PLAN, name), text) for name, text in posted.of_plan.items())
    yield from (((-key, name), text) for (key, name), text in posted.titles.items())
    yield from posted.cells.items()
