"""The revisions of a school's report in a round, and the two of them that a screen compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentoring_reports.submissions.models import Submission

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Decision

AGAINST = "against"  # names the revision compared with in an address


@dataclass(frozen=True)
class Revisions:
    """All revisions, the newest first, with their decisions; which of them is `shown` and which `compared` with it."""

    shown: Submission
    all: Sequence[Submission]
    compared: Submission | None

    @classmethod
    def of(cls, shown: Submission, against: str = "") -> Revisions:
        """Read them; without a choice, or with one that makes no sense, the one before is compared with."""
        rows = Submission.objects.filter(round_id=shown.round_id, school_id=shown.school_id)
        found = list(rows.order_by("-revision").prefetch_related("decisions__remarks"))
        by_number = {str(row.revision): row for row in found if row.pk != shown.pk}
        return cls(shown, found, by_number.get(against) or by_number.get(str(shown.revision - 1)))

    @property
    def others(self) -> list[Submission]:
        """Return what the shown one can be compared with."""
        return [row for row in self.all if row.pk != self.shown.pk]

    @property
    def before(self) -> Submission | None:
        """Return the revision that the shown one corrects."""
        return next((row for row in self.all if row.revision == self.shown.revision - 1), None)

    @property
    def sent_back(self) -> Decision | None:
        """Return the decision that made the school send the shown revision."""
        return next(iter(self.before.decisions.all()), None) if self.before else None
