"""Rows broken by the end of a page: whether a row goes on with the one above, and joining them cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .columns import place_of
from .looks import is_deadline, is_post, starts_list_entry, starts_small
from .records import Record
from .scoring import suits
from .words import glued, glued_posts

_HANGING = re.compile(
    r"(?:\b(?:и|в|во|на|с|со|по|до|от|о|об|для|за|из|к|или|а|не|при|под|над|без|через)|[,–—(/«-])$", re.IGNORECASE
)
# A year alone: the rest of «декабрь» where that has none.
_YEAR, _YEARS = re.compile(r"20\d\d\s?(?:г\.?|года?)?"), re.compile(r"20\d\d|\d\.\d{2}(?!\d)\D*$")
_NUMBERED = 0.7
_LIKELY, _SURELY, _OWN = 1.0, 4.0, 3.0


class Continuation:
    """Knows the habits of a table: whether its rows are numbered, whether its activities begin small."""

    def __init__(self, records: Sequence[Record]) -> None:
        named = [record for record in records if record.text("activity")]
        self._numbered = sum(bool(r.text("number")) for r in named) > len(named) * _NUMBERED
        self._small = sum(starts_small(r.text("activity")) for r in named) > len(named) * 0.4

    def goes_on(self, before: Record, record: Record) -> bool:
        """Tell whether a row is the rest of the one before it."""
        if record.text("number") and place_of(record.columns, "number") not in record.above:
            return False
        if len(before.cells) != len(record.cells):
            return False
        value = 1.5 if self._numbered else 0.0
        value += 0.0 if record.text("activity") else 2.0
        value += 1.0 if self._numbered and not (record.text("deadline") or record.text("responsible")) else 0.0
        value -= _OWN if _is_entry_of_its_own(before, record) else 0.0
        return value + sum(self._values(before, record)) >= _LIKELY

    def _values(self, before: Record, record: Record) -> list[float]:
        """Return, cell by cell, how much it goes on with the cell above it."""
        values = []
        for place, (upper, lower) in enumerate(zip(before.cells, record.cells, strict=True)):
            if not lower or place in record.above:
                continue
            role = record.columns[place].role
            if role == "deadline":
                values.append(_of_deadline(upper, lower))
            elif role == "responsible":
                values.append(_of_responsible(upper, lower))
            else:
                values.append(self._of_text(upper, lower, main=role in ("activity", "stage")))
        return values

    def _of_text(self, upper: str, lower: str, *, main: bool) -> float:
        if starts_small(lower):
            return (0.5 if self._small else 3.0) if main else 1.5
        if upper and _HANGING.search(upper[-20:]):
            return 2.0
        if upper and starts_list_entry(lower):
            return 1.0
        return -3.0 if main else -0.5


def _is_entry_of_its_own(before: Record, record: Record) -> bool:
    """Tell whether a row begins with a bullet and has a deadline of its own, as the row before it has."""
    whole = all(_is_whole_date(one.text("deadline")) for one in (before, record))
    return whole and starts_list_entry(record.text("activity"))


def _of_deadline(upper: str, lower: str) -> float:
    if not upper:
        return -2.0 if is_deadline(lower) else 0.0
    if _YEAR.fullmatch(lower) and not _YEARS.search(upper) and is_deadline(glued(upper, lower)):
        return 4.0
    whole = _is_whole_date(upper)
    if is_deadline(glued(upper, lower)) and not (whole and (lower[:1].isupper() or _is_whole_date(lower))):
        return 4.0
    return -3.0 if is_deadline(lower) and not starts_small(lower) else 1.0


def completes_deadline(record: Record, text: str) -> bool:
    """Tell whether a text is nothing but the year that a record's deadline lacks."""
    deadline = record.text("deadline")
    return bool(deadline and _YEAR.fullmatch(text)) and not _YEARS.search(deadline)


def is_unfinished(record: Record) -> bool:
    """Tell whether the last cell of a record ends in the middle of a phrase: «Зам. директора по»."""
    last = next((cell for cell in reversed(record.cells) if cell), "")
    return _HANGING.search(last[-20:]) is not None


def _is_whole_date(cell: str) -> bool:
    """Tell whether a cell says when, be it a bare day: «02.09»."""
    return suits(cell, "deadline") >= _SURELY


def _of_responsible(upper: str, lower: str) -> float:
    if upper and _HANGING.search(upper[-20:]):
        return 2.0
    if starts_small(lower) and not is_post(lower):
        return 1.5
    return -1.0 if not starts_small(lower) else 0.0


def join(before: Record, rest: Record) -> None:
    """Add the cells of a row to those of the one before it."""
    for place, (upper, lower) in enumerate(zip(before.cells, rest.cells, strict=True)):
        if place not in rest.above:
            persons = rest.columns[place].role == "responsible"
            before.cells[place] = glued_posts(upper, lower) if persons else glued_lines(upper, lower)
    before.last = max(before.last, rest.last)
    before.joined = True
    before.sources += rest.sources


def glued_lines(upper: str, lower: str) -> str:
    """Join two cells; an entry of a list stays on a line of its own."""
    return f"{upper}\n{lower}" if upper and starts_list_entry(lower) else glued(upper, lower)
