"""One submission on one screen: its values beside what they can be compared with, and what the checks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from mentoring_reports.indicators.checking import Rule
from mentoring_reports.indicators.formulas import PERCENT, Direction, TargetState, target_state
from mentoring_reports.submissions.models import SubmittedValue
from mentoring_reports.submissions.queries import last_accepted

from .findings import FormParts
from .peers import Peers

if TYPE_CHECKING:
    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.indicators.models import DataElement, ElementGroup, Indicator
    from mentoring_reports.submissions.models import Submission

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Remark:
    """A finding with the school's explanation beside it."""

    finding: Finding
    explanation: str


@dataclass(frozen=True)
class Row:
    """One data element: what was handed over, and its neighbours."""

    element: DataElement
    handed: SubmittedValue | None
    last: Decimal | None
    median: Decimal | None
    before: SubmittedValue | None
    remarks: Sequence[Remark]

    @property
    def name(self) -> str:
        """Return the element's name."""
        return self.element.name

    @property
    def anchor(self) -> str:
        """Return the name of the row's place on the page."""
        return self.element.code

    @property
    def value(self) -> Decimal | None:
        """Return the value; None where it is missing."""
        return self.handed.value if self.handed else None

    @property
    def is_overruled(self) -> bool:
        """Say whether the school replaced the count."""
        return bool(self.handed and self.handed.counted is not None and self.handed.value != self.handed.counted)

    @property
    def change_in_percent(self) -> Decimal | None:
        """Return the change against the last accepted value; None where it means nothing."""
        if self.value is None or not self.last:
            return None
        return (self.value - self.last) * PERCENT / abs(self.last)

    @property
    def was_changed(self) -> bool:
        """Say whether the value differs from the revision before."""
        return self.before is not None and self.before.value != self.value


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator computed from the submission, and how it stands to its target."""

    indicator: Indicator
    value: Decimal | None
    last: Decimal | None
    remarks: Sequence[Remark]

    @property
    def name(self) -> str:
        """Return the indicator's name."""
        return self.indicator.name

    @property
    def anchor(self) -> str:
        """Return the name of the row's place on the page: an element may have the same code."""
        return f"{self.indicator.code}-indicator"

    @property
    def state(self) -> TargetState:
        """Return how the value stands to its target."""
        return target_state(self.value, self.indicator.target, Direction(self.indicator.direction))


@dataclass(frozen=True)
class Group:
    """A heading of the form with what stands under it."""

    group: ElementGroup
    rows: Sequence[Row]
    indicators: Sequence[IndicatorRow]


@dataclass(frozen=True)
class Sheet:
    """Everything that a methodist weighs. A dozen statements, however many schools there are."""

    submission: Submission
    form: FormParts
    handed: Mapping[str, SubmittedValue]
    before: Mapping[str, SubmittedValue]
    last: Figures
    peers: Peers

    @classmethod
    def of(cls, submission: Submission, before: Submission | None) -> Sheet:
        """Read what belongs to a revision; `before` is the one that it corrects."""
        values = SubmittedValue.objects.filter(submission__in=[row.pk for row in (submission, before) if row])
        by_revision: dict[int, dict[str, SubmittedValue]] = {}
        for value in values:
            by_revision.setdefault(value.submission_id, {})[value.element_code] = value
        return cls(
            submission=submission,
            form=FormParts.by_form([submission.form_id])[submission.form_id],
            handed=by_revision.get(submission.pk, {}),
            before=by_revision.get(before.pk, {}) if before else {},
            last=last_accepted(submission.school, before=submission.round),
            peers=Peers.of(submission),
        )

    @cached_property
    def remarks(self) -> list[Remark]:
        """Return all findings, each with its explanation."""
        found = self.form.find(self.handed, self.last)
        return [Remark(finding, self.submission.explanations.get(finding.key, "")) for finding in found]

    @cached_property
    def groups(self) -> list[Group]:
        """Return the form's groups with their rows."""
        return [
            Group(
                group,
                [self._row(element) for element in self.form.elements if element.group_id == group.pk],
                [self._indicator_row(row) for row in self.form.indicators if row.group_id == group.pk],
            )
            for group in self.form.groups
        ]

    @cached_property
    def rows(self) -> list[Row]:
        """Return the rows of all groups."""
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def marked(self) -> list[Row | IndicatorRow]:
        """Return the rows that have remarks, as they stand on the page."""
        rows: list[Row | IndicatorRow] = []
        for group in self.groups:
            rows += [*group.rows, *group.indicators]
        return [row for row in rows if row.remarks]

    @property
    def homeless(self) -> list[Remark]:
        """Return the remarks that no row shows."""
        shown = [remark for row in self.marked for remark in row.remarks]
        return [remark for remark in self.remarks if remark not in shown]

    @property
    def overruled(self) -> list[Row]:
        """Return the rows whose count the school replaced."""
        return [row for row in self.rows if row.is_overruled]

    @property
    def changed(self) -> list[Row]:
        """Return the rows that differ from the revision before."""
        return [row for row in self.rows if row.was_changed]

    def _row(self, element: DataElement) -> Row:
        return Row(
            element=element,
            handed=self.handed.get(element.code),
            last=self.last.get(element.code),
            median=self.peers.medians.get(element.code),
            before=self.before.get(element.code),
            remarks=[remark for remark in self.remarks if self._home(remark.finding) == ("element", element.code)],
        )

    def _indicator_row(self, indicator: Indicator) -> IndicatorRow:
        formula = indicator.formula
        return IndicatorRow(
            indicator=indicator,
            value=formula.value({code: row.value for code, row in self.handed.items()}),
            last=formula.value(self.last),
            remarks=[remark for remark in self.remarks if self._home(remark.finding) == ("indicator", indicator.code)],
        )

    def _home(self, finding: Finding) -> tuple[str, str]:
        """Return the row where a finding is shown: what it is about, or the first element of a comparison.

        An element and an indicator may share a code, so the check's rule says which of them is meant.
        """
        if finding.check_code in self._checks_of_indicators:
            return "indicator", finding.subject
        return "element", finding.subject or next(iter(finding.element_codes), "")

    @cached_property
    def _checks_of_indicators(self) -> set[str]:
        return {check.code for check in self.form.checks if check.rule in {Rule.INDICATOR_OVER, Rule.TARGET_MISSED}}
