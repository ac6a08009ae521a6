"""Documents of every format, made of rows: text as copied out of Word, CSV, DOCX, XLSX and PDF."""

from __future__ import annotations

import csv
import io
import random

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from mentoring_reports.roadmaps.importing.plans import Reading
from mentoring_reports.roadmaps.readers.document import Document
from tests.roadmaps.importing.faults import Line

BEFORE = (
    "ПРИКАЗ", "О внедрении целевой модели наставничества", "В целях реализации национального проекта приказываю:",
    "1. Утвердить план согласно приложению.", "2. Контроль за исполнением приказа оставляю за собой.",
    "Список используемых сокращений", "ПН – программа наставничества",
)  # fmt: skip
AFTER = ("Директор школы ____________ /________/", "С приказом ознакомлены: ____________")
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def as_text(
    title: str, lines: list[Line], rng: random.Random, *, trailing: bool = True, flowing: bool = False
) -> bytes:
    """Return text with tabs; `flowing` breaks lines inside cells, not `trailing` loses the tabs of empty cells."""
    written = [*BEFORE, "", title, ""]
    for line in lines:
        cells = [_flowing(cell, rng) if flowing and line.kind == "item" else cell for cell in line.cells]
        text = "\t".join(cells)
        written.append(text if trailing else text.rstrip("\t"))
    return "\n".join([*written, "", *AFTER, ""]).encode()


def _flowing(cell: str, rng: random.Random) -> str:
    """Break a cell into lines before words in small letters."""
    words = cell.split(" ")
    return "".join(
        word if n == 0 else f"\n{word}" if word[:1].islower() and rng.random() < 0.3 else f" {word}"
        for n, word in enumerate(words)
    )


def as_csv(title: str, lines: list[Line], *, delimiter: str = ";", encoding: str = "cp1251") -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow([title])
    for line in lines:
        writer.writerow(line.cells)
    return written.getvalue().encode(encoding, errors="replace")


def as_docx(title: str, lines: list[Line]) -> bytes:
    """Return a Word document: sections are merged across, a stage column is merged downwards."""
    document = docx.Document()
    for text in (*BEFORE, "", title):
        document.add_paragraph(text)
    table = None
    width = max(len(line.cells) for line in lines)
    for line in lines:
        if line.kind == "noise" and len(line.cells) == 1:
            continue
        table = table or document.add_table(rows=0, cols=width)
        cells = table.add_row().cells
        if line.spanning:
            cells[0].merge(cells[-1]).text = line.cells[0]
            continue
        for cell, text in zip(cells, line.cells, strict=False):
            cell.text = text
    for text in AFTER:
        document.add_paragraph(text)
    return saved(document.save)


def as_xlsx(title: str, lines: list[Line]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    for number, line in enumerate(lines, start=2):
        for column, cell in enumerate(line.cells, start=1):
            sheet.cell(number, column, cell or None)
        if line.spanning and len(line.cells) > 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(line.cells))
    return saved(book.save)


def as_pdf(title: str, lines: list[Line]) -> bytes:
    """Return a PDF with ruled tables over as many pages as they need."""
    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    style = ParagraphStyle("cell", fontName="DejaVu", fontSize=9)
    width = max(len(line.cells) for line in lines)
    rows, spans = [], []
    for line in lines:
        if line.kind == "noise" and len(line.cells) == 1:
            continue
        if line.spanning:
            spans.append(("SPAN", (0, len(rows)), (-1, len(rows))))
        cells = [Paragraph(cell.replace("\n", "<br/>"), style) for cell in line.cells]
        rows.append([*cells, *[""] * (width - len(cells))])
    widths = [780 / width] * width
    table = Table(rows, colWidths=widths, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans])
    texts = [Paragraph(text, style) for text in (*BEFORE, title)]
    return saved(lambda stream: _built(stream, [*texts, table, *[Paragraph(text, style) for text in AFTER]]))


def _built(stream: io.BytesIO, story: list) -> None:
    SimpleDocTemplate(stream, pagesize=landscape(A4), leftMargin=20, rightMargin=20).build(story)


def saved(save) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def assert_nothing_lost(document: Document, reading: Reading) -> None:
    """Every row of the source is in an activity, in a section's title, or passed over with a reason."""
    taken = [(skipped.first, skipped.last) for skipped in reading.skipped]
    for plan in reading.plans:
        taken += [(item.first, item.last) for item in plan.items]
        taken += [rows for section in plan.sections for rows in section.rows]
    lost = [row for row in document.rows if not any(a <= row.first and row.last <= b for a, b in taken)]
    assert not lost, lost
    assert all(skipped.why for skipped in reading.skipped)
