"""What makes a methodist look twice at a revision: the form's own checks, and numbers that look implausible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .findings import findings_of
from .plausibility import Oddity, oddities

if TYPE_CHECKING:
    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.submissions.models import Round, Submission


@dataclass(frozen=True, slots=True)
class Flags:
    """What the checks and the plausibility say about one revision."""

    findings: Sequence[Finding] = ()
    oddities: Sequence[Oddity] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.findings or self.oddities)


def flags_of(submissions: Sequence[Submission]) -> dict[int, Flags]:
    """Return the flags of each revision by its id.

    The number of statements depends on how many rounds the revisions belong to, never on how many there are. Expects
    `round` to be loaded.
    """
    findings = findings_of(submissions)
    odd = oddities_of(submissions)
    return {row.pk: Flags(findings[row.pk], odd.get(row.pk, ())) for row in submissions}


def oddities_of(submissions: Sequence[Submission]) -> dict[int, list[Oddity]]:
    """Return what looks implausible in each revision, by its id."""
    by_round: dict[Round, list[Submission]] = {}
    for submission in submissions:
        by_round.setdefault(submission.round, []).append(submission)
    found: dict[int, list[Oddity]] = {}
    for round_, rows in by_round.items():
        found.update(oddities(round_, rows))
    return found


def is_plain(submission: Submission, flags: Flags) -> bool:
    """Say whether a revision may be accepted unopened: nothing is flagged, no note to read, the school's own work."""
    return not flags and not submission.note.strip() and not submission.on_behalf
