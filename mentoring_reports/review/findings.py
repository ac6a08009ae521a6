"""What the form's checks find in submitted revisions: the same pure checks that the school saw, run again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from mentoring_reports.indicators import checking
from mentoring_reports.indicators.checking import Finding, IndicatorRule
from mentoring_reports.indicators.formulas import Direction
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.models import SubmittedValue
from mentoring_reports.submissions.queries import last_accepted_by_school

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement, ElementGroup, Indicator
    from mentoring_reports.submissions.models import Submission

Handed = Mapping[str, SubmittedValue]
Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class FormParts:
    """A report form, read once."""

    groups: Sequence[ElementGroup]
    elements: Sequence[DataElement]
    indicators: Sequence[Indicator]
    checks: Sequence[checking.Check]

    @classmethod
    def by_form(cls, form_ids: Iterable[int]) -> dict[int, FormParts]:
        """Return the parts of several forms by their ids, in six statements."""
        forms = ReportForm.objects.filter(pk__in=set(form_ids))
        return {
            form.pk: cls(
                groups=list(form.groups.all()),
                elements=list(form.elements.all()),
                indicators=list(form.indicators.all()),
                checks=[check.as_check() for check in form.checks.all()],
            )
            for form in forms.prefetch_related("groups", "elements", "indicators", "checks")
        }

    def targets(self, submission: Submission) -> dict[str, Decimal | None]:
        """Return the targets that hold for the school's type in the year of the round, by indicator."""
        kind, day = submission.school_type, submission.round.period_end
        return {row.code: row.target_for(kind, day) for row in self.indicators}

    def find(self, submission: Submission, handed: Handed, last: Figures) -> list[Finding]:
        """Return everything that is wrong or odd about a revision's values."""
        return checking.find_problems(
            [element.rule() for element in self.elements],
            [IndicatorRule(row.name, row.formula, Direction(row.direction)) for row in self.indicators],
            self.checks,
            {code: row.value for code, row in handed.items()},
            counted={code: row.counted for code, row in handed.items()},
            reasons={code: row.reason for code, row in handed.items()},
            last_accepted=last,
            targets=self.targets(submission),
            translate=gettext,
        )


def findings_of(submissions: Sequence[Submission]) -> dict[int, list[Finding]]:
    """Return the findings of each revision by its id.

    The number of statements depends on how many rounds the revisions belong to, never on how many there are. Expects
    `round` to be loaded.
    """
    forms = FormParts.by_form(submission.form_id for submission in submissions)
    handed = _handed(submissions)
    last = _last_accepted(submissions)
    return {
        row.pk: forms[row.form_id].find(row, handed.get(row.pk, {}), last.get((row.round_id, row.school_id), {}))
        for row in submissions
    }


def _handed(submissions: Sequence[Submission]) -> dict[int, dict[str, SubmittedValue]]:
    found: dict[int, dict[str, SubmittedValue]] = {}
    for value in SubmittedValue.objects.filter(submission__in=[row.pk for row in submissions]):
        found.setdefault(value.submission_id, {})[value.element_code] = value
    return found


def _last_accepted(submissions: Sequence[Submission]) -> dict[tuple[int, int], Figures]:
    found: dict[tuple[int, int], Figures] = {}
    for round_ in {submission.round_id: submission.round for submission in submissions}.values():
        schools = [row.school_id for row in submissions if row.round_id == round_.pk]
        for school_id, figures in last_accepted_by_school(schools, before=round_).items():
            found[round_.pk, school_id] = figures
    return found
