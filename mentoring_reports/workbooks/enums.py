"""States of a workbook that was asked for, and of a letter that carries it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MadeState(models.TextChoices):
    """Where a workbook stands, from asking to the file."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("made")
    FAILED = "failed", _("not made")
    CANCELLED = "cancelled", _("cancelled")


UNFINISHED = (MadeState.QUEUED, MadeState.RUNNING)
REPEATABLE = (MadeState.FAILED, MadeState.CANCELLED)


class LetterState(models.TextChoices):
    """What became of a letter; one that is `sending` for long was interrupted, and nobody knows whether it went."""

    SENDING = "sending", _("being sent")
    SENT = "sent", _("went out")
    FAILED = "failed", _("not sent")
