"""How a school goes through a round, as a list of dated steps. Pure data; `history` acts it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .calendar import Calendar, RoundPlan
from .plan import SchoolPlan


class Act(StrEnum):
    """What happens in a step."""

    EXEMPT = "exempt"
    EXTEND = "extend"
    DRAFT = "draft"
    SUBMIT = "submit"
    SUBMIT_SLIP = "submit_slip"  # with a number that the methodist will stumble over
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"


# Steps that leave a revision or a decision behind: how many of them are there says where an interrupted load stopped.
LEAVES_A_TRACE = frozenset({Act.SUBMIT, Act.SUBMIT_SLIP, Act.RETURN, Act.ACCEPT, Act.REOPEN})
EXTENSION_DAYS = 7

# (act, day counted from, days): "o" from the opening, "d" from the due date, "t" from the base day ("today").
PROFILES: dict[str, tuple[tuple[Act, str, int], ...]] = {
    "": (),
    "early": ((Act.SUBMIT, "o", 1), (Act.ACCEPT, "o", 4)),
    "on_time": ((Act.SUBMIT, "d", -2), (Act.ACCEPT, "d", 2)),
    "late": ((Act.SUBMIT, "d", 3), (Act.ACCEPT, "d", 6)),
    "corrected": ((Act.SUBMIT_SLIP, "d", -4), (Act.RETURN, "d", -3), (Act.SUBMIT, "d", -1), (Act.ACCEPT, "d", 2)),
    "reopened": (
        (Act.SUBMIT, "d", -5), (Act.ACCEPT, "d", -2), (Act.REOPEN, "d", 2), (Act.SUBMIT, "d", 4), (Act.ACCEPT, "d", 6),
    ),
    "extended": ((Act.EXTEND, "o", 3), (Act.SUBMIT, "d", 4), (Act.ACCEPT, "d", 7)),
    "returned_left": ((Act.SUBMIT_SLIP, "d", -1), (Act.RETURN, "d", 2)),
    "missing": (),
    "exempt": ((Act.EXEMPT, "o", 1),),
    "accepted_early": ((Act.SUBMIT, "o", 2), (Act.ACCEPT, "o", 4)),
    "submitted_now": ((Act.SUBMIT, "t", -1),),
    "submitted_odd_now": ((Act.SUBMIT_SLIP, "t", -2),),
    "returned_now": ((Act.SUBMIT_SLIP, "o", 3), (Act.RETURN, "t", -1)),
    "corrected_now": ((Act.SUBMIT_SLIP, "o", 2), (Act.RETURN, "o", 5), (Act.SUBMIT, "t", 0)),
    "draft_now": ((Act.DRAFT, "t", -1),),
    "not_started_now": (),
    "extended_now": ((Act.EXTEND, "t", -2),),
    "exempt_now": ((Act.EXEMPT, "o", 1),),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One act of one school in one round, on a day; `number` counts its acts that leave a trace."""

    school: SchoolPlan
    round: RoundPlan
    act: Act
    day: dt.date
    number: int

    @property
    def leaves_a_trace(self) -> bool:
        """Say whether a revision or a decision tells that the step was taken."""
        return self.act in LEAVES_A_TRACE


def steps_of(school: SchoolPlan, plan: RoundPlan, profile: str, base: dt.date) -> Iterator[Step]:
    """Return a school's steps in one round, in order; none lies after the base day or before the opening."""
    start = {"o": plan.window.opens, "d": plan.window.due, "t": base}
    number, earliest = 0, plan.window.opens
    for act, anchor, days in PROFILES[profile]:
        earliest = max(earliest, min(start[anchor] + dt.timedelta(days=days), base))
        yield Step(school, plan, act, earliest, number)
        number += act in LEAVES_A_TRACE


def all_steps(calendar: Calendar, schools: list[SchoolPlan]) -> list[Step]:
    """Return every step of every school, in the order of the days; a school's own steps keep theirs."""
    steps = [
        step
        for plan, number in zip(calendar.rounds, range(len(calendar.rounds)), strict=True)
        for school in schools
        for step in steps_of(school, plan, school.profiles[number], calendar.base)
    ]
    return sorted(steps, key=lambda step: step.day)
