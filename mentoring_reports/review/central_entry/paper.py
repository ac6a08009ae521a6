"""What a paper report is held against: the round's form, the last accepted figures, the revision being corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mentoring_reports.review.findings import Figures, FormParts
from mentoring_reports.submissions.models import Round, Submission, SubmittedValue
from mentoring_reports.submissions.queries import last_accepted, round_values

if TYPE_CHECKING:
    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.submissions.models import Participation


@dataclass(frozen=True)
class Paper:
    """A school's report in a round, as a methodist types it."""

    round: Round
    school: Any
    form: FormParts
    last: Figures
    latest: Submission | None

    @classmethod
    def of(cls, round_: Round, school: Any, participation: Participation | None) -> Paper:
        """Read what stands beside the fields."""
        return cls(
            round=round_,
            school=school,
            form=FormParts.by_form([round_.form_id])[round_.form_id],
            last=last_accepted(school, before=round_),
            latest=participation.latest if participation else None,
        )

    @property
    def seen(self) -> int:
        """Return the number of the school's latest revision, 0 before anything came."""
        return self.latest.revision if self.latest else 0

    @cached_property
    def before(self) -> Mapping[str, SubmittedValue]:
        """Return the values of the revision that is being corrected."""
        return round_values(self.latest) if self.latest else {}

    def find(self, numbers: Mapping[str, Decimal | None]) -> list[Finding]:
        """Return what the form's own checks find, as they would for the school."""
        planned = Submission(round=self.round, school_type=self.school.organisation_type.name)
        typed = {code: SubmittedValue(element_code=code, value=number) for code, number in numbers.items()}
        return self.form.find(planned, typed, self.last)
