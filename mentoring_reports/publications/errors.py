"""Why an edition was not published; nothing was changed."""

from __future__ import annotations

from django.utils.translation import gettext as _


class PublicationError(Exception):
    """A publication was refused. Its text is meant for the person who pressed the button."""


class NothingAccepted(PublicationError):
    """There is nothing that may be published."""

    def __init__(self) -> None:
        super().__init__(_("No report of this round is accepted yet: only accepted figures can be published."))


class NothingChanged(PublicationError):
    """The published edition already shows these figures."""

    def __init__(self) -> None:
        super().__init__(_("The figures are those of the edition that is published already. Nothing was published."))


class NoteMissing(PublicationError):
    """A correction came without a note."""

    def __init__(self) -> None:
        super().__init__(_("Write what this edition corrects: the note is published beside the figures."))


class FiguresMoved(PublicationError):
    """Something was accepted between the preview and the button."""

    def __init__(self) -> None:
        super().__init__(
            _("The figures changed while you were looking at them. Look at the new ones below and publish again.")
        )
