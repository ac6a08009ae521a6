"""An uploaded file as texts at addresses. Columns and lines are found by their marks and codes, wherever they stand."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import get_column_letter

from mentoring_reports.workbooks.writing.fillable import HIDDEN_SHEET

from . import layout
from .archive import ensure_harmless
from .errors import DuplicateLine, FileRefused, NotAWorkbook, NotOurForm, TooLarge
from .layout import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ROWS, MOST_COLUMNS = 3000, 60
LONGEST_TEXT, MOST_TEXT = 4000, 1_000_000
NOISE = Decimal("1e-9")  # what binary arithmetic adds to a number that was computed in the spreadsheet
FOUR_PLACES, LARGEST = Decimal("0.0001"), Decimal(10) ** 15
# What a cell may hold instead of a number or a text.
DATE, YES_NO, BROKEN, UNCOMPUTED = "date", "yes or no", "broken formula", "uncomputed formula"
Grid = list[tuple[Any, ...]]


@dataclass(frozen=True)
class FilledCell:
    """What a cell holds, as text; or, as `problem`, why it is neither a number nor a text."""

    address: str
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class FilledLine:
    """The cells of one data element by their marks; those that the file lacks are absent."""

    code: str
    cells: Mapping[str, FilledCell]


@dataclass(frozen=True)
class FilledForm:
    """A file that was sent back: what it says it is, its lines, and what it held when it was made."""

    facts: Mapping[str, str]
    lines: list[FilledLine] = field(default_factory=list)
    given: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def draft_version(self) -> int:
        """Return the version of the draft that the file was made from."""
        text = self.facts.get(layout.DRAFT_VERSION, "")
        return int(text) if text.isascii() and text.isdigit() else 0

    def as_json(self) -> dict[str, Any]:
        """Return it as a session can keep it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> FilledForm:
        """Return what `as_json` made."""
        lines = [
            FilledLine(line["code"], {mark: FilledCell(**cell) for mark, cell in line["cells"].items()})
            for line in kept["lines"]
        ]
        return cls(kept["facts"], lines, {code: Texts(*texts) for code, texts in kept["given"].items()})


def read_form(content: bytes) -> FilledForm:
    """Return what an uploaded file holds. Raises the errors of `errors`; never anything else."""
    ensure_harmless(content)
    try:
        computed, written = _grids(content, data_only=True), _grids(content, data_only=False)
    except FileRefused:
        raise
    except Exception as error:  # a parser of strangers' files: whatever it trips over, the file is at fault
        raise NotAWorkbook from error
    hidden = computed.pop(HIDDEN_SHEET, [])
    facts, given = _facts(hidden), _given(hidden)
    if facts.get(layout.KIND) != layout.KIND_OF_FILE:
        raise NotOurForm
    for name, grid in computed.items():
        if marks := _marks(grid):
            return _modest(FilledForm(facts, list(_lines(grid, written.get(name, []), marks)), given))
    raise NotOurForm


def _modest(form: FilledForm) -> FilledForm:
    """Return the form; raise `TooLarge` for one whose few bytes repeat a long text many times."""
    texts = [*form.facts.values(), *(text for given in form.given.values() for text in given)]
    texts += [cell.text for line in form.lines for cell in line.cells.values()]
    if sum(map(len, texts)) > MOST_TEXT:
        raise TooLarge
    return form


def _grids(content: bytes, *, data_only: bool) -> dict[str, Grid]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    try:
        return {sheet.title: _grid(sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _grid(sheet: Any) -> Grid:
    """Return the sheet's upper left part: more than any form needs, whatever size the file claims to have."""
    sheet.reset_dimensions()
    return list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True))


def _facts(hidden: Grid) -> dict[str, str]:
    return {_text(row[0]): _text(row[1]) for row in hidden if row[0] in layout.FACTS}


def _given(hidden: Grid) -> dict[str, Texts]:
    rows = [[_text(cell) for cell in row[1:5]] for row in hidden if row[0] == layout.GIVEN]
    return {code: Texts(*texts) for code, *texts in rows}


def _marks(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return the row of the marks and the column of each; None where a sheet has none."""
    for number, row in enumerate(grid):
        places = {cell: place for place, cell in enumerate(row) if isinstance(cell, str) and cell in layout.MARKS}
        if layout.CODE in places and layout.VALUE in places:
            return number, places
    return None


def _lines(grid: Grid, written: Grid, marks: tuple[int, dict[str, int]]) -> Iterator[FilledLine]:
    start, places = marks
    seen: dict[str, str] = {}
    for number, row in enumerate(grid[start + 1 :], start + 1):
        code = _text(row[places[layout.CODE]]).strip() if row else ""
        address = _address(number, places[layout.CODE])
        if not code or not _is_code(code):
            continue
        if code in seen:
            raise DuplicateLine(seen[code], address)
        seen[code] = address
        source = written[number] if number < len(written) else ()
        yield FilledLine(
            code, {mark: _cell(number, place, row, source) for mark, place in places.items() if mark in layout.READ}
        )


def _is_code(text: str) -> bool:
    return text == layout.NOTE or (text.isascii() and text.isidentifier() and text == text.lower())


def _cell(number: int, place: int, row: tuple[Any, ...], source: Iterable[Any]) -> FilledCell:
    value, address = row[place], _address(number, place)
    if isinstance(value, bool):
        return FilledCell(address, problem=YES_NO)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return FilledCell(address, problem=DATE)
    if isinstance(value, str) and value in ERROR_CODES:
        return FilledCell(address, problem=BROKEN)
    if value is None and str(next(iter(list(source)[place : place + 1]), "")).startswith("="):
        return FilledCell(address, problem=UNCOMPUTED)
    return FilledCell(address, _text(value))


def _text(value: Any) -> str:
    """Return a cell's content as text; a number as `numbers.read_number` reads it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_text(Decimal(repr(value)))
    return str("" if value is None else value).replace("\x00", "")[: LONGEST_TEXT + 1]


def _number_text(number: Decimal) -> str:
    if not number.is_finite() or abs(number) >= LARGEST:
        return str(number)
    near = number.quantize(FOUR_PLACES)
    return f"{(near if abs(number - near) <= NOISE else number).normalize():f}"


def _address(number: int, place: int) -> str:
    return f"{get_column_letter(place + 1)}{number + 1}"
