"""What a file would change in the draft, line by line, and what in it cannot be taken. Nothing is saved here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mentoring_reports.indicators.checking import NumberProblem, Severity
from mentoring_reports.reports.filling import Entered, Filling

from . import layout
from .cells import BLANK, Refused, Said, read_text, read_value
from .layout import explanation_of, warnings_by_line
from .outgoing import given_texts

if TYPE_CHECKING:
    from mentoring_reports.reports.basis import Basis

    from .layout import Texts
    from .reading import FilledCell, FilledForm, FilledLine


@dataclass(frozen=True)
class Change:
    """One cell that would change the draft. `contested`: somebody changed the same in the draft after the download."""

    code: str
    mark: str
    address: str
    before: str
    after: str
    contested: bool = False
    name: str = ""


@dataclass(frozen=True)
class CellError:
    """A cell that is left out, and why."""

    address: str
    message: str
    name: str = ""


@dataclass(frozen=True)
class Attention:
    """What the checks say about the draft as it would be, and the cells that it concerns."""

    addresses: str
    message: str
    is_error: bool


@dataclass
class Plan:
    """A file laid over a draft: cells that are empty, or as they were given out, leave the draft as it is."""

    basis: Basis
    draft: Filling
    form: FilledForm
    changes: list[Change] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @classmethod
    def of(cls, basis: Basis, draft: Filling, form: FilledForm) -> Plan:
        """Compare; the draft may be newer than the file."""
        plan = cls(basis, draft, form)
        plan._read_lines()
        plan._read_explanations()
        return plan

    def __post_init__(self) -> None:
        """Start from what the draft has."""
        self.elements = {element.code: element for element in self.basis.elements}
        asked = [code for code in self.elements if code not in self.basis.counts or code in self.draft.overruled]
        self.values: dict[str, Entered] = {
            code: self.draft.unread.get(code, self.draft.values.get(code)) for code in asked
        }
        self.reasons, self.explanations = dict(self.draft.reasons), dict(self.draft.explanations)
        self.note = self.draft.note
        self.now = given_texts(self.basis, self.draft)

    @property
    def merged(self) -> Filling:
        """Return the draft as it would be."""
        return Filling.over(
            self.basis,
            self.values,
            reasons=self.reasons,
            explanations=self.explanations,
            note=self.note,
            carried=self.carried,
        )

    @property
    def carried(self) -> frozenset[str]:
        """Return what stays carried forward: the numbers that the file does not touch."""
        return frozenset(self.draft.carried) - {row.code for row in self.changes if row.mark == layout.VALUE}

    @cached_property
    def missing_lines(self) -> list[str]:
        """Return the names of the data elements that the file has no line for."""
        there = {line.code for line in self.form.lines}
        return [element.name for element in self.basis.elements if element.code not in there]

    @property
    def is_contested(self) -> bool:
        """Say whether somebody else changed what the file changes too."""
        return any(change.contested for change in self.changes)

    @cached_property
    def attention(self) -> list[Attention]:
        """Return what the checks will say about the changed lines: what is wrong, and what must be explained."""
        merged, changed = self.merged, {change.code for change in self.changes}
        findings = [found for found in self.basis.findings(merged) if found.check_code != NumberProblem.MISSING]
        return [
            Attention(self._addresses(found.element_codes), found.message, found.severity is Severity.ERROR)
            for found in self.basis.obstacles(findings, merged)
            if changed & set(found.element_codes)
        ]

    def _addresses(self, codes: tuple[str, ...]) -> str:
        cells = {line.code: line.cells[layout.VALUE].address for line in self.form.lines}
        return ", ".join(cells[code] for code in codes if code in cells)

    def _read_lines(self) -> None:
        for line in self.form.lines:
            if line.code == layout.NOTE:
                self._read_note(line)
            elif element := self.elements.get(line.code):
                self._take_value(line, read_value(element, line, self._given(line), self.basis.counts))
                if line.code in self.basis.counts:
                    self._take_reason(line)
            else:
                self.errors.append(CellError(line.cells[layout.CODE].address, _unknown_code(line.code)))

    def _take_value(self, line: FilledLine, said: Said | Refused) -> None:
        """Take a number; `said.text` is how it shows, empty for what was removed or is counted again."""
        cell = line.cells[layout.VALUE]
        if isinstance(said, Refused):
            self.errors.append(CellError(cell.address, said.message, self._name(line)))
        elif said is not BLANK and self._note_change(line, cell, layout.VALUE, said.text):
            if said.text or line.code not in self.basis.counts:
                self.values[line.code] = said.number
            else:
                self.values.pop(line.code, None)
                self.reasons.pop(line.code, None)

    def _take_reason(self, line: FilledLine) -> None:
        said = self._text_of(line, layout.REASON)
        if said is not BLANK and self._note_change(line, line.cells[layout.REASON], layout.REASON, said.text):
            self.reasons[line.code] = said.text

    def _read_note(self, line: FilledLine) -> None:
        said = self._text_of(line, layout.EXPLANATION)
        if said is not BLANK and self._note_change(line, line.cells[layout.EXPLANATION], layout.EXPLANATION, said.text):
            self.note = said.text

    def _read_explanations(self) -> None:
        """Give each line's explanation to the warnings that the new numbers make there."""
        merged = self.merged
        warned = warnings_by_line(self.basis, merged)
        for line in self.form.lines:
            if line.code not in merged.values or (said := self._text_of(line, layout.EXPLANATION)) is BLANK:
                continue
            findings, cell = warned.get(line.code, []), line.cells[layout.EXPLANATION]
            if not findings and said.text:
                self.errors.append(
                    CellError(
                        cell.address,
                        _("There is nothing to explain at this number, so the explanation was left out."),
                        line.code,
                    )
                )
            elif explanation_of(findings, merged) != said.text:
                self._note_change(line, cell, layout.EXPLANATION, said.text)
                self.explanations.update({finding.key: said.text for finding in findings})

    def _text_of(self, line: FilledLine, mark: str) -> Said:
        """Return what a cell of text says; one that is too long or no text is an error and says nothing."""
        cell = line.cells.get(mark)
        said = read_text(cell, getattr(self._given(line), mark)) if cell else BLANK
        if isinstance(said, Refused):
            self.errors.append(CellError(cell.address if cell else "", said.message, self._name(line)))
            return BLANK
        return said

    def _given(self, line: FilledLine) -> Texts:
        return self.form.given.get(line.code, layout.Texts())

    def _note_change(self, line: FilledLine, cell: FilledCell, mark: str, after: str) -> bool:
        """Write down a change, unless the draft has the same already."""
        before = getattr(self.now[line.code], mark)
        if before == after:
            return False
        contested = before != getattr(self._given(line), mark)
        self.changes.append(Change(line.code, mark, cell.address, before, after, contested, self._name(line)))
        return True

    def _name(self, line: FilledLine) -> str:
        """Return what the line is about."""
        return _("Note to the methodist") if line.code == layout.NOTE else self.elements[line.code].name


def _unknown_code(code: str) -> str:
    return _("The form of the round has no data element with the code “%(code)s”.") % {"code": code[:50]}
