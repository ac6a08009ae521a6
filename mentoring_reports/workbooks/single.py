"""One sheet of the workbook as a file of its own: CSV or ODS, from the same class as in the workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mentoring_reports.indicators.formulas import PERCENT, rounded
from mentoring_reports.submissions.csv_files import MARK, as_text
from mentoring_reports.submissions.judging import exact
from mentoring_reports.submissions.snapshots import one_snapshot

from .choices import Choices
from .export import Progress, file_name, gather, in_its_language, moment_of, silent
from .sheets import registered
from .wording import WARNING, names_unreadable, unreadable_note
from .writing.blocks import Block, Fact, Gap, Note, Rows, Title
from .writing.cells import MISSING, Cell, Column, Table, clean
from .writing.ods import Spreadsheet


class Kind(StrEnum):
    """A format, by the ending of its files."""

    CSV = "csv"
    ODS = "ods"


class SheetFile(NamedTuple):
    """A finished file."""

    name: str
    content: bytes
    content_type: str


class NoSuchSheet(LookupError):
    """No sheet has this code."""

    def __str__(self) -> str:
        """Say so."""
        return _("There is no such sheet.")


CONTENT_TYPES = {Kind.CSV: "text/csv; charset=utf-8", Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet"}


def make_sheet(
    choices: Choices, code: str, kind: Kind, *, previous: Mapping[str, Any] | None = None, progress: Progress = silent
) -> SheetFile:
    """Return one sheet as a file; call it in the municipality's schema. Raises `NoSuchSheet`, `Round.DoesNotExist`."""
    sheet = next((one for one in registered() if one.code == code), None)
    if sheet is None:
        raise NoSuchSheet
    with in_its_language(), one_snapshot():
        source = gather(choices, previous=previous, progress=progress)
        blocks: list[Block] = list(sheet.blocks(source))
        if source.read.unreadable and not names_unreadable(blocks):
            blocks += [Gap(), Note(unreadable_note(source.read.unreadable), WARNING)]
        content = as_csv(blocks) if kind is Kind.CSV else as_ods(sheet.title(), blocks)
        name = file_name(source.round, moment_of(source).date(), kind.value, sheet.title())
    return SheetFile(name, content, CONTENT_TYPES[kind])


def as_csv(blocks: Sequence[Block]) -> bytes:
    """Return blocks as CSV that Russian spreadsheets open: a single table stands alone, several under their titles.

    Below a table alone stands only a warning: what is left out of it is named.
    """
    file = io.StringIO()
    file.write(MARK)
    writer = csv.writer(file, delimiter=";")
    tables = [block for block in blocks if isinstance(block, Table | Rows)]
    warnings = [block for block in blocks if isinstance(block, Note) and block.style == WARNING]
    alone = [*tables, Gap(), *warnings] if warnings else tables
    for block in alone if len(tables) == 1 else blocks:
        writer.writerows(_lines(block))
    return file.getvalue().encode()


def as_ods(title: str, blocks: Sequence[Block]) -> bytes:
    """Return blocks as an OpenDocument spreadsheet, formulas of totals included."""
    spreadsheet = Spreadsheet(title)
    for block in blocks:
        spreadsheet.write(block)
    return spreadsheet.to_bytes()


def cell_text(cell: Cell) -> str:
    """Return a cell as CSV has it: a number with a decimal comma and no unit, «—» where it is missing."""
    if cell.style == "blank":
        return ""
    value = cell.value
    if value is None or isinstance(value, str | dt.date):
        return plain_text(value)
    number = exact(value)
    assert number is not None  # noqa: S101  (a cell holds None instead)
    kind, digits = cell.style.rstrip("0123456789"), cell.style[-1]
    if not digits.isdecimal():
        return plain_text(value)
    share = PERCENT if kind.endswith("percent") else 1
    return f"{rounded(number * share, int(digits)):f}".replace(".", ",")


def plain_text(value: str | float | dt.date | None) -> str:
    """Return a plain value as CSV has it; no text is a formula."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return as_text(clean(value))
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return f"{exact(value) or 0:f}".removesuffix(".0").replace(".", ",")


def _lines(block: Block) -> Iterator[list[str]]:
    match block:
        case Title() | Note():
            yield [plain_text(block.text)]
        case Fact():
            yield [plain_text(block.label), cell_text(block.value)]
        case Gap():
            yield []
        case Table():
            yield _headers(block.columns)
            yield from ([cell_text(cell) for cell in row] for row in (*block.rows, *block.totals))
        case Rows():
            yield _headers(block.columns)
            yield from ([plain_text(value) for value in row] for row in block.read())


def _headers(columns: Sequence[Column]) -> list[str]:
    return [plain_text(": ".join(part for part in (column.group, column.header) if part)) for column in columns]
