"""A round's form as a file in the tests: made by the portal, filled in as people do, read back. Call in a school."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook, load_workbook

from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.models import Draft
from mentoring_reports.reports.spreadsheet import layout
from mentoring_reports.reports.spreadsheet.comparing import Plan
from mentoring_reports.reports.spreadsheet.outgoing import spreadsheet
from mentoring_reports.reports.spreadsheet.reading import read_form
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation

COLUMNS = {layout.VALUE: "F", layout.REASON: "G", layout.EXPLANATION: "H"}


def downloaded(round_: Round, school: Organisation) -> bytes:
    """Return the file that the school would download now."""
    draft = Draft.objects.filter(round_id=round_.pk).first()
    basis = Basis.of(round_, school)
    version = draft.version if draft else 0
    return spreadsheet(basis, Filling.of_draft(basis, draft), school=school, due=round_.due, version=version).content


def opened(content: bytes) -> Workbook:
    """Return the file as openpyxl sees it."""
    return load_workbook(io.BytesIO(content))


def packed(book: Workbook) -> bytes:
    """Return the file again."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def filled(content: bytes, cells: Mapping[tuple[str, str], Any]) -> bytes:
    """Write into the cells named by (code, mark), as a person would, and return the file."""
    book = opened(content)
    for (code, mark), value in cells.items():
        book.worksheets[0][address(content, code, mark)] = value
    return packed(book)


def address(content: bytes, code: str, mark: str = layout.VALUE) -> str:
    """Return the address of a cell of the file as it was downloaded."""
    sheet = opened(content).worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == code)
    return f"{COLUMNS[mark]}{row}"


def plan_of(content: bytes, round_: Round, school: Organisation) -> Plan:
    """Return what the file would change in the school's draft as it is now."""
    basis = Basis.of(round_, school)
    draft = Draft.objects.filter(round_id=round_.pk).first()
    return Plan.of(basis, Filling.of_draft(basis, draft), read_form(content))


def changes(plan: Plan) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what would change: (before, after) by (code, mark)."""
    return {(change.code, change.mark): (change.before, change.after) for change in plan.changes}
