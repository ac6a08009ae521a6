"""Files that are no form: refused with words before or while they are read, never with a crash or a full memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mentoring_reports.reports.spreadsheet import layout
from mentoring_reports.reports.spreadsheet.archive import MOST_BYTES, WORKBOOK
from mentoring_reports.reports.spreadsheet.errors import (
    DuplicateLine,
    FileRefused,
    HasMacros,
    Locked,
    NotAWorkbook,
    NotOurForm,
    TooLarge,
)
from mentoring_reports.reports.spreadsheet.reading import MOST_COLUMNS, read_form
from mentoring_reports.workbooks.writing.fillable import HIDDEN_SHEET
from tests.reports.sheets import packed

SHEET = "xl/worksheets/sheet1.xml"


def form(lines: list[tuple[object, ...]] | None = None) -> bytes:
    """Return the smallest workbook that passes for a form."""
    book = Workbook()
    sheet = book.active
    for row in [(layout.CODE, layout.VALUE), *(lines or [])]:
        sheet.append(row)
    book.create_sheet(HIDDEN_SHEET).append((layout.KIND, layout.KIND_OF_FILE))
    return packed(book)


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """Return the archive with its entries changed, dropped (None) or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (text := change(name, old.read(name))) is not None:
                new.writestr(name, text)
        for name, text in added.items():
            new.writestr(name, text)
    return file.getvalue()


def with_sheet(text: str) -> bytes:
    """Return a form whose first sheet is this XML."""
    return repacked(form(), lambda name, old: text.encode() if name == SHEET else old)


def rows(inner: str, dimension: str = "A1:B2") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}"><dimension ref="{dimension}"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c>'
        f'<c r="B1" t="inlineStr"><is><t>value</t></is></c></row>{inner}</sheetData></worksheet>'
    )


def test_the_smallest_form_is_read() -> None:
    (line,) = read_form(form([("mentors", 5)])).lines
    assert (line.code, line.cells[layout.VALUE].text, line.cells[layout.VALUE].address) == ("mentors", "5", "B2")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code;value\nmentors;5\n",  # a CSV under another name
        "код;значение\nmentors;5\n".encode("cp1251"),
        b"%PDF-1.7\n" + b"x" * 500,
        b"PK\x03\x04" + b"\0" * 200,
        b"PK\x05\x06" + b"\0" * 18,  # an archive with nothing in it
        form()[:-400],
        form()[:60] + b"\xff" * 40 + form()[100:],
        repacked(form(), lambda name, text: None if name == WORKBOOK else text),
        repacked(form(), lambda name, text: b"<broken" if name == WORKBOOK else text),
        repacked(form(), lambda name, text: None if name == "[Content_Types].xml" else text),
        with_sheet("<worksheet><sheetData><row r='x'><c r='??'><v>1</v></c></row></sheetData></worksheet>"),
        with_sheet(rows('<row r="2"><c r="A2"><v>not a number</v></c></row>')),
        with_sheet(rows('<row r="2"><c r="A2" t="s"><v>99999</v></c></row>')),
        with_sheet('<!DOCTYPE w [<!ENTITY a "b">]>' + rows("")),
        repacked(form(), lambda name, text: text, **{"xl/theme/evil.xml": "<!DOCTYPE x><x/>".encode("utf-16")}),
    ],
)
def test_what_is_no_workbook_is_refused_with_words(content: bytes) -> None:
    with pytest.raises((NotAWorkbook, NotOurForm)):
        read_form(content)


def test_a_file_with_macros_is_refused() -> None:
    with pytest.raises(HasMacros):
        read_form(repacked(form(), lambda _name, text: text, **{"xl/vbaProject.bin": b"\0"}))


def test_a_file_under_a_password_or_of_the_old_kind_is_refused_with_what_to_do() -> None:
    with pytest.raises(Locked):
        read_form(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000)


def test_an_archive_with_an_encrypted_entry_is_refused() -> None:
    content = bytearray(form())
    for place in range(len(content) - 10):
        if content[place : place + 4] == b"PK\x01\x02":
            flags = struct.unpack_from("<H", content, place + 8)[0]
            struct.pack_into("<H", content, place + 8, flags | 1)
    with pytest.raises(Locked):
        read_form(bytes(content))


def test_a_large_file_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_form(b"PK" + b"\0" * MOST_BYTES)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(form(), lambda _name, text: text, **{"xl/media/bomb.bin": b"\0" * 40_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge):
        read_form(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    size = 40_000_000
    bomb = repacked(form(), lambda _name, text: text, **{"xl/media/bomb.bin": b"\0" * size})
    with pytest.raises(FileRefused):
        read_form(bomb.replace(struct.pack("<I", size), struct.pack("<I", 1000)))


def test_very_many_entries_are_refused() -> None:
    many = {f"xl/media/{number}.bin": b"" for number in range(400)}
    with pytest.raises(TooLarge):
        read_form(repacked(form(), lambda _name, text: text, **many))


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "A1", "ZZZ99999999:A1", "nonsense"])
def test_a_sheet_that_claims_to_be_huge_costs_nothing(dimension: str) -> None:
    inner = '<row r="2"><c r="A2" t="inlineStr"><is><t>mentors</t></is></c><c r="B2"><v>5</v></c></row>'
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    try:
        (line,) = read_form(with_sheet(rows(inner + far, dimension))).lines
    except NotAWorkbook:
        assert dimension in {"ZZZ99999999:A1", "nonsense"}
    else:
        assert line.cells[layout.VALUE].text == "5"


def test_a_row_of_very_many_columns_costs_nothing() -> None:
    cells = "".join(f'<c r="{name}2"><v>1</v></c>' for name in ["XFD", "XFC"])
    assert read_form(with_sheet(rows(f'<row r="2">{cells}</row>'))).lines == []
    assert MOST_COLUMNS < 100


@pytest.mark.parametrize("value", ["1e999", "-1e999", "9" * 400, "1e-400", "nan"])
def test_numbers_beyond_measure_are_texts_that_no_check_takes(value: str) -> None:
    inner = f'<row r="2"><c r="A2" t="inlineStr"><is><t>mentors</t></is></c><c r="B2"><v>{value}</v></c></row>'
    try:
        assert read_form(with_sheet(rows(inner))).lines[0].code == "mentors"
    except NotAWorkbook:
        assert value == "nan"


def test_a_small_file_that_repeats_a_long_text_many_times_is_refused() -> None:
    content = form([(f"element_{number}", "x" * 4000) for number in range(400)])
    assert len(content) < 50_000
    with pytest.raises(TooLarge):
        read_form(content)


def test_a_workbook_of_somebody_elses_is_not_our_form() -> None:
    book = Workbook()
    book.active.append(("mentors", 5))
    with pytest.raises(NotOurForm):
        read_form(packed(book))


def test_a_form_without_its_marks_is_not_our_form() -> None:
    book = Workbook()
    book.active.append(("Код", "Значение"))
    book.create_sheet(HIDDEN_SHEET).append((layout.KIND, layout.KIND_OF_FILE))
    with pytest.raises(NotOurForm):
        read_form(packed(book))


def test_a_code_that_stands_twice_is_refused_with_both_cells() -> None:
    with pytest.raises(DuplicateLine, match=r"A2.*A4"):
        read_form(form([("mentors", 5), ("mentees", 6), ("mentors", 7)]))


WHOLE = form([("mentors", 5), ("mentees", "12,5")])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_trips_the_reader(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for place, byte in data.draw(
        st.dictionaries(st.integers(0, len(content) - 1), st.integers(0, 255), max_size=8)
    ).items():
        content[place] = byte
    try:
        read_form(bytes(content))
    except FileRefused as error:
        assert str(error)
