"""What a curator gives to confirm that something was done; the same for an activity and for one time of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.documents.models import Document
    from wagtail.models import Page

    from mentoring_reports.roadmaps.models.evidence import Evidence

FIELDS = ("evidence_note", "evidence_url", "evidence_page", "evidence_document")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Words, a link, a page of the site or a document; empty parts say that there is none."""

    evidence_note: str = ""
    evidence_url: str = ""
    evidence_page: Page | None = None
    evidence_document: Document | None = None

    @classmethod
    def from_form(cls, data: dict[str, Any]) -> Confirmation:
        """Take the fields of a form."""
        return cls(**{name: data[name] for name in FIELDS if name in data})

    def write_to(self, row: Evidence) -> None:
        """Write it to an activity or a time of one."""
        for name in FIELDS:
            setattr(row, name, getattr(self, name))
        row.save(update_fields=FIELDS)
