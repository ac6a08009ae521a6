"""A version tried on a past round: what it would have flagged, and how the figures would change. Writes nothing.

A fixed number of statements, however many schools. What the past form did not ask for has no data and is not flagged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from mentoring_reports.indicators import checking
from mentoring_reports.indicators.checking import Finding, IndicatorRule
from mentoring_reports.indicators.formulas import Direction
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.submissions.models import Participation, SubmittedValue
from mentoring_reports.submissions.queries import last_accepted_by_school

from .trial_lines import CheckLine, FlagsTrial, SchoolLine
from .wording import PROBLEMS, plain_message

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round, Submission

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True, eq=False)
class Report:
    """A school's latest revision in the round, and what its checks need."""

    submission: Submission
    last: Figures = field(default_factory=dict)
    values: dict[str, Decimal | None] = field(default_factory=dict)
    counted: dict[str, Decimal | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def school(self) -> str:
        """Return the school's name then."""
        return self.submission.school_name


class Judge:
    """A version's checks, read once, for many reports of one round."""

    def __init__(self, form: ReportForm, round_: Round, asked: frozenset[str]) -> None:
        self.round = round_
        self.form = form
        self.elements = [element.rule() for element in form.elements.all() if element.code in asked]
        self.indicators = [
            IndicatorRule(row.name, row.formula, Direction(row.direction)) for row in form.indicators.all()
        ]
        self.checks = [row.as_check() for row in form.checks.all()]
        self.targets: dict[str, Figures] = {}

    def findings(self, report: Report) -> list[Finding]:
        """Return what the version finds in a report; only what the past form asked for can be missing."""
        return checking.find_problems(
            self.elements,
            self.indicators,
            self.checks,
            report.values,
            counted=report.counted,
            reasons=report.reasons,
            last_accepted=report.last,
            targets=self._targets(report.submission.school_type),
            translate=gettext,
        )

    def titles(self) -> dict[str, str]:
        """Return what each check is called, the built-in ones first."""
        own = {check.code: plain_message(check.message) for check in self.checks}
        return {str(code): str(words) for code, words in PROBLEMS.items()} | own

    def _targets(self, school_type: str) -> Figures:
        if school_type not in self.targets:
            day = self.round.period_end
            self.targets[school_type] = {
                row.code: row.target_for(school_type, day) for row in self.form.indicators.all()
            }
        return self.targets[school_type]


def try_flags(tried: ReportForm, used: ReportForm, round_: Round) -> FlagsTrial:
    """Return what `tried` would have found in the round's latest revisions beside what `used`, the round's form, finds.

    Both with their parts prefetched. Three statements. Raises `FormulaError` for a check that cannot be read.
    """
    asked = frozenset(element.code for element in used.elements.all())
    now, then = (Judge(form, round_, asked) for form in (used, tried))
    lines = [SchoolLine(report, now.findings(report), then.findings(report)) for report in read_reports(round_)]
    return FlagsTrial(_by_check(lines, now.titles() | then.titles()), lines)


def read_reports(round_: Round) -> list[Report]:
    """Return the latest revision of every school in the round, by the school's name; three statements."""
    submissions = [row.latest for row in Participation.objects.for_round(round_).select_related("latest")]
    last = last_accepted_by_school([submission.school_id for submission in submissions], before=round_)
    reports = {row.pk: Report(row, last.get(row.school_id, {})) for row in submissions}
    values = SubmittedValue.objects.filter(submission__in=list(reports))
    told = values.values_list("submission_id", "element_code", "value", "counted", "reason")
    for pk, code, value, counted, reason in told:
        report = reports[pk]
        report.values[code], report.counted[code], report.reasons[code] = value, counted, reason
    return sorted(reports.values(), key=lambda report: reading_order(report.school))


def _by_check(lines: Sequence[SchoolLine], titles: Mapping[str, str]) -> list[CheckLine]:
    now, then = _flagged(lines, attrgetter("now")), _flagged(lines, attrgetter("then"))
    return [
        CheckLine(code, title, now.get(code, []), then.get(code, []))
        for code, title in titles.items()
        if code in now or code in then
    ]


def _flagged(
    lines: Sequence[SchoolLine], findings: Callable[[SchoolLine], Sequence[Finding]]
) -> dict[str, list[SchoolLine]]:
    """Return the schools that each check flags, each once."""
    found: dict[str, list[SchoolLine]] = {}
    for line in lines:
        for code in dict.fromkeys(str(finding.check_code) for finding in findings(line)):
            found.setdefault(code, []).append(line)
    return found


def missing_codes(tried: ReportForm, used: ReportForm) -> list[str]:
    """Return the names of the tried version's data elements that the past form did not ask for."""
    asked = {element.code for element in used.elements.all()}
    return [element.name for element in tried.elements.all() if element.code not in asked]
