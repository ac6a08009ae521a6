"""Whatever a school or a methodist typed stays text, and reads back equal with openpyxl and with LibreOffice."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.single import as_csv, as_ods
from mentoring_reports.workbooks.writing.blocks import Fact, Layout, Note, Rows, Title
from mentoring_reports.workbooks.writing.cells import LONGEST_TEXT, Cell, Column, Table, clean
from mentoring_reports.workbooks.writing.writer import Book
from tests.workbooks.office import reopened
from tests.workbooks.reading import opened, plain, row_of
from tests.workbooks.reporting import USUAL, hand_in_accepted

CONTROLS = "".join(map(chr, [*range(32), *range(127, 160)]))
NASTY = [
    "=HYPERLINK(\"http://evil.test\")", "+1+1", "-2", "@SUM(A1)", "{=1}", "http://evil.test/", "1234", "_x0041_",
    "Школа & <b>«Ёлка»</b> \"'", "mailto:a@b.test", "internal:Свод!A1", "<r><t>x</t></r>", "<r></r>", "\ttab\t",
    "  edges  ", "line\nbreak",
    "\u202eright to left\u202c", "👩🏽‍🏫🎓", f"a{CONTROLS}b", "\x00", "\ud800x", "]]>", "&amp;",
    "я" * 40_000, "🎓" * 20_000, "'quoted", "\ufeffmark", "{row}", "%s %(name)s", "\u2028line\u2029",
]  # fmt: skip
anything = st.text(
    st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=()), min_size=1, max_size=40
) | st.sampled_from(NASTY)


def book_of(texts: list[str]) -> bytes:
    """Return a workbook with the texts everywhere where a text can stand."""
    book = Book(title=texts[0], author=texts[0], created=dt.datetime(2026, 1, 1), subject=texts[0])
    page = book.page(texts[0])
    rows = [[Cell(text), Cell(1.0, "number0")] for text in texts]
    page.write([Title(texts[0]), Note(texts[0]), Fact(texts[0], Cell(texts[0]))])
    page.write([Table(columns=[Column("A", texts[0]), Column("B", texts[0])], rows=rows, pinned=True, name="rows")])
    page.finish(Layout.SPREAD)
    large = book.page(texts[0], large=True)
    columns = [Column("A"), Column("B")]
    large.write(
        [
            Rows(
                columns=columns,
                kinds=("text", "number"),
                count=len(texts),
                read=lambda: ((one, 1.0) for one in texts),
                name="d",
            )
        ]
    )
    large.finish()
    book.say({"said": texts[0]})
    return book.to_bytes()


def assert_read_back(book: openpyxl.Workbook, texts: list[str]) -> None:
    small, large = book.worksheets
    for sheet, first in ((small, small.max_row - len(texts) + 1), (large, 2)):
        for place, text in enumerate(texts):
            cell = sheet.cell(first + place, 1)
            assert plain(cell.value) == clean(text), sheet.title
            assert cell.data_type != "f"
            assert cell.hyperlink is None


@given(st.lists(anything, min_size=1, max_size=8))
@example(NASTY)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_openpyxl_reads_back_what_was_typed(texts):
    content = book_of(texts)

    assert_read_back(openpyxl.load_workbook(io.BytesIO(content)), texts)


@pytest.mark.office
def test_libreoffice_reads_back_what_was_typed(tmp_path):
    texts = [text for text in NASTY if text != "\x00"]

    book = reopened(book_of(texts), tmp_path)

    for place, text in enumerate(texts):
        cell = book.worksheets[1].cell(2 + place, 1)
        assert (cell.value or "") == clean(text)
        assert cell.data_type != "f"
        assert cell.hyperlink is None


@pytest.mark.office
def test_libreoffice_reads_back_a_single_sheet(tmp_path):
    texts = [text for text in NASTY if text != "\x00"]
    table = Table(columns=[Column("A"), Column("B")], rows=[[Cell(text), Cell(2.0, "number0")] for text in texts])

    book = reopened(as_ods("Лист", [table]), tmp_path, source="ods")

    for place, text in enumerate(texts):
        cell = book.active.cell(2 + place, 1)
        assert (cell.value or "") == clean(text).replace("\t", "")  # LibreOffice 7 drops the marks of tabs
        assert cell.data_type != "f"


@given(st.lists(anything, min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_cell_of_a_csv_file_is_a_formula(texts):
    table = Table(columns=[Column("A")], rows=[[Cell(text)] for text in texts])

    lines = as_csv([table]).decode().lstrip("\ufeff").split("\r\n")

    assert not [line for line in lines if line.strip('" \xa0').startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "<r><t>x</t></r>", "Школа\t«Ёлка» 👩🏽‍🏫 \u202e", "_x0041_"])
def test_a_schools_name_stays_text_on_every_sheet(round_, alpha, name):
    hand_in_accepted(round_, alpha, USUAL, name=name)

    book = opened(make_workbook(Choices(round_id=round_.pk)).content, values=False)

    for title in ("Школы", "Дорожные карты", "Методика"):
        cell = book[title].cell(row_of(book[title], clean(name)), 1)
        assert cell.data_type == "s"
        assert cell.hyperlink is None
    assert clean(name) in {plain(cell.value) for cell in book["Данные"]["E"]}


def test_characters_that_xml_refuses_are_dropped_and_long_texts_cut():
    assert clean("a\x01b\x0bc\ufffed\ud800e\nf\tg\r\nh") == "abcde\nf\tg\nh"
    assert len(clean("я" * 40_000)) == LONGEST_TEXT
    assert len(clean("🎓" * 40_000)) == LONGEST_TEXT // 2  # spreadsheets count two for each


def test_sheet_names_are_safe_and_never_repeat():
    book = Book(title="t", author="a", created=dt.datetime(2026, 1, 1))
    wanted = [
        "a/b:c*?[d]\\e", "Очень длинное имя листа, которое не поместится", "свод", "Свод", "''", "🎓" * 30,
        "Очень длинное имя листа, которое не поместится", "'quoted'", "history", "a\nb", "Свод",
    ]  # fmt: skip
    names = [book.page(name).name for name in wanted]
    content = book.to_bytes()

    assert opened(content).sheetnames == names
    assert len({name.casefold() for name in names}) == len(names)
    assert max(len(name.encode("utf-16-le")) // 2 for name in names) <= 31
