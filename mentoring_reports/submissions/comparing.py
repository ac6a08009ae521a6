"""What changed from one revision of a school to the next: numbers, reasons, evidence, explanations, the note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Submission, SubmittedValue

Names = Mapping[tuple[int, str], str]  # of data elements, by form and code


@dataclass(frozen=True)
class ValueChange:
    """A number or its reason that is another one now; None where the number is missing."""

    code: str
    name: str
    before: Decimal | None
    after: Decimal | None
    reason_before: str = ""
    reason_after: str = ""

    @property
    def is_number_changed(self) -> bool:
        """Say whether the number itself is another one."""
        return self.before != self.after


@dataclass(frozen=True)
class RevisionChanges:
    """Everything that differs between two revisions."""

    since: int
    values: list[ValueChange]
    evidence_added: list[str]
    evidence_removed: list[str]
    is_note_changed: bool
    are_explanations_changed: bool

    def __bool__(self) -> bool:
        """Say whether anything differs at all."""
        texts = self.is_note_changed or self.are_explanations_changed
        return bool(self.values or self.evidence_added or self.evidence_removed or texts)


def compare_revisions(before: Submission, after: Submission, names: Names) -> RevisionChanges:
    """Return what changed. Reads nothing where values and evidence are prefetched; numbers go in the form's order."""
    links_before, links_after = _links(before), _links(after)
    return RevisionChanges(
        since=before.revision,
        values=_value_changes(before, after, names),
        evidence_added=[title for link, title in links_after.items() if link not in links_before],
        evidence_removed=[title for link, title in links_before.items() if link not in links_after],
        is_note_changed=before.note.strip() != after.note.strip(),
        are_explanations_changed=_said(before) != _said(after),
    )


def _value_changes(before: Submission, after: Submission, names: Names) -> list[ValueChange]:
    old, new = _values(before), _values(after)
    changed = [_change(code, old.get(code), new.get(code), after, names) for code in {**new, **old}]
    places = {code: place for place, (form_id, code) in enumerate(names) if form_id == after.form_id}
    kept = [row for row in changed if row.is_number_changed or row.reason_before != row.reason_after]
    return sorted(kept, key=lambda row: places.get(row.code, len(places)))


def _change(
    code: str, old: SubmittedValue | None, new: SubmittedValue | None, after: Submission, names: Names
) -> ValueChange:
    return ValueChange(
        code=code,
        name=names.get((after.form_id, code), code),
        before=old.value if old else None,
        after=new.value if new else None,
        reason_before=old.reason.strip() if old else "",
        reason_after=new.reason.strip() if new else "",
    )


def _values(submission: Submission) -> dict[str, SubmittedValue]:
    return {row.element_code: row for row in submission.values.all()}


def _links(submission: Submission) -> dict[tuple[str, str], str]:
    return {(row.element_code, row.url): row.title for row in submission.evidence.all()}


def _said(submission: Submission) -> dict[str, str]:
    return {key: text.strip() for key, text in submission.explanations.items() if text.strip()}
