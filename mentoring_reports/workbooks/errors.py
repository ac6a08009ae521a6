"""What can go wrong with making workbooks, each with a message that says what to do."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

LOST = (OperationalError, InterfaceError)  # the database went away: another attempt may do


class WorkbookError(Exception):
    """Something that a person can do something about; the message says what."""


class Stopped(Exception):
    """The making of a workbook ends here, for one of the reasons below."""


class Cancelled(Stopped):
    """Somebody does not want it any more."""


class TakenOver(Stopped):
    """Another worker makes it: this one was thought dead."""


class NotRepeatable(WorkbookError):
    """Only what failed or was cancelled can be tried again."""

    def __str__(self) -> str:
        """Say so."""
        return _("This workbook is being made or is made already: there is nothing to try again.")


class RoundIsGone(WorkbookError):
    """The chosen round was deleted."""

    def __str__(self) -> str:
        """Say so."""
        return _("The round is not there any more. Choose another one.")


class KeepsFailing(WorkbookError):
    """Each worker that made it died."""

    def __str__(self) -> str:
        """Say so."""
        return _(
            "The program was interrupted several times while making this workbook. "
            "Choose fewer sheets or one territory; if that does not help, tell whoever runs the portal."
        )


class NameTaken(WorkbookError):
    """There is a saved choice of this name."""

    def __str__(self) -> str:
        """Say so."""
        return _("Somebody has just saved a choice under this name. Choose another name.")


class MadeElsewhere(WorkbookError):
    """The same request is under way."""

    def __str__(self) -> str:
        """Say so."""
        return _("The same workbook is being made already. Wait until it is done.")
