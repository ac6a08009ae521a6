"""Attaching evidence to a draft and taking it away: each a change of its own, so that no open form gets stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from .actions import ensure_editable, locked_draft
from .errors import EvidenceRefused, TooMuchEvidence
from .evidence import check_address
from .models import DraftEvidence

if TYPE_CHECKING:
    from wagtail.documents.models import Document
    from wagtail.models import Page

    from mentoring_reports.submissions.models import Round

MOST_EVIDENCE = 100


@dataclass(frozen=True, slots=True)
class Target:
    """Where evidence leads: exactly one of an address, a page of the school's site, a document of its library."""

    url: str = ""
    page: Page | None = None
    document: Document | None = None

    @property
    def given(self) -> int:
        """Return how many of the three there are."""
        return sum(bool(part) for part in (self.url, self.page, self.document))

    @property
    def title(self) -> str:
        """Return what it is called where nobody says otherwise."""
        return str(self.page or self.document or self.url)


@transaction.atomic
def attach_evidence(*, round_: Round, target: Target, title: str = "", element_code: str = "") -> DraftEvidence:
    """Attach evidence to a data element, or to the whole report where no code is given.

    Raises `NotEditable`, `EvidenceRefused`, `TooMuchEvidence`.
    """
    ensure_editable(round_)
    _check(round_, target, element_code)
    draft = locked_draft(round_.pk)
    if draft.evidence.count() >= MOST_EVIDENCE:
        raise TooMuchEvidence(MOST_EVIDENCE)
    return draft.evidence.create(
        element_code=element_code,
        title=(" ".join(title.replace("\x00", "").split()) or target.title)[:255],
        url=target.url,
        page=target.page,
        document=target.document,
    )


@transaction.atomic
def remove_evidence(*, round_: Round, evidence_id: int) -> None:
    """Take evidence away; what is gone already stays gone. Raises `NotEditable`."""
    ensure_editable(round_)
    DraftEvidence.objects.filter(pk=evidence_id, draft__round_id=round_.pk).delete()


def _check(round_: Round, target: Target, element_code: str) -> None:
    known = not element_code or round_.form.elements.filter(code=element_code).exists()
    if target.given != 1 or not known:
        raise EvidenceRefused
    if target.url:
        try:
            check_address(target.url)
        except ValidationError as error:
            raise EvidenceRefused(error.messages[0]) from None
