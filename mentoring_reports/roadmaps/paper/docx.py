"""The official table as a Word document: A4 landscape, the heading row on every page, no row torn in two."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from .archive import timeless
from .docx_markup import keep_whole, landscape, repeat, russian
from .sheet import Paper

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLE_WIDTH = 257  # mm: A4 landscape less its margins
_TEXT, _CELL = Pt(12), Pt(10)
_LEFT_OF_APPROVAL = Mm(165)


def as_docx(paper: Paper) -> bytes:
    """Return the document; the same paper gives the same bytes."""
    document = docx.Document()
    _set_up(document, paper)
    _write_head(document, paper)
    if paper.has_rows:
        _write_table(document, paper)
    else:
        _line(document, paper.empty)
    _line(document, "")
    for text in paper.signatures:
        _line(document, text)
    stream = io.BytesIO()
    document.save(stream)
    return timeless(stream.getvalue(), paper.year)


def _set_up(document: Any, paper: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", _TEXT
    style.paragraph_format.space_after = Pt(0)
    russian(style)
    landscape(document.sections[0])
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title[:255], paper.author[:255], "ru-RU"
    properties.last_modified_by = properties.comments = ""


def _write_head(document: Any, paper: Paper) -> None:
    if paper.mark:
        _line(document, paper.mark, ALIGN.RIGHT, italic=True)
    for text in paper.approval:
        _line(document, text).paragraph_format.left_indent = _LEFT_OF_APPROVAL
    _line(document, "")
    for text in paper.above:
        _line(document, text, ALIGN.CENTER)
        _line(document, "")
    _line(document, paper.title, ALIGN.CENTER, bold=True)
    _line(document, "")  # an empty line: what follows is no part of the title
    _line(document, paper.period, ALIGN.CENTER)
    _line(document, "")


def _line(document: Any, text: str, align: Any = None, **font: bool) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _say(paragraph, text, **font)
    return paragraph


def _write_table(document: Any, paper: Paper) -> None:
    table = document.add_table(rows=0, cols=len(paper.columns))
    table.style, table.autofit = "Table Grid", False
    widths = [Mm(TABLE_WIDTH * column.share) for column in paper.columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    repeat(_row(table, [column.heading for column in paper.columns], widths, bold=True))
    for block in paper.blocks:
        _title_row(table, block.title)
        for cells in block.rows:
            _row(table, cells, widths)


def _row(table: Any, texts: Sequence[str], widths: Sequence[Any], *, bold: bool = False) -> Any:
    row = table.add_row()
    keep_whole(row)
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        _fill(cell, text, bold=bold)
    return row


def _title_row(table: Any, title: str) -> None:
    """Write a section's title across the table; it stays with the first activity under it."""
    row = table.add_row()
    keep_whole(row)
    cells = row.cells
    merged = cells[0].merge(cells[-1])
    _fill(merged, title, bold=True)
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(cell: Any, text: str, *, bold: bool) -> None:
    """Write a text into a cell, a paragraph for each of its lines."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _say(paragraph, line, bold=bold)
        for run in paragraph.runs:
            run.font.size = _CELL


def _say(paragraph: Any, text: str, **font: bool) -> None:
    if not text:
        return
    run = paragraph.add_run(text)
    for name, value in font.items():
        setattr(run.font, name, value)
