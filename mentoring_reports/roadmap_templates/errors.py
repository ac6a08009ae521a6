"""What may be refused about a template roadmap, each with a message that says what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class TemplateError(Exception):
    """A change that is refused."""

    message: Any = _("The change is refused.")

    def __str__(self) -> str:
        """Return the message in the reader's language."""
        return str(self.message)


class TemplateChanged(TemplateError):
    """Somebody else has saved the template since it was opened."""

    message: Any = _(
        "Somebody else has changed this template while you were at it. What you typed still stands below: compare it "
        "with the template and save again."
    )


class NothingToOffer(TemplateError):
    """A template without activities is offered."""

    message: Any = _("The template has no activities yet: add some before you offer it.")


class NoPlanFound(TemplateError):
    """A document holds no plan."""

    message: Any = _(
        "No table of activities was found in the document. It needs a heading row with activities and dates."
    )


class UnreadableFile(TemplateError):
    """A document cannot be read; the reader's own message says why."""

    def __init__(self, message: str) -> None:
        """Keep the reader's message."""
        super().__init__(message)
        self.message = message
