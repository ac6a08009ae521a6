"""What the screen of a report shows: groups with their rows, findings beside the fields, indicators, progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from mentoring_reports.indicators.checking import Finding, NumberProblem, Severity

from .evidence import Linked, evidence_by_element
from .forms import EXPLAIN, REASON, VALUE, ReportDataForm
from .rows_on_screen import GroupOnScreen, IndicatorRow, Row, SentBefore, Warned

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement

    from .basis import Basis
    from .filling import Filling


@dataclass(frozen=True)
class Beside:
    """What a screen shows beside the fields, by data element; `theirs` is what another editor saved, by field."""

    theirs: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    sent_back: Mapping[str, Decimal | None] | None = None
    evidence: Sequence[Linked] = ()

    @cached_property
    def evidence_by_element(self) -> dict[str, list[Linked]]:
        """Return the evidence of each element; that of the whole report is under the empty code."""
        return evidence_by_element(self.evidence)

    def before(self, code: str) -> SentBefore | None:
        """Return what the revision that was sent back held, if one was."""
        return None if self.sent_back is None else SentBefore(self.sent_back.get(code))


@dataclass(frozen=True)
class Screen:
    """A filling over its basis. `strict` also marks what is merely not filled in yet."""

    basis: Basis
    filling: Filling
    form: ReportDataForm | None = None
    strict: bool = False
    beside: Beside = field(default_factory=Beside)

    @cached_property
    def findings(self) -> list[Finding]:
        """Return everything found."""
        return self.basis.findings(self.filling)

    @cached_property
    def obstacles(self) -> list[Finding]:
        """Return what stops a submission."""
        return self.basis.obstacles(self.findings, self.filling)

    @cached_property
    def errors(self) -> list[Finding]:
        """Return the errors to show: what is merely empty only when `strict`."""
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        return [error for error in errors if self.strict or error.check_code != NumberProblem.MISSING]

    @cached_property
    def warnings(self) -> list[Warned]:
        """Return the warnings with their explanations."""
        return [self._warned(finding) for finding in self.findings if finding.severity is Severity.WARNING]

    @property
    def unexplained(self) -> list[Warned]:
        """Return the warnings that still need an explanation."""
        return [warned for warned in self.warnings if not warned.explained]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, message) for the summary above the form."""
        found = [(f"id_{VALUE}{self._place_code(error)}", error.message) for error in self.errors]
        if self.strict:
            found += [(self._place(warned), warned.finding.message) for warned in self.unexplained]
        return found

    @cached_property
    def groups(self) -> list[GroupOnScreen]:
        """Return the groups in the form's order, with everything that belongs to each."""
        rows, indicators = defaultdict(list), defaultdict(list)
        for element in self.basis.elements:
            rows[element.group_id].append(self._row(element))
        for shown in self.indicators:
            indicators[shown.indicator.group_id].append(shown)
        return [GroupOnScreen(group, rows[group.pk], indicators[group.pk]) for group in self.basis.groups]

    @cached_property
    def indicators(self) -> list[IndicatorRow]:
        """Return the indicators in the form's order."""
        return [
            IndicatorRow(
                indicator,
                formula.value(self.filling.values),
                formula.value(self.basis.last),
                target=self.basis.targets.get(indicator.code),
                peers=self.basis.peers.indicators.get(indicator.code),
            )
            for indicator, formula in ((indicator, indicator.formula) for indicator in self.basis.indicators)
        ]

    @property
    def filled(self) -> int:
        """Return how many numbers there are."""
        return sum(group.filled for group in self.groups)

    @property
    def missing(self) -> int:
        """Return how many numbers must still be entered."""
        return sum(group.missing for group in self.groups)

    @property
    def changed(self) -> list[Row]:
        """Return the rows that differ from the revision that was sent back."""
        return [row for shown in self.groups for row in shown.rows if row.changed_since]

    @property
    def evidence(self) -> list[Linked]:
        """Return the evidence that backs the whole report."""
        return self.beside.evidence_by_element.get("", [])

    @property
    def total(self) -> int:
        """Return how many data elements the form has."""
        return len(self.basis.elements)

    @cached_property
    def _errors_by_code(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for error in self.errors:
            for code in error.element_codes:
                found[code].append(error.message)
        return found

    @cached_property
    def _warnings_by_code(self) -> dict[str, list[Warned]]:
        """Put each warning at one field: the first of those that it concerns."""
        found: dict[str, list[Warned]] = defaultdict(list)
        for warned in self.warnings:
            found[self._place_code(warned.finding)].append(warned)
        return found

    def _warned(self, finding: Finding) -> Warned:
        text = self.basis.explanation(finding, self.filling)
        wants_box = self.form is not None and not self.basis.explained_by_reason(finding)
        box = self.form.add_explanation(finding.key) if self.form is not None and wants_box else None
        return Warned(finding, box, text, self.beside.theirs.get(EXPLAIN + finding.key))

    def _place(self, warned: Warned) -> str:
        if warned.explanation is not None:
            return f"id_{EXPLAIN}{warned.finding.key}"
        return f"id_{REASON}{warned.finding.subject}"

    def _row(self, element: DataElement) -> Row:
        code, values, counts, form = element.code, self.filling.values, self.basis.counts, self.form
        return Row(
            element=element,
            value=values.get(code),
            box=form[VALUE + code] if form else None,
            reason=form[REASON + code] if form and code in counts else None,
            counted=code in counts,
            count=counts.get(code),
            overruled=code in self.filling.overruled,
            last=self.basis.last.get(code),
            errors=self._errors_by_code[code],
            warnings=self._warnings_by_code[code],
            given_reason=self.filling.reasons.get(code, ""),
            theirs=self.beside.theirs.get(VALUE + code),
            their_reason=self.beside.theirs.get(REASON + code),
            peers=self.basis.peers.elements.get(code),
            remark=self.beside.remarks.get(code, ""),
            before=self.beside.before(code),
            evidence=self.beside.evidence_by_element.get(code, ()),
            carried=code in self.filling.carried,
            unread=code in self.filling.unread,
        )

    def _place_code(self, finding: Finding) -> str:
        """Return the data element beside which a finding stands."""
        return next(iter(finding.element_codes), self.basis.elements[0].code)
