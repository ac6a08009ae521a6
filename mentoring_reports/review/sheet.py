"""One submission on one screen: its values beside what they can be compared with, and what is odd about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from mentoring_reports.indicators.checking import Rule

from .differences import Differences
from .papers import Papers
from .rows import Group, IndicatorRow, Link, Remark, Row

if TYPE_CHECKING:
    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.indicators.models import DataElement, Indicator
    from mentoring_reports.submissions.models import Submission

    from .peers import Peers
    from .plausibility import Oddity

    Home = tuple[str, str]

ELEMENT, INDICATOR = "element", "indicator"


@dataclass(frozen=True)
class Sheet:
    """Everything that a methodist weighs. A fixed number of statements, however many schools there are."""

    submission: Submission
    papers: Papers
    before: Submission | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, submission: Submission, before: Submission | None, typed: Mapping[str, str] | None = None) -> Sheet:
        """Read what belongs to a revision; `before` is the one compared with, `typed` comments not yet sent."""
        return cls(submission, Papers.of(submission, before), before, typed or {})

    @cached_property
    def remarks(self) -> list[Remark]:
        """Return all findings, each with its explanation."""
        found = self.papers.form.find(self.submission, self.papers.handed, self.papers.last)
        return [Remark(finding, self._explanation(finding)) for finding in found]

    @property
    def flags(self) -> int:
        """Return how many objections there are, of the checks and of plausibility."""
        return len(self.remarks) + len(self.papers.oddities)

    @cached_property
    def groups(self) -> list[Group]:
        """Return the form's groups with their rows."""
        form = self.papers.form
        return [
            Group(
                group,
                [self._row(element) for element in form.elements if element.group_id == group.pk],
                [self._indicator_row(row) for row in form.indicators if row.group_id == group.pk],
            )
            for group in form.groups
        ]

    @cached_property
    def rows(self) -> list[Row]:
        """Return the rows of all groups."""
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def marked(self) -> list[Row | IndicatorRow]:
        """Return the rows that are flagged, as they stand on the page."""
        return [row for group in self.groups for row in group.marked]

    @property
    def homeless(self) -> list[Remark]:
        """Return the remarks that no row shows."""
        shown = [remark for row in self.marked for remark in row.remarks]
        return [remark for remark in self.remarks if remark not in shown]

    @property
    def homeless_oddities(self) -> list[Oddity]:
        """Return what is odd about the report as a whole."""
        shown = list(chain.from_iterable(row.oddities for row in self.marked))
        return [oddity for oddity in self.papers.oddities if oddity not in shown]

    @property
    def peers(self) -> Peers:
        """Return the medians of the other accepted schools of the type."""
        return self.papers.peers

    @property
    def evidence(self) -> list[Link]:
        """Return what backs the whole report."""
        return self.papers.links()

    @property
    def overruled(self) -> list[Row]:
        """Return the rows whose count the school replaced."""
        return [row for row in self.rows if row.is_overruled]

    @cached_property
    def differences(self) -> Differences:
        """Return what differs from the revision compared with."""
        return Differences(self.submission, self.before, self.rows, self.papers)

    def _explanation(self, finding: Finding) -> str:
        if text := self.submission.explanations.get(finding.key, ""):
            return str(text)
        if self._rules.get(finding.check_code) is Rule.OVERRULED and finding.subject in self.papers.handed:
            return self.papers.handed[finding.subject].reason
        return ""

    def _row(self, element: DataElement) -> Row:
        code, papers = element.code, self.papers
        return Row(
            element=element,
            handed=papers.handed.get(code),
            last=papers.last.get(code),
            median=papers.peers.medians.get(code),
            before=papers.before.get(code),
            remarks=self._remarks_at((ELEMENT, code)),
            oddities=self._oddities_at((ELEMENT, code)),
            evidence=papers.links(code),
            comments=papers.comments_on(code),
            typed=self.typed.get(code, ""),
        )

    def _indicator_row(self, indicator: Indicator) -> IndicatorRow:
        formula, code, papers = indicator.formula, indicator.code, self.papers
        is_broken = code in papers.broken
        quartiles = papers.indicator_peers.indicators.get(code)
        return IndicatorRow(
            indicator=indicator,
            value=formula.value({code: row.value for code, row in papers.handed.items()}),
            last=None if is_broken else formula.value(papers.last),
            target=indicator.target_for(self.submission.school_type, self.submission.round.period_end),
            median=Decimal(str(quartiles.median)) if quartiles else None,
            is_broken=is_broken,
            remarks=self._remarks_at((INDICATOR, code)),
            oddities=self._oddities_at((INDICATOR, code)),
        )

    def _remarks_at(self, home: Home) -> list[Remark]:
        return [remark for remark in self.remarks if self._home(remark.finding) == home]

    def _oddities_at(self, home: Home) -> list[Oddity]:
        return [oddity for oddity in self.papers.oddities if (oddity.about, oddity.subject) == home]

    def _home(self, finding: Finding) -> Home:
        """Return the row where a finding is shown: what it is about, or the first element of a comparison.

        An element and an indicator may share a code, so the check's rule says which of them is meant.
        """
        if self._rules.get(finding.check_code) in {Rule.INDICATOR_OVER, Rule.TARGET_MISSED}:
            return INDICATOR, finding.subject
        return ELEMENT, finding.subject or next(iter(finding.element_codes), "")

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {check.code: check.rule for check in self.papers.form.checks}
