"""How figures, changes and states stand on the methodist's screens; missing is «—», never 0."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import gettext_lazy as _

from mentoring_reports.indicators.checking import written
from mentoring_reports.indicators.formulas import PERCENT, TargetState
from mentoring_reports.submissions.enums import RoundPhase, State

register = template.Library()
MISSING = "—"
PLACES = 4

STATE_CLASSES = {
    State.SUBMITTED: "w-status--primary",
    State.RESUBMITTED: "w-status--primary",
    State.RETURNED: "review-status--warning",
    State.REOPENED: "review-status--warning",
    State.ACCEPTED: "review-status--positive",
    State.MISSING: "review-status--critical",
}
PHASE_CLASSES = {RoundPhase.OPEN: "w-status--primary", RoundPhase.OVERDUE: "review-status--warning"}
TARGETS = {
    TargetState.REACHED: ("circle-check", _("target reached")),
    TargetState.CLOSE: ("info-circle", _("close to the target")),
    TargetState.MISSED: ("warning", _("target not reached")),
}


@register.filter
def figure(value: Decimal | None, decimals: int = PLACES) -> str:
    """Write a figure as Russian does."""
    return MISSING if value is None else written(value, decimals)


@register.filter
def signed_percent(value: Decimal | None) -> str:
    """Write a change in percent with its sign; an unknown one is a dash."""
    if value is None:
        return MISSING
    text = written(abs(value), 1)
    sign = "" if text == "0" else "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{text}\N{NO-BREAK SPACE}%"


@register.filter
def share(value: Decimal | None) -> str:
    """Write a share from 0 to 1 as a percentage; without a denominator a dash."""
    return MISSING if value is None else f"{written(value * PERCENT, 0)}\N{NO-BREAK SPACE}%"


@register.filter
def state_class(state: str) -> str:
    """Return the class of a state's tag; the tag itself says the state in words."""
    return STATE_CLASSES.get(State(state), "w-status--label")


@register.filter
def state_label(state: str) -> str:
    """Return a state in words."""
    return str(State(state).label)


@register.filter
def phase_class(phase: str) -> str:
    """Return the class of a phase's tag."""
    return PHASE_CLASSES.get(RoundPhase(phase), "w-status--label")


@register.filter
def target_icon(state: TargetState) -> str:
    """Return the icon that stands beside a target's state in words."""
    return TARGETS.get(state, ("", ""))[0]


@register.filter
def target_words(state: TargetState) -> str:
    """Return how a value stands to its target, in words; nothing where it has none."""
    return str(TARGETS.get(state, ("", ""))[1])
