"""What a workbook is made of, as data: the manifest, its digest, and what a file that comes back says of itself.

The file carries the digest in its document properties and on «Методика»; the manifest itself lies beside the file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import openpyxl

from .revisions import ROW_END, canonical

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round

    from .choices import Choices
    from .revisions import Revisions

PROGRAM = "mentoring-portal 0.1.0"
DIGEST, DATA, ROUND, MUNICIPALITY, MADE_FROM, MADE_BY, DATA_SHEETS = (
    "manifest_sha256",
    "data_sha256",
    "round",
    "municipality",
    "made_from",
    "program",
    "data_sheets",
)
PROPERTIES_PART = "docProps/custom.xml"
MOST_PROPERTIES = 100_000  # bytes of that part: a larger one is not ours
BETWEEN_SHEETS = "/"  # no sheet's name has it
# What a file makes its readers raise that is no archive, or a damaged one.
NO_WORKBOOK = (
    EOFError, KeyError, OSError, RuntimeError, ValueError,
    ElementTree.ParseError, lzma.LZMAError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
HEADER_ROWS = 1
DATA_COLUMNS = 12  # of «Данные»
LAST_ROW = 1_048_576  # of any sheet
ESCAPED = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)")  # how a file keeps such a text from being read as a character


def build(  # noqa: PLR0913  (a manifest is made of this much)
    *,
    choices: Choices,
    round_: Round,
    compared: Round | None,
    rounds: Iterable[Round],
    read: Revisions,
    as_of: dt.date,
    course: str,
    previous: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the manifest: JSON-ready, the same for the same data."""
    listed = list(rounds)
    accepted = [line["accepted_at"] for line in read.used if line["accepted_at"]]
    return {
        "program": PROGRAM,
        "municipality": round_.municipality.name,
        "round": _round(round_),
        "compared": _round(compared) if compared else None,
        "form_versions": {one.code: f"{one.form.code} {one.form.version}" for one in listed},
        "choices": choices.as_json(),
        "rounds": described(listed),
        "revisions": [dict(line) for line in read.used],
        "unreadable": [dict(line) for line in read.unreadable],
        "rows": read.rows,
        "data_sha256": read.data_sha256,
        "as_of": as_of.isoformat(),
        "course_sha256": course,
        "made_from": max(accepted) if accepted else None,
        "previous": digest(previous) if previous else None,  # the file that «Изменения» tells the changes against
    }


def described(rounds: Iterable[Round]) -> list[dict[str, Any]]:
    """Return rounds as a manifest has them."""
    return [_round(one) for one in rounds]


def digest(manifest: Mapping[str, Any]) -> str:
    """Return SHA-256 of a manifest as canonical JSON: keys sorted, no spaces, UTF-8."""
    return hashlib.sha256(canonical_json(manifest)).hexdigest()


def canonical_json(manifest: Mapping[str, Any]) -> bytes:
    """Return a manifest as the bytes that its digest is made of."""
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def facts(manifest: Mapping[str, Any], checksum: str, data_sheets: Iterable[str]) -> dict[str, str]:
    """Return what a file says of itself, by the names of its document properties."""
    return {
        DIGEST: checksum,
        DATA: manifest["data_sha256"],
        ROUND: manifest["round"]["code"],
        MUNICIPALITY: manifest["municipality"],
        MADE_FROM: manifest["made_from"] or "",
        MADE_BY: manifest["program"],
        DATA_SHEETS: BETWEEN_SHEETS.join(data_sheets),
    }


def read_back(file: bytes | Path) -> dict[str, str] | None:
    """Return what a file says of itself; None for one that is not ours, or no workbook at all."""
    try:
        with zipfile.ZipFile(_opened(file)) as archive:
            if archive.getinfo(PROPERTIES_PART).file_size > MOST_PROPERTIES:
                return None
            root = ElementTree.fromstring(archive.read(PROPERTIES_PART))  # noqa: S314  (small, and entities are bounded)
    except NO_WORKBOOK:
        return None
    found = {one.get("name", ""): "".join(one.itertext()) for one in root}
    return found if DIGEST in found else None


def data_of(file: bytes | Path, *, most: int | None = None) -> str | None:
    """Return the checksum of the rows of the file's own «Данные», to hold against what it says; None without them.

    `most` is how many rows are expected: of more, as of more columns, only so much is read that the checksum differs. A
    small file can claim a million of each. Raises whatever openpyxl raises for a file that is no workbook: ask
    `read_back` first.
    """
    said = read_back(file)
    names = [name for name in (said or {}).get(DATA_SHEETS, "").split(BETWEEN_SHEETS) if name]
    if not names:
        return None
    book = openpyxl.load_workbook(_opened(file), read_only=True, data_only=True)
    checksum, read = hashlib.sha256(), 0
    for name in dict.fromkeys(names):
        if name not in book.sheetnames:
            return None
        for row in _data_rows(book[name], None if most is None else most + 1 - read):
            checksum.update(f"{canonical([_plain(cell) for cell in row])}{ROW_END}".encode())
            read += 1
    return checksum.hexdigest()


def _data_rows(sheet: Any, most: int | None) -> Iterable[Sequence[Any]]:
    last_row = min(sheet.max_row or LAST_ROW, LAST_ROW if most is None else HEADER_ROWS + most)
    last_column = min(sheet.max_column or DATA_COLUMNS + 1, DATA_COLUMNS + 1)
    return sheet.iter_rows(min_row=HEADER_ROWS + 1, max_row=last_row, max_col=last_column, values_only=True)


def _plain(cell: Any) -> Any:
    """Return a cell as it was written: an empty text reads back as nothing, an escaped one as it is in the file."""
    if cell is None:
        return ""
    return ESCAPED.sub(r"\1", cell) if isinstance(cell, str) else cell


def _opened(file: bytes | Path) -> io.BytesIO | Path:
    return io.BytesIO(file) if isinstance(file, bytes) else file


def _round(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.pk,
        "code": round_.code,
        "title": round_.title,
        "period_start": round_.period_start.isoformat(),
        "period_end": round_.period_end.isoformat(),
        "due": round_.due.isoformat(),
        "closes": round_.closes.isoformat(),
        "form": f"{round_.form.code} {round_.form.version}",
    }
