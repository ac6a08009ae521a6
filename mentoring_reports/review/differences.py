"""How a revision differs from the one that it is compared with: numbers, reasons, the note and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .rows import Link

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Submission, SubmittedEvidence

    from .papers import Papers
    from .rows import Row


@dataclass(frozen=True)
class Differences:
    """What differs; nothing where there is no revision to compare with."""

    submission: Submission
    before: Submission | None
    rows: Sequence[Row]
    papers: Papers

    def __bool__(self) -> bool:
        """Say whether anything differs."""
        return bool(self.changed or self.note_was_changed or self.evidence_added or self.evidence_gone)

    @property
    def changed(self) -> list[Row]:
        """Return the rows with another value or another reason for it."""
        return [row for row in self.rows if row.was_changed or row.reason_was_changed]

    @property
    def note_was_changed(self) -> bool:
        """Say whether the note is another one."""
        return self.before is not None and self.before.note.strip() != self.submission.note.strip()

    @property
    def evidence_added(self) -> list[Link]:
        """Return the evidence that the revision compared with had not."""
        return _without(self.papers.evidence, self.papers.evidence_before) if self.before else []

    @property
    def evidence_gone(self) -> list[Link]:
        """Return the evidence that only the revision compared with had."""
        return _without(self.papers.evidence_before, self.papers.evidence)


def _without(rows: Iterable[SubmittedEvidence], others: Iterable[SubmittedEvidence]) -> list[Link]:
    gone = {(row.element_code, Link.of(row)) for row in others}
    return [link for row in rows if (row.element_code, link := Link.of(row)) not in gone]
