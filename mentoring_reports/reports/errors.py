"""What can stop a draft from being saved or submitted; each message says what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentoring_reports.indicators.checking import Finding

    from .models import Draft


class DraftError(Exception):
    """A draft was not saved or not submitted. Its text is meant for the curator."""


class StaleDraft(DraftError):
    """Somebody else saved the draft after this version of it was opened."""

    def __init__(self, current: Draft) -> None:
        self.current = current
        super().__init__(
            _("Someone saved this report after you opened it. Nothing was overwritten: compare and save again.")
        )


class NotEditable(DraftError):
    """The round takes nothing from this school now."""


class SubmissionRefused(DraftError):
    """Errors, or warnings without an explanation, stand in the way; `findings` names them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            ngettext(
                "The report was not sent: %(count)d thing still needs your attention.",
                "The report was not sent: %(count)d things still need your attention.",
                len(self.findings),
            )
            % {"count": len(self.findings)}
        )


class FiguresChanged(DraftError):
    """After the summary a count or the evidence changed, so what was confirmed is not what would be sent."""

    def __init__(self) -> None:
        super().__init__(
            _("The register or the evidence changed since you opened this summary. Check it and confirm again.")
        )


class EvidenceBroken(DraftError):
    """Evidence leads to a page or document that was deleted."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(
            _("The evidence “%(title)s” leads nowhere: its page or document was deleted. Remove or replace it.")
            % {"title": title}
        )


class EvidenceRefused(DraftError):
    """The evidence leads to nothing that a methodist could open, or to several things."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Choose one: a page, a document, or an address."))


class TooMuchEvidence(DraftError):
    """Nobody would read so much."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("A report takes at most %(count)d links: remove one, or attach a page that lists several documents.")
            % {"count": most}
        )
