"""A workbook's structure as readable text: what a reviewer sees of a change to it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

SNAPSHOT = Path(__file__).with_name("structure.txt")
MOST_ROWS, LONGEST = 60, 500  # of a sheet; characters of a row: what follows is more of the same


def structure(content: bytes) -> str:
    """Return sheets, columns, formats, panes, filters, charts, names and print set-up; no figures and no dates."""
    book = openpyxl.load_workbook(BytesIO(content))
    lines = [f"properties: {', '.join(sorted(one.name for one in book.custom_doc_props.props))}"]
    lines += [f"name {name}: {_shape(area.attr_text)}" for name, area in sorted(book.defined_names.items())]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for place, sheet in enumerate(book, start=1):
            lines += ["", f"== {sheet.title}", *_print(sheet), *_tables(sheet), *_charts(archive, place)]
            rows = list(_rows(sheet))
            lines += [f"  {line[:LONGEST]}" for line in rows[:MOST_ROWS]] + ["  …"] * (len(rows) > MOST_ROWS)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _print(sheet: Worksheet) -> Iterator[str]:
    setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    fitted = f"fit {setup.fitToWidth}×{setup.fitToHeight}" if fit and fit.fitToPage else f"scale {setup.scale}"
    yield f"print: paper {setup.paperSize} {setup.orientation}, {fitted}, rows {sheet.print_title_rows}, " + (
        f"columns {sheet.print_title_cols}, area {_shape(sheet.print_area or '')}"
    )
    yield f"footer: {bool(sheet.oddFooter.left.text)} / {sheet.oddFooter.center.text} / {sheet.oddFooter.right.text}"
    breaks = [one.id for one in sheet.col_breaks.brk]
    yield f"panes: {sheet.freeze_panes}, filter: {_shape(sheet.auto_filter.ref or '')}, breaks before: {breaks}"
    yield f"protected: {sheet.protection.sheet}, merged: {len(sheet.merged_cells.ranges)}"
    widths = [f"{one}:{sheet.column_dimensions[one].width:g}" for one in _letters(sheet)]
    yield f"widths: {' '.join(widths)}"


def _letters(sheet: Worksheet) -> list[str]:
    used = (get_column_letter(place) for place in range(1, sheet.max_column + 1))
    return [letter for letter in used if letter in sheet.column_dimensions]


def _tables(sheet: Worksheet) -> Iterator[str]:
    for table in sheet.tables.values():
        yield f"table {table.name}: {', '.join(column.name for column in table.tableColumns)}"
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        yield f"rules {_shape(str(area.sqref))}: {', '.join(rule.type for rule in rules)}"


def _charts(archive: zipfile.ZipFile, place: int) -> Iterator[str]:
    links = f"xl/worksheets/_rels/sheet{place}.xml.rels"
    if links not in archive.namelist():
        return
    drawing = re.search(r"drawings/(drawing\d+)\.xml", archive.read(links).decode())
    if not drawing:
        return
    told = re.findall(r'descr="([^"]*)"', archive.read(f"xl/drawings/{drawing[1]}.xml").decode())
    related = archive.read(f"xl/drawings/_rels/{drawing[1]}.xml.rels").decode()
    for chart, words in zip(re.findall(r"charts/(chart\d+)\.xml", related), told, strict=True):
        xml = archive.read(f"xl/charts/{chart}.xml").decode()
        kind = next(kind for kind in ("barChart", "lineChart", "doughnutChart") if kind in xml)
        title = "".join(re.findall(r"<a:t>([^<]*)</a:t>", xml))
        series = [_shape(area) for area in re.findall(r"<c:val>.*?<c:f>([^<]*)</c:f>", xml)]
        yield f"chart {kind} «{title}», in words: {bool(words)}, series: {'; '.join(series)}"


def _rows(sheet: Worksheet) -> Iterator[str]:
    """Yield each row's texts without figures; rows alike are told once."""
    before = ""
    for row in sheet.iter_rows():
        cells = [_cell(cell) for cell in row]
        told = " | ".join(cells).rstrip(" |")
        shape = re.sub(r"\d+", "#", told)
        if told and shape != before:
            yield told
        before = shape


def _cell(cell: openpyxl.cell.cell.Cell) -> str:
    value, look = cell.value, cell.number_format
    if value is None:
        return ""
    if cell.data_type == "f":
        return f"{_shape(str(value))} [{look}]{'' if cell.protection.locked else ' free'}"
    if isinstance(value, int | float):
        return f"# [{look}]"
    if cell.is_date:
        return f"date [{look}]"
    text = re.sub(r"[0-9a-f]{12,64}", "sha", str(value))
    return re.sub(r"\d{2}\.\d{2}\.\d{4}( \d{2}:\d{2})?", "date", text)[:90]


def _shape(area: str) -> str:
    return area.replace("$", "")
