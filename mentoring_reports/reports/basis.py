"""What a school cannot change while it fills in a report: the form's rows, the counts, the last accepted figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from mentoring_reports.indicators import checking
from mentoring_reports.indicators.checking import Finding, IndicatorRule, Rule, Severity
from mentoring_reports.indicators.comparing import broken_indicators
from mentoring_reports.indicators.formulas import Direction
from mentoring_reports.submissions.peers import Peers, peers_of
from mentoring_reports.submissions.queries import last_accepted

from .counts import Period, count_values, counted_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentoring_reports.indicators.models import DataElement, ElementGroup, Indicator, ReportForm
    from mentoring_reports.submissions.models import Round

    from .filling import Filling

Values = Mapping[str, Decimal | None]
UNREADABLE = Decimal("NaN")  # what the checks call "not a number"


@dataclass(frozen=True)
class Basis:
    """A round's form with the counts as of the period's last day. A handful of statements, whatever the register."""

    form: ReportForm
    round: Round
    groups: Sequence[ElementGroup]
    elements: Sequence[DataElement]
    indicators: Sequence[Indicator]
    checks: Sequence[checking.Check]
    counts: Values
    last: Values
    school_type: str = ""

    @classmethod
    def of(cls, round_: Round, school: Any) -> Basis:
        """Read the round's form and count now. Call it inside the school's schema."""
        codes = [element.code for element in round_.form.elements.all() if cls.is_counted(element)]
        return cls.of_form(round_.form, round_, school, count_values(codes, Period.of(round_)))

    @classmethod
    def of_form(cls, form: ReportForm, round_: Round, school: Any, counts: Values, *, school_type: str = "") -> Basis:
        """Lay given counts over a form; a school that had another type then names it."""
        return cls(
            form=form,
            round=round_,
            groups=list(form.groups.all()),
            elements=list(form.elements.all()),
            indicators=list(form.indicators.all()),
            checks=[check.as_check() for check in form.checks.all()],
            counts=counts,
            last=last_accepted(school, before=round_),
            school_type=school_type or school.organisation_type.name,
        )

    @staticmethod
    def is_counted(element: DataElement) -> bool:
        """Say whether the register answers; a counted element that nothing counts is typed."""
        return element.is_counted and element.code in counted_codes()

    @cached_property
    def rules_by_check(self) -> dict[str, Rule]:
        """Return what each check looks at, by its code."""
        return {check.code: check.rule for check in self.checks}

    @cached_property
    def peers(self) -> Peers:
        """Return the quartiles of schools of the same type; nothing where they are too few or the form differs."""
        return _comparable(peers_of(self.school_type, upto=self.round), self.form)

    @cached_property
    def targets(self) -> Values:
        """Return the target of each indicator for this type of school at the end of the period."""
        day = self.round.period_end
        return {indicator.code: indicator.target_for(self.school_type, day) for indicator in self.indicators}

    def findings(self, filling: Filling) -> list[Finding]:
        """Return everything that is wrong or odd about what the school entered."""
        return checking.find_problems(
            [element.rule() for element in self.elements],
            [
                IndicatorRule(indicator.name, indicator.formula, Direction(indicator.direction))
                for indicator in self.indicators
            ],
            self.checks,
            {**filling.values, **dict.fromkeys(filling.unread, UNREADABLE)},
            counted=self.counts,
            reasons=filling.reasons,
            last_accepted=self.last,
            targets=self.targets,
            translate=gettext,
        )

    def explanation(self, finding: Finding, filling: Filling) -> str:
        """Return the school's explanation of a warning; for an overruled count that is the reason it gave."""
        if self.explained_by_reason(finding):
            return filling.reasons.get(finding.subject, "")
        return filling.explanations.get(finding.key, "")

    def explained_by_reason(self, finding: Finding) -> bool:
        """Say whether the reason beside the number already explains the finding."""
        return self.rules_by_check.get(finding.check_code) is Rule.OVERRULED

    def obstacles(self, findings: Sequence[Finding], filling: Filling) -> list[Finding]:
        """Return what stops a submission: errors, and warnings without an explanation."""
        return [
            finding
            for finding in findings
            if finding.severity is Severity.ERROR or not self.explanation(finding, filling).strip()
        ]


def _comparable(peers: Peers, form: ReportForm) -> Peers:
    """Leave out what another version of the form measured otherwise: indicators, and elements in other units."""
    if peers.round is None or peers.round.form_id == form.pk:
        return peers
    broken = broken_indicators(peers.round.form, form)
    units = dict(form.elements.values_list("code", "unit"))
    same = {code for code, unit in peers.round.form.elements.values_list("code", "unit") if units.get(code) == unit}
    return replace(
        peers,
        elements={code: found for code, found in peers.elements.items() if code in same},
        indicators={code: found for code, found in peers.indicators.items() if code not in broken},
    )
