"""The receipt of one revision: what was handed over, by whom, when and in time or not, with its seal. Read only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .verification import is_intact, receipt_number, sealed

if TYPE_CHECKING:
    from decimal import Decimal

    from mentoring_reports.indicators.models import DataElement

    from .models import Submission, SubmittedEvidence, SubmittedValue

_PLACEHOLDER = re.compile(r"\s*\{[a-z]+\}\s*")


class ReceiptLine(NamedTuple):
    """One data element with what was handed over, and its evidence."""

    element: DataElement
    handed: SubmittedValue | None
    evidence: Sequence[SubmittedEvidence]

    @property
    def value(self) -> Decimal | None:
        """Return what was handed over; None where it is missing."""
        return self.handed.value if self.handed else None

    @property
    def counted(self) -> Decimal | None:
        """Return what was counted; None where nothing was."""
        return self.handed.counted if self.handed else None

    @property
    def is_overruled(self) -> bool:
        """Say whether the school replaced the count."""
        return self.counted is not None and self.value != self.counted


class Explained(NamedTuple):
    """A text of the school, and what it explains."""

    about: str
    text: str


@dataclass(frozen=True)
class Receipt:
    """A revision as it was sent. Eight statements at most; expects round and form to be loaded."""

    submission: Submission

    @property
    def number(self) -> str:
        """Return the receipt's number."""
        return receipt_number(self.submission)

    @cached_property
    def was_on_time(self) -> bool:
        """Say whether the school was on time: judged by its first revision, so no correction makes it late."""
        first = self.submission if self.submission.revision == 1 else self._first()
        return not first.is_late

    @cached_property
    def is_intact(self) -> bool:
        """Say whether the rows still give the checksum."""
        return is_intact(self.submission)

    @property
    def sealed(self) -> str:
        """Return the text that the checksum is made of."""
        return sealed(self.submission)

    @cached_property
    def groups(self) -> list[tuple[str, list[ReceiptLine]]]:
        """Return the form's headings with their lines."""
        values = {row.element_code: row for row in self.submission.values.all()}
        lines: dict[int, list[ReceiptLine]] = {}
        for element in self._elements:
            line = ReceiptLine(element, values.get(element.code), self._evidence_by_code.get(element.code, []))
            lines.setdefault(element.group_id, []).append(line)
        return [(group.name, lines[group.pk]) for group in self.submission.form.groups.all() if group.pk in lines]

    @property
    def evidence(self) -> list[SubmittedEvidence]:
        """Return what backs the whole report."""
        return self._evidence_by_code.get("", [])

    @cached_property
    def explanations(self) -> list[Explained]:
        """Return what the school explained, each with what it is about."""
        given = sorted(self.submission.explanations.items())
        return [Explained(self._about(key), text) for key, text in given if text.strip()]

    @cached_property
    def _elements(self) -> list[DataElement]:
        return list(self.submission.form.elements.all())

    @cached_property
    def _evidence_by_code(self) -> Mapping[str, list[SubmittedEvidence]]:
        found: dict[str, list[SubmittedEvidence]] = {}
        for row in self.submission.evidence.all():
            found.setdefault(row.element_code, []).append(row)
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        named = {row.code: row.name for row in self.submission.form.indicators.all()}
        return {**named, **{element.code: element.name for element in self._elements}}

    @cached_property
    def _checks(self) -> dict[str, str]:
        return {row.code: row.message for row in self.submission.form.checks.all()}

    def _first(self) -> Submission:
        rows = type(self.submission).objects.for_round(self.submission.round)
        return rows.filter(school_id=self.submission.school_id).order_by("revision")[:1].get()

    def _about(self, key: str) -> str:
        """Return what a finding was about: the data element or indicator, or else the check in words."""
        check, _colon, subject = key.partition(":")
        return self._names.get(subject) or _PLACEHOLDER.sub(" … ", self._checks.get(check, check)).strip()
