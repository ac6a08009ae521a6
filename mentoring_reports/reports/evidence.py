"""Where a draft's evidence leads: full addresses on the school's own host, and what would keep a methodist out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from mentoring_reports.submissions.actions import Evidence

from .errors import EvidenceBroken
from .models import Draft, DraftEvidence

if TYPE_CHECKING:
    from wagtail.documents.models import Document
    from wagtail.models import Page

    from mentoring_reports.submissions.models import Submission, SubmittedEvidence

LONGEST_ADDRESS = 1000
_is_web_address = URLValidator(schemes=["http", "https"])


def check_address(address: str) -> None:
    """Let pages of the web through and nothing else: no script, no file, no password. Raises `ValidationError`."""
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(_("The address is too long: at most %(count)d characters.") % {"count": LONGEST_ADDRESS})
    try:
        _is_web_address(address)
    except ValidationError:
        raise ValidationError(_("Enter the full address of a page: it begins with https:// or http://.")) from None
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("Leave the login and password out of the address: the methodist would read them."))


@dataclass(frozen=True, slots=True)
class Linked:
    """A piece of evidence with the address that the methodist will follow; empty where it leads nowhere any more."""

    pk: int
    element_code: str
    title: str
    url: str
    doubt: str = ""

    @classmethod
    def to(cls, row: DraftEvidence | SubmittedEvidence, url: str, doubt: str = "") -> Linked:
        """Return a row with where it leads."""
        return cls(row.pk, row.element_code, row.title, url, doubt)

    @property
    def host(self) -> str:
        """Return the host that it leads to."""
        return urlsplit(self.url).netloc


def evidence_of(draft: Draft | None) -> list[Linked]:
    """Return a draft's evidence in its order: four statements, however much there is."""
    rows = list(draft.evidence.select_related("page", "document__collection")) if draft else []
    reading = _Reading.of(rows)
    return [reading.linked(row) for row in rows]


def evidence_by_element(linked: Iterable[Linked]) -> dict[str, list[Linked]]:
    """Return evidence by the data element that it backs; what backs the whole report is under the empty code."""
    found: dict[str, list[Linked]] = {}
    for link in linked:
        found.setdefault(link.element_code, []).append(link)
    return found


def handed_evidence(linked: Iterable[Linked]) -> list[Evidence]:
    """Return evidence as it is handed over. Raises `EvidenceBroken` for one that leads nowhere."""
    links = list(linked)
    for link in links:
        if not link.url:
            raise EvidenceBroken(link.title)
    return [Evidence(link.title, link.url, link.element_code) for link in links]


def submitted_evidence(submission: Submission) -> list[Linked]:
    """Return the evidence of a revision as it was handed over."""
    return [Linked.to(row, row.url) for row in submission.evidence.all()]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What evidence is read with: the school's host, and the paths of what only its own people may open."""

    host: str
    private_pages: tuple[str, ...] = ()
    private_collections: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[DraftEvidence]) -> _Reading:
        """Read what these rows need and no more."""
        pages, collections = PageViewRestriction.objects, CollectionViewRestriction.objects
        inside = any(row.page or row.document for row in rows)
        return cls(
            host=str(get_admin_base_url()) if inside else "",
            private_pages=tuple(pages.values_list("page__path", flat=True)) if inside else (),
            private_collections=tuple(collections.values_list("collection__path", flat=True)) if inside else (),
        )

    def linked(self, row: DraftEvidence) -> Linked:
        """Return a row with where it leads."""
        if row.document:
            return Linked.to(row, self.host + row.document.url, self._doubt_of_document(row.document))
        if row.page:
            return Linked.to(row, self._address_of(row.page), self._doubt_of_page(row.page))
        if row.url:
            return Linked.to(row, row.url)
        return Linked.to(row, "", _("The page or document was deleted: remove this line or attach another."))

    def _address_of(self, page: Page) -> str:
        parts = page.get_url_parts()
        return f"{self.host}{parts[2]}" if parts else ""

    def _doubt_of_page(self, page: Page) -> str:
        if not page.live:
            return _("The page is not published: the methodist cannot open it.")
        if page.path.startswith(self.private_pages):
            return _("The page is private: the methodist cannot open it.")
        return ""

    def _doubt_of_document(self, document: Document) -> str:
        if document.collection.path.startswith(self.private_collections):
            return _("The document is in a private collection: the methodist cannot open it.")
        return ""
