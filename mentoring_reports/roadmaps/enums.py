"""The roadmap's lists of words that code relies on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeadlineKind(models.TextChoices):
    """How a deadline is meant; the text itself is kept as written."""

    BY_DATE = "by_date", _("by a date")
    RANGE = "range", _("from date to date")
    MONTH = "month", _("a month")
    MONTH_RANGE = "month_range", _("from month to month")
    WHOLE_PERIOD = "whole_period", _("the whole period")
    RECURRING = "recurring", _("recurring")
    RELATIVE = "relative", _("relative to another event")
    UNSCHEDULED = "unscheduled", _("by a separate schedule")


class Status(models.TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", _("planned")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


# An activity that is still to be done.
OPEN = (Status.PLANNED, Status.IN_PROGRESS)
