"""States and decisions of a school in a round, and the groups of states that questions are asked about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a school stands in a round: `TRANSITIONS` says what leads where; the README draws exactly that.

    A draft lies in the school's own schema and nobody else sees it: the school's screens say DRAFT where the
    municipality, and `Standing.state`, say NOT_STARTED or MISSING.
    """

    NOT_STARTED = "not_started", _("not started")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    RESUBMITTED = "resubmitted", _("resubmitted")
    ACCEPTED = "accepted", _("accepted")
    REOPENED = "reopened", _("reopened")
    EXEMPT = "exempt", _("exempt")
    MISSING = "missing", _("not handed in")


UNTOUCHED = (State.NOT_STARTED, State.DRAFT, State.MISSING)
AWAITING_REVIEW = (State.SUBMITTED, State.RESUBMITTED)


class Step(models.TextChoices):
    """What moves a school from one state to another: an action of somebody, or a day that passes."""

    SAVE = "save", _("the school saves a draft")
    HAND_OVER = "hand_over", _("the school hands its report in")
    ACCEPT = "accept", _("a methodist accepts")
    RETURN = "return_for_revision", _("a methodist returns it, with a reason")
    REOPEN = "reopen", _("the department reopens it, with a reason")
    EXEMPT = "exempt", _("the school is exempt, with a reason")
    WITHDRAW = "withdraw_exemption", _("the exemption is withdrawn")
    PASS_DUE = "pass_due", _("the due date passes")
    EXTEND = "grant_extension", _("the due date is extended, with a reason")


@dataclass(frozen=True, slots=True)
class Transition:
    """From one state, by a step, to another."""

    before: State
    step: Step
    after: State


# Whatever is not here does not happen: it is refused or changes no state. While the round takes reports; afterwards
# only decisions about what was handed in are made.
TRANSITIONS = (
    Transition(State.NOT_STARTED, Step.SAVE, State.DRAFT),
    *(Transition(before, Step.HAND_OVER, State.SUBMITTED) for before in UNTOUCHED),
    *(Transition(before, Step.RETURN, State.RETURNED) for before in AWAITING_REVIEW),
    *(Transition(before, Step.ACCEPT, State.ACCEPTED) for before in AWAITING_REVIEW),
    Transition(State.ACCEPTED, Step.REOPEN, State.REOPENED),
    *(Transition(before, Step.HAND_OVER, State.RESUBMITTED) for before in (State.RETURNED, State.REOPENED)),
    *(Transition(before, Step.PASS_DUE, State.MISSING) for before in (State.NOT_STARTED, State.DRAFT)),
    *(Transition(State.MISSING, Step.EXTEND, after) for after in (State.NOT_STARTED, State.DRAFT)),
    *(Transition(before, Step.EXEMPT, State.EXEMPT) for before in UNTOUCHED),
    *(Transition(State.EXEMPT, Step.WITHDRAW, after) for after in UNTOUCHED),
)


class Timeliness(models.TextChoices):
    """How a school stands to its date: judged by its first submission, against the date that held for it then."""

    ON_TIME = "on_time", _("on time")
    LATE = "late", _("late")
    PENDING = "pending", _("there is still time")
    OVERDUE = "overdue", _("overdue")
    NOT_ASKED = "not_asked", _("not expected")


class DecisionKind(models.TextChoices):
    """What a reviewer decided."""

    ACCEPT = "accept", _("accepted")
    RETURN = "return_for_revision", _("returned for revision")
    REOPEN = "reopen", _("reopened")


class RoundPhase(models.TextChoices):
    """What today is for a round."""

    PLANNED = "planned", _("not open yet")
    OPEN = "open", _("open")
    OVERDUE = "overdue", _("past due, still taken")
    CLOSED = "closed", _("closed")


class RoundKind(models.TextChoices):
    """What stretch of time a round's period is; a following round moves its dates by that much."""

    SCHOOL_YEAR = "school_year", _("school year")
    HALF_YEAR = "half_year", _("half-year")
    QUARTER = "quarter", _("quarter")
    CALENDAR_YEAR = "calendar_year", _("calendar year")
    OTHER = "other", _("any dates")


class PeerSubject(models.TextChoices):
    """What a figure of peers is about: codes of the two may be equal."""

    ELEMENT = "element", _("data element")
    INDICATOR = "indicator", _("indicator")
