"""The roadmap's lists of words that code relies on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .grammar.codes import Kind


class DeadlineKind(models.TextChoices):
    """How a deadline is meant; the text itself is kept as written."""

    BY_DATE = Kind.BY_DATE.value, _("by a date")
    RANGE = Kind.RANGE.value, _("from date to date")
    MONTH = Kind.MONTH.value, _("a month")
    MONTH_RANGE = Kind.MONTH_RANGE.value, _("from month to month")
    WHOLE_PERIOD = Kind.WHOLE_PERIOD.value, _("the whole period")
    RECURRING = Kind.RECURRING.value, _("recurring")
    RELATIVE = Kind.RELATIVE.value, _("relative to another event")
    UNSCHEDULED = Kind.UNSCHEDULED.value, _("by a separate schedule")


class Status(models.TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


# An activity that is still to be done.
OPEN = (Status.PLANNED, Status.IN_PROGRESS)
