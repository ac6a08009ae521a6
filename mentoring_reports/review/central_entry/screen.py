"""The form of central entry as it stands on the page: by groups, beside each number what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mentoring_reports.indicators.checking import Severity

from .form import EXPLAIN, VALUE, CentralEntryForm

if TYPE_CHECKING:
    from django.forms import BoundField

    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.indicators.models import DataElement, ElementGroup


@dataclass(frozen=True)
class Warned:
    """A warning with the field that explains it."""

    finding: Finding
    explanation: BoundField


@dataclass(frozen=True)
class EntryRow:
    """One number to type; `before` stands in the revision that came back."""

    element: DataElement
    box: BoundField
    number: Decimal | None
    last: Decimal | None
    before: Decimal | None
    warnings: Sequence[Warned]


@dataclass(frozen=True)
class EntryGroup:
    """A heading of the form with its numbers."""

    group: ElementGroup
    rows: Sequence[EntryRow]


def groups_of(form: CentralEntryForm) -> list[EntryGroup]:
    """Return the groups that hold any number."""
    parts = form.paper.form
    shown = [
        EntryGroup(group, [_row(form, element) for element in parts.elements if element.group_id == group.pk])
        for group in parts.groups
    ]
    return [group for group in shown if group.rows]


def _row(form: CentralEntryForm, element: DataElement) -> EntryRow:
    code = element.code
    before = form.paper.before.get(code)
    return EntryRow(
        element=element,
        box=form[VALUE + code],
        number=form.numbers()[code] if form.is_bound and form.is_valid() else None,
        last=form.paper.last.get(code),
        before=before.value if before else None,
        warnings=[
            Warned(finding, form[EXPLAIN + finding.key])
            for finding in form.findings
            if finding.severity == Severity.WARNING and finding.element_codes[0] == code
        ],
    )
