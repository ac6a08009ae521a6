"""Questions to the workbooks that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from .enums import UNFINISHED, MadeState

if TYPE_CHECKING:
    import datetime as dt

    from .choices import Choices
    from .models import MadeWorkbook  # noqa: F401  (named in a text below)


class MadeQuerySet(models.QuerySet["MadeWorkbook"]):
    """What was asked for, and what became of it."""

    def light(self) -> MadeQuerySet:
        """Leave the manifest, which may be large, in the database."""
        return self.defer("manifest")

    def unfinished(self) -> MadeQuerySet:
        """Return those that wait or are being made."""
        return self.filter(state__in=UNFINISHED)

    def done(self) -> MadeQuerySet:
        """Return those that are made."""
        return self.filter(state=MadeState.DONE)

    def asked(self, choices: Choices) -> MadeQuerySet:
        """Return those made of exactly these choices."""
        return self.filter(key=choices.key())

    def alike(self, choices: Choices) -> MadeQuerySet:
        """Return those that a workbook can be held against: the same round and the same schools."""
        return self.filter(round_id=choices.round_id, territory=choices.territory, type=choices.type_)

    def kept(self) -> MadeQuerySet:
        """Return those whose file is still there."""
        return self.done().filter(removed_at=None)

    def older_than(self, moment: dt.datetime) -> MadeQuerySet:
        """Return those that were asked for before a moment."""
        return self.filter(created_at__lt=moment)
