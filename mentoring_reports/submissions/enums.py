"""States and decisions of a school in a round, and the groups of states that questions are asked about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a school stands in a round. The diagram is in the README."""

    NOT_STARTED = "not_started", _("not started")
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    RESUBMITTED = "resubmitted", _("resubmitted")
    ACCEPTED = "accepted", _("accepted")
    REOPENED = "reopened", _("reopened")
    EXEMPT = "exempt", _("exempt")
    MISSING = "missing", _("not handed in")


AWAITING_REVIEW = (State.SUBMITTED, State.RESUBMITTED)


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
