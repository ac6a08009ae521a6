"""Texts as they may be kept: without what the database refuses, and as long as the model's fields allow. Pure."""

from __future__ import annotations

import re

from .draft import Item, Plan

# As the model says; a longer text is an error at its cell, never cut.
LONGEST = {"number": 40, "deadline_text": 1000, "responsible": 1000}
LONGEST_TITLE, LONGEST_NUMBER = 500, 40
_REFUSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def tidy(text: str) -> str:
    """Return a typed text without control characters, its line ends as one sign, nothing around it."""
    return _REFUSED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def too_long(item: Item) -> dict[str, int]:
    """Return the cells that hold more than their field, with what it holds."""
    return {name: most for name, most in LONGEST.items() if len(item.cell(name)) > most}


def fits(plan: Plan) -> bool:
    """Say whether every text of the plan fits into its field."""
    sections = all(len(s.title) <= LONGEST_TITLE and len(s.number) <= LONGEST_NUMBER for s in plan.sections)
    return sections and len(plan.title) <= LONGEST_TITLE and not any(map(too_long, plan.kept))
