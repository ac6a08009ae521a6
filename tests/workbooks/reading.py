"""Workbooks read back."""

from __future__ import annotations

import io
import re

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

FORMULA = "f"
SHEETS = [
    "Свод", "Школы", "Территории", "Типы ОО", "Динамика", "Не сдали и опоздали", "Дорожные карты", "Изменения",
    "Данные", "Методика",
]  # fmt: skip


def opened(content: bytes, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def row_of(sheet: Worksheet, first_cell: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if plain(sheet.cell(row, 1).value) == first_cell)


def records(sheet: Worksheet, first_header: str, *, column: int = 1) -> list[dict[str, object]]:
    """Return the rows of a table by its headers, from the header with this text down to the first empty row."""
    top = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == first_header)
    headers = [cell.value for cell in sheet[top] if cell.value is not None]
    found = []
    for row in range(top + 1, sheet.max_row + 1):
        cells = [sheet.cell(row, place + 1).value for place in range(len(headers))]
        if cells[0] is None:
            break
        found.append(dict(zip(headers, cells, strict=True)))
    return found


def plain(text: object) -> str:
    """Return the text of a cell: openpyxl leaves an escape in texts that stand in the sheet itself."""
    return re.sub(r"_x005F(_x[0-9A-Fa-f]{4}_)", r"\1", str(text or ""))


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
