"""Documents and drafts for the tests of the wizard, all invented."""

from __future__ import annotations

import io
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mentoring_reports.roadmaps.models import RoadmapImport
from mentoring_reports.roadmaps.wizard.draft import Item, Plan, Section

TITLE = "Дорожная карта наставничества на 2024/2025 учебный год"
HEADER = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")
ROWS: list[tuple[str, ...]] = [
    ("Раздел 1. Подготовка",),
    ("1", "Издать приказ о программе наставничества", "До 10.09.2024", "Директор", "Приказ"),
    ("2", "Провести совещание с наставниками", "сентябрь 2024", "Куратор", "Протокол"),
    ("4", "Составить базу наставляемых", "когда получится", "Куратор", "База"),
    ("Раздел 2. Реализация",),
    ("5", "Провести диагностику", "1 раз в квартал", "Педагог-психолог", "Справка"),
    ("6", "Встречи пар", "В течение учебного года", "Наставники", "Журнал"),
]


def document(rows: list[tuple[str, ...]] = ROWS, title: str = TITLE, header: tuple[str, ...] = HEADER) -> bytes:
    """Return a Word document with one table; a row of one text is the title of a section, merged across."""
    made = docx.Document()
    add_plan(made, rows, title, header)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def add_plan(made: Any, rows: list[tuple[str, ...]], title: str, header: tuple[str, ...] = HEADER) -> None:
    made.add_paragraph(title)
    table = made.add_table(rows=0, cols=len(header))
    for row in (header, *rows):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, text in zip(cells, row, strict=True):
            cell.text = text


def two_plans() -> bytes:
    made = docx.Document()
    add_plan(made, ROWS, TITLE)
    made.add_paragraph("Приложение 2")
    other = [("1", "Открыть школу молодого педагога", "До 01.10.2024", "Методист", "Приказ")]
    add_plan(
        made,
        [*other, ("2", "Провести семинар", "Март 2025", "Методист", "Программа")],
        "План работы методиста на 2024/2025 учебный год",
    )
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def upload(client: Client, content: bytes | None = None, name: str = "карта.docx", **more: Any) -> Any:
    """Send a file to the first screen, and return the response."""
    query = f"?roadmap={more.pop('roadmap')}" if "roadmap" in more else ""
    file = SimpleUploadedFile(name, document() if content is None else content)
    return client.post(f"/admin/roadmap-imports/new/{query}", {"file": file, **more})


def plan(*sections: tuple[str, ...], **fields: Any) -> Plan:
    """Return a plan of sections of activities, keys 1, 2, 3 … in order, the sections' from 101 on."""
    made, key = [], 0
    for place, texts in enumerate(sections):
        items = tuple(Item(key + n, activity=text, rows=(key + n, key + n)) for n, text in enumerate(texts, 1))
        made.append(Section(101 + place, title=f"Раздел {place + 1}", items=items))
        key += len(items)
    return Plan(title="Карта", start="2024-09-01", end="2025-08-31", sections=tuple(made), last_key=200, **fields)


def texts(made: Plan) -> list[list[str]]:
    """Return the activities of each section."""
    return [[item.activity for item in section.items] for section in made.sections]


def latest() -> RoadmapImport:
    return RoadmapImport.objects.latest("pk")
