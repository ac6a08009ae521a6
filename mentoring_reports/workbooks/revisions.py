"""The accepted revisions of a workbook: which cannot be relied on, their figures row by row."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from mentoring_reports.submissions.accepted import AcceptedRevision, accepted_revisions

from .writing.cells import MISSING, clean

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import DataElement
    from mentoring_reports.submissions.models import Round

DIGITS = ".15g"
CELL_END, ROW_END = "\x1f", "\x1e"  # stand in no text that a cell can hold
Value: TypeAlias = "str | float | dt.date | None"
Elements: TypeAlias = "Mapping[int, Mapping[str, DataElement]]"


class School(NamedTuple):
    """A school's figures of a round: what all its rows begin with, the rows' own cells, and what they end with."""

    before: tuple[Value, ...]
    figures: list[tuple[tuple[str, str, str], float | None]]
    after: tuple[Value, ...]

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of «Данные»."""
        return ((*self.before, *element, value, *self.after) for element, value in self.figures)

    def canonical(self) -> str:
        """Return the rows as the text that their checksum is made of: what `canonical` makes of each of them."""
        before, after = canonical(self.before) + CELL_END, CELL_END + canonical(self.after) + ROW_END
        return "".join(
            f"{before}{_canonical_element(element)}{CELL_END}{canonical_cell(value)}{after}"
            for element, value in self.figures
        )


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """What was found: the manifest's lines, what cannot be read, how many rows the others have, and their checksum."""

    used: Sequence[Mapping[str, Any]]
    unreadable: Sequence[Mapping[str, Any]]
    damaged: frozenset[int]
    rows: int
    data_sha256: str


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads the accepted revisions of rounds, filtered, under the names that the file uses."""

    rounds: Sequence[Round]
    elements: Elements
    territory: str
    type_: str
    named: Callable[[int, str], str]

    def revisions(self) -> Iterator[tuple[AcceptedRevision, Round]]:
        """Yield the revisions within the filters, with their rounds."""
        rounds = {one.pk: one for one in self.rounds}
        for revision in accepted_revisions(self.rounds):
            if self.territory in {"", revision.territory} and self.type_ in {"", revision.type}:
                yield revision, rounds[revision.round_id]

    def schools(self, damaged: frozenset[int]) -> Iterator[School]:
        """Yield the figures of the revisions that can be relied on."""
        for revision, round_ in self.revisions():
            if revision.submission_id not in damaged:
                yield self.school(revision, round_)

    def school(self, revision: AcceptedRevision, round_: Round) -> School:
        """Return a revision's figures in the order of its form."""
        named = self.named(revision.school_id, revision.school)
        values = revision.values
        known = self.elements.get(revision.form_id, {})
        ordered = [*(code for code in known if code in values), *(code for code in values if code not in known)]
        return School(
            (
                round_.code,
                round_.title,
                round_.period_end,
                revision.school_id,
                named,
                revision.type,
                revision.territory,
            ),
            [
                (_element(code, known.get(code)), None if (text := values[code]) is None else float(text))
                for code in ordered
            ],
            (revision.revision,),
        )


def read_revisions(reader: Reader, tell: Callable[[], object]) -> Revisions:
    """Go through the revisions once; `tell` is called for each of them and may raise to stop."""
    used, unreadable, rows, digest = [], [], 0, hashlib.sha256()
    damaged = set()
    for revision, round_ in reader.revisions():
        tell()
        line = _line(revision, round_, reader.named(revision.school_id, revision.school))
        if why := revision.damage(round_):
            damaged.add(revision.submission_id)
            unreadable.append(line | {"why": why})
            continue
        school = reader.school(revision, round_)
        digest.update(school.canonical().encode())
        rows += len(school.figures)
        used.append(line)
    return Revisions(
        used=used, unreadable=unreadable, damaged=frozenset(damaged), rows=rows, data_sha256=digest.hexdigest()
    )


def canonical(row: Sequence[Value]) -> str:
    """Return cells as text, the same for what is written and for what is read back from a file."""
    return CELL_END.join(map(canonical_cell, row))


def canonical_cell(value: Value) -> str:
    """Return a cell as text: numbers with the fifteen digits that spreadsheets keep."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return format(value, DIGITS)


@lru_cache(maxsize=10_000)
def _canonical_element(element: tuple[str, str, str]) -> str:
    """Return a data element's cells as text; there are few of them, in each row one."""
    return canonical(element)


def _line(revision: AcceptedRevision, round_: Round, named: str) -> dict[str, Any]:
    return {
        "round": round_.code,
        "round_id": round_.pk,
        "school_id": revision.school_id,
        "school": named,
        "submission_id": revision.submission_id,
        "revision": revision.revision,
        "checksum": revision.checksum,
        "accepted_at": revision.accepted_at.isoformat() if revision.accepted_at else None,
        "accepted_by": revision.accepted_by,
    }


def _element(code: str, element: DataElement | None) -> tuple[str, str, str]:
    return (code, element.name, element.unit) if element else (code, code, "")
