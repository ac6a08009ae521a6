"""PDF tables without ruling lines: columns by what stays blank, rows by distance, numbers or texts."""

from __future__ import annotations

import pytest
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.roadmaps.importing.documents import FONT, saved
from tests.roadmaps.importing.reading import activities, deadlines, read, sections

HEADER = ("№", "Мероприятие", "Срок", "Ответственный")
ROWS = (
    ("Первый этап",),
    ("1", "Изучение нормативных документов по вопросам наставничества и опыта других школ", "Сентябрь", "Куратор"),
    ("2", "Подготовка пакета локальных актов: положение, приказ, дорожная карта", "до 15.09.2023", "Рабочая группа"),
    ("3", "Совещание при директоре", "20 сентября 2023 г.", "Директор, заместитель директора"),
    ("Второй этап",),
    ("4", "Анкетирование молодых педагогов, обработка и обсуждение анкет", "Октябрь", "Педагог-психолог"),
    ("5", "Закрепление наставнических пар приказом", "до 1 ноября", "Директор"),
    ("6", "Взаимное посещение уроков с последующим обсуждением", "В течение года", "Наставники"),
    ("7", "Круглый стол по итогам года", "Май 2024", "Куратор"),
)
ITEMS = [row for row in ROWS if len(row) > 1]
WIDTHS = (28, 210, 100, 130)


@pytest.mark.parametrize(
    "look",
    [
        {},
        {"justified": True},
        {"numbered": False},
        {"numbered": False, "padding": 3, "align": "MIDDLE"},
        {"align": "MIDDLE", "padding": 2},
        {"numbered": False, "align": "MIDDLE", "across": True},
    ],
)
def test_a_table_without_ruling_lines_is_read_whole(look):
    reading = read(_pdf(ROWS, **look), "plan.pdf")
    assert activities(reading) == [row[1] for row in ITEMS]
    assert deadlines(reading) == [row[2].rstrip(".") for row in ITEMS]
    assert [item.responsible for item in reading.plans[0].items] == [tuple(row[3].split(", ")) for row in ITEMS]
    assert [title for _, title, _ in sections(reading)] == ["Первый этап", "Второй этап"]


def test_a_table_that_goes_on_over_a_page_keeps_its_columns():
    reading = read(_pdf(ROWS, broken_after=7), "plan.pdf")
    assert activities(reading) == [row[1] for row in ITEMS]
    assert len(reading.plans) == 1


def test_texts_in_two_columns_above_the_table_are_no_part_of_it():
    approval = [("РАССМОТРЕНО на педсовете", "УТВЕРЖДАЮ Директор школы"), ("протокол № 1", "приказ № 95")]
    reading = read(_pdf(ROWS, above=approval), "plan.pdf")
    assert activities(reading) == [row[1] for row in ITEMS]


def test_prose_makes_no_table():
    text = "Целью программы является создание условий для адаптации молодых педагогов в коллективе. " * 20
    reading = read(_built([_paragraph(text, TA_JUSTIFY)]), "plan.pdf")
    assert not reading.plans


def _pdf(rows, *, above=(), broken_after=99, **look) -> bytes:
    """Return a plan as Word prints a table without borders."""
    look = {"numbered": True, "padding": 0, "justified": False, "align": "TOP", "across": False} | look
    story = [_table(above, (240, 240), [])] if above else []
    story += [_paragraph("Дорожная карта на 2023–2024 учебный год", TA_CENTER), Spacer(1, 12)]
    style = [("VALIGN", (0, 0), (-1, -1), look["align"]), ("LEFTPADDING", (0, 0), (-1, -1), 5.4)]
    style += [(f"{side}PADDING", (0, 0), (-1, -1), look["padding"]) for side in ("TOP", "BOTTOM")]
    style += [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)] if look["across"] else []
    lines = [row if look["numbered"] or len(row) == 1 else row[1:] for row in (HEADER, *rows)]
    widths = WIDTHS if look["numbered"] else WIDTHS[1:]
    kind = TA_JUSTIFY if look["justified"] else TA_LEFT
    story.append(_table(lines[:broken_after], widths, style, kind))
    if broken_after < len(lines):
        story += [PageBreak(), _table(lines[broken_after:], widths, style, kind)]
    return _built([*story, Spacer(1, 12), _paragraph("Куратор программы _______________", TA_LEFT)])


def _table(lines, widths, style, kind=TA_LEFT):
    spans = [("SPAN", (0, n), (-1, n)) for n, line in enumerate(lines) if len(line) == 1]
    cells = [[_paragraph(text, TA_CENTER if len(line) == 1 else kind) for text in line] for line in lines]
    filled = [[*line, *[""] * (len(widths) - len(line))] for line in cells]
    return Table(filled, colWidths=widths, style=[*style, *spans])


def _paragraph(text: str, kind: int) -> Paragraph:
    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    return Paragraph(text, ParagraphStyle("cell", fontName="DejaVu", fontSize=10, leading=11.7, alignment=kind))


def _built(story: list) -> bytes:
    return saved(lambda stream: SimpleDocTemplate(stream, pagesize=A4, leftMargin=56, rightMargin=42).build(story))
