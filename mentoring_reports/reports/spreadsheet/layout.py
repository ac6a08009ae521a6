"""What the file out and the file back agree on: the names of columns and of the facts on the hidden sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mentoring_reports.indicators.checking import Severity

if TYPE_CHECKING:
    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.reports.basis import Basis
    from mentoring_reports.reports.filling import Filling

CODE, NAME, UNIT, COUNTED, LAST = "code", "name", "unit", "counted", "last"
VALUE, REASON, EXPLANATION, HELP = "value", "reason", "explanation", "help"
MARKS = (CODE, NAME, UNIT, COUNTED, LAST, VALUE, REASON, EXPLANATION, HELP)
READ = (CODE, COUNTED, VALUE, REASON, EXPLANATION)  # what is read from a file; the rest is for people only
NOTE = "@note"  # the line of the note to the methodist: no data element can have this code

KIND, KIND_OF_FILE = "kind", "mentoring report form"
ROUND, ROUND_TITLE, SCHOOL, SCHOOL_NAME = "round", "round title", "school", "school name"
FORM, FORM_VERSION, DRAFT_VERSION = "form", "form version", "draft version"
FACTS = (KIND, ROUND, ROUND_TITLE, SCHOOL, SCHOOL_NAME, FORM, FORM_VERSION, DRAFT_VERSION)
GIVEN = "given"  # a row of the hidden sheet: what the file held when it was made


class Texts(NamedTuple):
    """The three things that one line of the form can say, as text."""

    value: str = ""
    reason: str = ""
    explanation: str = ""


def place_of(finding: Finding, basis: Basis) -> str:
    """Return the data element at whose line a finding stands: the first of those that it concerns."""
    return next(iter(finding.element_codes), basis.elements[0].code)


def warnings_by_line(basis: Basis, filling: Filling) -> Mapping[str, list[Finding]]:
    """Return the warnings that want an explanation, by the data element at whose line they stand."""
    found: dict[str, list[Finding]] = {}
    for finding in _explainable(basis, filling):
        found.setdefault(place_of(finding, basis), []).append(finding)
    return found


def explanation_of(findings: list[Finding], filling: Filling) -> str:
    """Return what is said about these warnings, as one text."""
    said = [filling.explanations.get(finding.key, "").strip() for finding in findings]
    return "\n".join(dict.fromkeys(text for text in said if text))


def _explainable(basis: Basis, filling: Filling) -> Iterator[Finding]:
    for finding in basis.findings(filling):
        if finding.severity is Severity.WARNING and not basis.explained_by_reason(finding):
            yield finding
