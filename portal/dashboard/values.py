"""A value on the screen: its text, what the target says about it, and the way to the report it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.submissions.consolidation import judged
from mentoring_reports.workbooks.wording import target_word

from .formatting import with_unit

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator
    from mentoring_reports.submissions.consolidation import Consolidation

ICONS = {TargetState.REACHED: "✓", TargetState.CLOSE: "≈", TargetState.MISSED: "✗"}


@dataclass(frozen=True)
class Judged:
    """A value with what the target says about it; `link` leads to where it comes from."""

    text: str
    state: str = TargetState.UNKNOWN.value
    word: str = ""
    icon: str = ""
    link: str = ""


def submission_link(pk: int) -> str:
    """Return the address of a revision's review."""
    return reverse("mentoring_review:submission", args=[int(pk)])


def told(indicator: Indicator, value: float, state: TargetState, link: str = "") -> Judged:
    """Return a value with its unit and the state of its target."""
    return Judged(with_unit(value, indicator), state.value, target_word(state), ICONS.get(state, ""), link)


def accepted_links(svod: Consolidation) -> list[str]:
    """Return the address of every school's accepted revision, in the order of the consolidation; "" without one."""
    return ["" if pk is None else submission_link(pk) for pk in svod.accepted_ids]


def school_value(svod: Consolidation, indicator: Indicator, place: int, link: str) -> Judged:
    """Return the value of the school at a place of the consolidation, leading to `link`."""
    value = svod.school_lines[indicator.code][place].value
    return told(indicator, value, judged(indicator, value), link)
