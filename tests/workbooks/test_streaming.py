"""The fast row writer: the XML is XlsxWriter's own, whatever stands in the cells, and readers find the same values."""

from __future__ import annotations

import csv
import datetime as dt
import io
import logging
import math
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from xlsxwriter.exceptions import EmptyChartSeries
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from mentoring_reports.indicators.formulas import TargetState
from mentoring_reports.workbooks.checks import check_fast_writer
from mentoring_reports.workbooks.writing import streaming
from mentoring_reports.workbooks.writing.blocks import Block, Charts, Layout, Note, Rows, Title, needs_cells
from mentoring_reports.workbooks.writing.cells import LONGEST_TEXT, MISSING, Cell, Column, Table, clean
from mentoring_reports.workbooks.writing.streaming import (
    Kind,
    TooManyRows,
    add_large_sheet,
    deflate_name,
    format_columns_from,
    internals_are_known,
    open_book,
    write_cells,
    write_rows,
)
from mentoring_reports.workbooks.writing.writer import Book
from tests.conftest import SOFFICE

FIRST = 2  # the row of a sheet, from 0, where the rows begin
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364600000000600023081d02f"
    "0000000049454e44ae426082"
)
CREATED = {"created": dt.datetime(2026, 1, 31)}
FORMATS: tuple[dict[str, Any] | None, ...] = (
    None,
    {"bold": True},
    {"num_format": "#,##0.00", "border": 1},
    {"num_format": "dd.mm.yyyy", "align": "center"},
)
MISSING_LOOK = {"font_color": "#7b8794", "align": "right"}
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    "https://example.org",
    "mailto:a@example.org",
    "internal:A1",
    "_x0041_",
    "_x005F_x0041_",
    "_x0041_x0042_",
    "\x00",
    "\x1b[0m",
    "\r\n",
    "\r",
    "a\nb",
    " a ",
    "\u00a0a",
    "",
    " ",
    "<r>",
    "<r><t>a</t></r>",
    "</t></is></c>",
    "]]>",
    "&amp;",
    "\"'",
    "\u202eабв",
    "\u200f",
    "\ufeff",
    "🎓",
    "👩‍🏫",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\U0001fffe",
    "—",
    "1",
    "TRUE",
)
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
)
numbers = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4),
)
days = st.one_of(
    st.dates(dt.date(1890, 1, 1), dt.date(2200, 1, 1)),
    st.datetimes(dt.datetime(1890, 1, 1), dt.datetime(2200, 1, 1)),
)
OF_KIND = {Kind.TEXT: texts, Kind.NUMBER: numbers, Kind.DATE: days, Kind.FLAG: st.booleans()}
Frame = tuple[list[Kind], list[int], list[tuple[Any, ...]]]


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """Return the kinds of some columns, the formats of each, and rows with gaps; values repeat."""
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=5))
    formats = [draw(st.integers(0, len(FORMATS) - 1)) for _ in kinds]
    row = st.tuples(*(st.one_of(st.none(), OF_KIND[kind]) for kind in kinds))
    rows = draw(st.lists(row, max_size=8))
    return kinds, formats, rows * 2


def fast(kinds: Sequence[str], formats: Sequence[int], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a book whose rows went through the module."""
    file = io.BytesIO()
    book = open_book(file)
    sheet, looks, missing = prepared(book, add_large_sheet(book, "Данные"))
    write_rows(sheet, FIRST, kinds, [looks[place] for place in formats], rows, missing=missing)
    sheet.write_string(len(rows) + 3, 6, "below")
    book.close()
    return file.getvalue()


def by_hand(kinds: Sequence[str], formats: Sequence[int], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return the same book as XlsxWriter writes it in constant memory, cell by cell."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, looks, missing = prepared(book, book.add_worksheet("Данные"))
    for number, row in enumerate(rows, FIRST):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            write_cell(sheet, (number, place), Kind(kind), value, (looks[formats[place]], missing))
    sheet.write_string(len(rows) + 3, 6, "below")
    book.close()
    return file.getvalue()


def prepared(book: Any, sheet: Any) -> tuple[Any, list[Any], Any]:
    book.set_properties(CREATED)
    looks = [None if look is None else book.add_format(look) for look in FORMATS]
    sheet.set_column(0, 0, 30, book.add_format({"italic": True}))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, 4, 4)
    sheet.set_row(0, 30)
    missing = book.add_format(MISSING_LOOK)
    for place, look in enumerate([None, *looks[1:], missing]):  # numbers the formats alike in both
        sheet.write_string(0, place, "Заголовок", look)
    sheet.write_string(1, 0, "ещё")
    return sheet, looks, missing


def write_cell(sheet: Any, at: tuple[int, int], kind: Kind, value: Any, looks: tuple[Any, Any]) -> None:
    look, missing = looks
    if value is None or (kind is Kind.NUMBER and not math.isfinite(value)):
        sheet.write_string(*at, MISSING, missing)
    elif kind is Kind.TEXT:
        sheet.write_string(*at, clean(value), look)
    elif kind is Kind.NUMBER:
        sheet.write_number(*at, float(value) or 0, look)
    elif kind is Kind.FLAG:
        sheet.write_boolean(*at, value, look)
    elif value.strftime("%Y%m%d") < "19000301":
        sheet.write_string(*at, f"{value:%Y-%m-%d}", look)
    else:
        sheet.write_datetime(*at, value, look)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def values(content: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


@pytest.fixture
def changed_internals(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Return what to call when XlsxWriter has been changed; afterwards it is as before."""
    internals_are_known.cache_clear()
    yield internals_are_known.cache_clear
    monkeypatch.undo()
    internals_are_known.cache_clear()


def test_the_installed_xlsxwriter_is_known():
    internals_are_known.cache_clear()

    assert internals_are_known()
    assert check_fast_writer(None) == []


@settings(max_examples=200, deadline=None)
@given(frames())
@example(([Kind.TEXT], [0], [(text,) for text in HOSTILE]))
@example(([Kind.NUMBER], [2], [(-0.0,), (0,), (float("nan"),), (float("inf"),), (0.1,), (1e300,), (Decimal("1.10"),)]))
@example(([Kind.NUMBER] * 30, [1] * 30, [tuple(range(30)), tuple(range(30, 60))]))
def test_every_part_is_what_xlsxwriter_writes(frame: Frame):
    assert parts(fast(*frame)) == parts(by_hand(*frame))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(texts, st.booleans(), st.integers(-(10**14), 10**14)), min_size=1, max_size=6))
def test_openpyxl_reads_the_same_values_and_types(rows: list[tuple[str, bool, int]]):
    content = fast(["text", "flag", "number"], [0, 1, 2], rows)

    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    for number, row in enumerate(rows, FIRST + 1):
        cells = [sheet.cell(number, place) for place in (1, 2, 3)]
        assert [cells[0].value or "", cells[1].value, cells[2].value] == [unescaped(clean(row[0])), row[1], row[2]]
        assert [cell.data_type for cell in cells[1:]] == ["b", "n"]
        assert cells[0].data_type in {"inlineStr", "s", "n" if not cells[0].value else "s"}
        assert all(cell.hyperlink is None for cell in cells)


def unescaped(text: str) -> str:
    """Return a text as openpyxl gives it, which leaves the escape of an escape as it is."""
    return streaming.LOOKS_ESCAPED.sub(r"_x005F\1", text)


@pytest.mark.office
def test_libreoffice_reads_the_same_values(tmp_path: Path):
    rows = [(text, number / 7, dt.date(2026, 1, 31)) for number, text in enumerate(HOSTILE)]
    source, target = tmp_path / "data.xlsx", tmp_path / "converted"
    source.write_bytes(fast(["text", "number", "date"], [0, 0, 3], rows))

    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    table = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"  # UTF-8, values as they are, not as shown
    subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", table, "--outdir", target, source],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    read = list(csv.reader(io.StringIO((target / "data.csv").read_text("utf-8"), newline="")))[FIRST:]

    assert [row[0] for row in read[: len(rows)]] == [clean(row[0]) for row in rows]
    assert [float(row[1]) for row in read[: len(rows)]] == pytest.approx([row[1] for row in rows], rel=1e-14)
    assert {row[2] for row in read[: len(rows)]} == {"31.01.2026"}


def test_values_of_frames_and_databases_are_taken_as_they_come():
    moment = dt.datetime(2026, 1, 31, 20, 30, tzinfo=dt.UTC)
    rows = [
        (np.int64(5), pd.Timestamp("2026-01-31"), gettext_lazy("Sheet")),
        (np.float64(0.25), moment, "а"),
        (Decimal("1.50"), pd.Timestamp(moment), 1),
        (float("nan"), pd.NaT, None),
        (pd.NA, None, pd.NA),
    ]

    with timezone.override("Asia/Yekaterinburg"), translation.override("en"):
        content = fast(["number", "date", "text"], [0, 3, 0], rows)

    there = dt.datetime(2026, 2, 1, 1, 30)
    assert [row[:3] for row in values(content)[FIRST : FIRST + 5]] == [
        (5, dt.datetime(2026, 1, 31), "Sheet"),
        (0.25, there, "а"),
        (1.5, there, "1"),
        (MISSING, MISSING, MISSING),
        (MISSING, MISSING, MISSING),
    ]


def test_equal_values_of_other_types_are_other_texts():
    content = fast(["text"], [0], [("1",), (1,), (True,), (1.0,), ("True",)])

    assert [row[0] for row in values(content)[FIRST : FIRST + 5]] == ["1", "1", "True", "1.0", "True"]


@pytest.mark.parametrize("different", [37, 3_333])
def test_more_values_than_are_remembered_are_all_written(different: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streaming, "REMEMBERED", 10)
    rows = [(f"школа {number % different}", number % 41) for number in range(3_333)]

    frame: Frame = [Kind.TEXT, Kind.NUMBER], [1, 2], rows

    assert parts(fast(*frame)) == parts(by_hand(*frame))


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>жирный</t></r>",
        "<r>" + "a" * LONGEST_TEXT + "</r>",
        "<r>" + "a" * (LONGEST_TEXT - 7) + "</r>",
        "<r>" + "🎓" * 16_380 + "</r>" + "🎓" * 9,
    ],
    ids=["short", "longer than a cell", "as long as a cell", "cut behind it"],
)
def test_a_text_that_looks_like_xlsxwriters_markup_stays_a_text(text: str):
    frame: Frame = [Kind.TEXT], [0], [(text,)]

    content = fast(*frame)

    assert parts(content) == parts(by_hand(*frame))
    assert values(content)[FIRST][0].startswith("<r>")


@pytest.mark.parametrize("text", ["я" * 40_000, "🎓" * 20_000, "а" + "🎓" * 20_000, "_x0041_" * 5_000])
def test_a_text_is_as_long_as_a_cell_can_hold(text: str):
    frame: Frame = [Kind.TEXT], [0], [(text,)]

    content = fast(*frame)

    written = streaming.LOOKS_ESCAPED.sub("~", values(content)[FIRST][0].replace("_x005F_x0041_", "_x0041_"))
    assert parts(content) == parts(by_hand(*frame))
    assert text.startswith(written.replace("~", "_x0041_"))
    assert LONGEST_TEXT - 1 <= len(written.replace("~", "_x0041_").encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_the_same_rows_give_the_same_bytes():
    frame: Frame = [Kind.TEXT, Kind.DATE], [1, 3], [("а", dt.date(2026, 1, 1)), ("б", None)] * 500

    assert fast(*frame) == fast(*frame)


def test_nothing_in_the_archive_tells_when_and_where_it_was_made():
    with zipfile.ZipFile(io.BytesIO(fast(["text"], [0], [("а",)]))) as archive:
        infos = archive.infolist()

    assert {(info.date_time, info.external_attr, info.create_system) for info in infos} == {
        ((1980, 1, 1, 0, 0, 0), 0o600 << 16, 3)
    }


def test_without_isal_the_content_is_the_same(monkeypatch: pytest.MonkeyPatch):
    frame: Frame = [Kind.TEXT, Kind.NUMBER], [1, 2], [(f"школа {number}", number) for number in range(2_500)]
    quick = fast(*frame)
    monkeypatch.setattr(streaming, "isal_zlib", None)

    slow = fast(*frame)

    assert deflate_name().startswith("zlib")
    assert parts(slow) == parts(quick)
    assert fast(*frame) == slow


def other_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Worksheet, "_xml_number_element", lambda self, number, _: self.fh.write(f"<c><v>{number}</v></c>")
    )


def other_bookkeeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Worksheet, "_convert_date_time")
    monkeypatch.setattr(Worksheet, "_write_datetime", lambda self, *at: self.write_number(*at[:2], 1, at[3]))


def other_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Worksheet._write_row

    def with_spans(self: Worksheet, row: int, spans: Any, row_info: Any = None, empty_row: bool = False) -> None:
        original(self, row, spans or "1:2", row_info, empty_row)

    monkeypatch.setattr(Worksheet, "_write_row", with_spans)


def other_heights(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Worksheet.set_row

    def of_another_row(self: Worksheet, row: int, height: float | None = None, *more: Any) -> Any:
        return original(self, row, None if height is None else height + 1, *more)

    monkeypatch.setattr(Worksheet, "set_row", of_another_row)


def other_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Worksheet._initialize

    def unnamed(self: Worksheet, init_data: dict[str, Any]) -> None:
        original(self, init_data)
        vars(self).pop("row_data_filename", None)

    monkeypatch.setattr(Worksheet, "_initialize", unnamed)
    monkeypatch.setattr(Worksheet, "_write_optimized_sheet_data", lambda self: self._xml_empty_tag("sheetData"))


def parts_past_us(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Packager._write_theme_file

    def with_another(self: Packager) -> None:
        original(self)
        Packager._filename(self, "xl/another.xml")

    monkeypatch.setattr(Packager, "_write_theme_file", with_another)


@pytest.mark.parametrize(
    "change",
    [other_cells, other_bookkeeping, other_rows, other_heights, other_temporary_file, parts_past_us],
    ids=lambda f: f.__name__,
)
def test_another_xlsxwriter_is_noticed(
    change: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
    changed_internals: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
):
    change(monkeypatch)

    with caplog.at_level(logging.WARNING):
        assert not internals_are_known()

    assert xlsxwriter.__version__ in caplog.text
    assert [problem.id for problem in check_fast_writer(None)] == ["mentoring_workbooks.W001"]


def test_with_another_xlsxwriter_its_own_calls_write_the_same(
    monkeypatch: pytest.MonkeyPatch, changed_internals: Callable[[], None]
):
    rows = [(text, number / 7, dt.date(2026, 1, 31), True) for number, text in enumerate(HOSTILE)] + [(None,) * 4]
    frame: Frame = [Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.FLAG], [0, 1, 3, 0], rows
    known = fast(*frame)
    other_rows(monkeypatch)
    changed_internals()

    unknown = fast(*frame)

    assert "xl/sharedStrings.xml" in parts(unknown)  # as XlsxWriter writes it of itself
    texts_, rest = zip(*((row[0], row[1:]) for row in values(unknown)), strict=True)
    assert list(rest) == [row[1:] for row in values(known)]
    assert [text or "" for text in texts_] == [(row[0] or "").replace("x005F_", "") for row in values(known)]


def test_other_sheets_of_the_book_keep_their_cells():
    """They are written in any order, have real tables, and give a chart its figures."""
    file = io.BytesIO()
    book = open_book(file)
    small, large = book.add_worksheet("Свод"), add_large_sheet(book, "Данные")
    write_rows(large, 0, ["number"], [None], [(1,), (2,)])
    small.write_string(3, 0, "потом")
    small.add_table(0, 0, 2, 1, {"data": [["а", 1], ["б", 2]]})
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": ["Свод", 1, 1, 2, 1]})
    small.insert_chart("D1", chart)
    book.close()

    read = parts(file.getvalue())
    assert b"<c:v>2</c:v>" in read["xl/charts/chart1.xml"]
    assert openpyxl.load_workbook(file).worksheets[0]["A4"].value == "потом"
    assert "xl/tables/table1.xml" in read


def test_a_picture_is_packed_too():
    file, picture = io.BytesIO(), io.BytesIO(PNG)
    book = open_book(file)
    book.add_worksheet().insert_image(0, 0, "point.png", {"image_data": picture})
    book.close()

    assert parts(file.getvalue())["xl/media/image1.png"] == PNG


def test_rows_whose_heights_are_set_go_through_xlsxwriter():
    file = io.BytesIO()
    book = open_book(file)
    sheet = add_large_sheet(book, "Данные")
    sheet.set_row(1, 45)
    write_rows(sheet, 0, ["text"], [None], [("а",), ("б",), ("в",)])
    book.close()

    read = openpyxl.load_workbook(file).worksheets[0]
    assert [cell.value for cell in read["A"]] == ["а", "б", "в"]
    assert read.row_dimensions[2].height == 45


def test_rows_can_be_written_to_an_ordinary_sheet():
    file = io.BytesIO()
    book = open_book(file)
    write_rows(book.add_worksheet(), 0, ["text", "number"], [None, None], [("а", 1), ("б", None)])
    book.close()

    assert values(file.getvalue()) == [("а", 1), ("б", MISSING)]


def test_several_tables_follow_each_other_on_one_sheet():
    file = io.BytesIO()
    book = open_book(file)
    sheet = add_large_sheet(book, "Данные")
    first = write_rows(sheet, 0, ["text"], [None], [("а",)] * 2_500)
    sheet.write_string(first, 0, "между")
    second = write_rows(sheet, first + 1, ["number"], [None], iter([(7,)]))
    book.close()

    read = values(file.getvalue())
    assert (first, second) == (2_500, 1)
    assert [row[0] for row in read[-3:]] == ["а", "между", 7]


def test_rows_above_written_ones_are_refused():
    sheet = add_large_sheet(open_book(io.BytesIO()), "Данные")
    write_rows(sheet, 5, ["text"], [None], [("а",)])

    with pytest.raises(ValueError, match="row 3"):
        write_rows(sheet, 3, ["text"], [None], [("б",)])


@pytest.mark.parametrize("rows", [[("а", 1), ("б",)], [("а",)], [("а", 1, 2)]])
def test_rows_with_another_number_of_values_are_refused(rows: list[tuple[Any, ...]]):
    for sheet in (add_large_sheet(open_book(io.BytesIO()), "Данные"), open_book(io.BytesIO()).add_worksheet()):
        with pytest.raises(ValueError, match="zip"):
            write_rows(sheet, 0, ["text", "number"], [None, None], rows)


def test_no_rows_are_no_rows():
    file = io.BytesIO()
    book = open_book(file)
    count = write_rows(add_large_sheet(book, "Данные"), 0, ["text"], [None], [])
    book.close()

    assert count == 0
    assert values(file.getvalue()) == []


def test_more_rows_than_a_sheet_holds_are_told_with_the_sheets_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streaming, "MOST_ROWS", 1_500)
    sheet = add_large_sheet(open_book(io.BytesIO()), "Данные")

    with pytest.raises(TooManyRows, match=r"Данные.*1500"):
        write_rows(sheet, 1, ["number"], [None], ((number,) for number in range(1_500)))


def test_rows_are_read_as_they_are_written_and_progress_is_told():
    read, told = 0, []

    def rows() -> Iterator[tuple[int]]:
        nonlocal read
        for read in range(1, 2_501):
            yield (read,)

    sheet = add_large_sheet(open_book(io.BytesIO()), "Данные")
    write_rows(sheet, 0, ["number"], [None], rows(), progress=lambda done: told.append((done, read)))

    assert told == [(1_000, 1_000), (2_000, 2_000), (2_500, 2_500)]


def test_stopping_in_the_middle_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(add_large_sheet(open_book(io.BytesIO()), "Данные"), 0, ["number"], [None], [(1,)], progress=stop)

    assert list(tmp_path.iterdir()) == []


def test_a_book_that_cannot_be_finished_says_so():
    book = open_book(io.BytesIO())
    book.add_worksheet().insert_chart("A1", book.add_chart({"type": "bar"}))

    with pytest.raises(EmptyChartSeries):
        book.close()


def test_a_format_of_all_further_columns_is_that_of_one_call(
    monkeypatch: pytest.MonkeyPatch, changed_internals: Callable[[], None]
):
    def columns_and_size() -> tuple[bytes, int]:
        file = io.BytesIO()
        book = open_book(file)
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "а")
        format_columns_from(sheet, 3, book.add_format({"locked": False}))
        book.close()
        xml = parts(file.getvalue())["xl/worksheets/sheet1.xml"]
        return xml[xml.index(b"<cols>") : xml.index(b"</cols>")], sheet.dim_colmax

    quick, looked_at = columns_and_size()
    other_rows(monkeypatch)
    changed_internals()

    assert columns_and_size() == (quick, 16_383)
    assert looked_at == 3


# Cells that bring their own styles

STYLES = ("text", "number0", "percent1", "date", "missing", "blank")
LOOKS = dict(zip(STYLES, (*FORMATS[1:], MISSING_LOOK, {"italic": True}, {"border": 2}), strict=True))
cells = st.builds(
    Cell,
    st.one_of(st.none(), texts, days, st.floats(), st.integers(-(2**70), 2**70)),
    st.sampled_from(STYLES),
    formula=st.just(""),
    mark=st.sampled_from(list(TargetState)),
)
heights = st.one_of(st.none(), st.floats(1, 400), st.sampled_from([12.75, 15.0, 29.0]))
Styled = list[tuple[float | None, list[Cell]]]


@st.composite
def styled_rows(draw: st.DrawFn) -> Styled:
    """Return rows of styled cells with their heights; they repeat."""
    width = draw(st.integers(1, 5))
    row = st.tuples(heights, st.lists(cells, min_size=width, max_size=width))
    return draw(st.lists(row, min_size=1, max_size=6)) * 2


def styled_fast(rows: Styled) -> bytes:
    """Return a book whose rows of cells went through the module."""
    file = io.BytesIO()
    book = open_book(file, {"default_row_height": 17})
    sheet, looks = prepared_for_cells(book, add_large_sheet(book, "Школы"))
    heights_ = iter([height for height, _row in rows])
    written = write_cells(
        sheet, FIRST, [row for _height, row in rows], lambda cell: looks[cell.style], height=lambda _row: next(heights_)
    )
    sheet.write_string(FIRST + len(rows), 0, "итого")
    book.close()
    assert written
    return file.getvalue()


def styled_by_hand(rows: Styled) -> bytes:
    """Return the same book as XlsxWriter writes it in constant memory, call by call."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_row_height": 17})
    sheet, looks = prepared_for_cells(book, book.add_worksheet("Школы"))
    for number, (height, row) in enumerate(rows, FIRST):
        if height is not None:
            sheet.set_row(number, height)
        for place, cell in enumerate(row):
            write_styled(sheet, (number, place), cell, looks[cell.style])
    sheet.write_string(FIRST + len(rows), 0, "итого")
    book.close()
    return file.getvalue()


def prepared_for_cells(book: Any, sheet: Any) -> tuple[Any, dict[str, Any]]:
    book.set_properties(CREATED)
    looks = {style: book.add_format(look) for style, look in LOOKS.items()}
    for place, look in enumerate(looks.values()):  # numbers the formats alike in both
        sheet.write_string(0, place, "Заголовок", look)
    return sheet, looks


def write_styled(sheet: Any, at: tuple[int, int], cell: Cell, look: Any) -> None:
    value = cell.value
    if cell.style == "blank" or (isinstance(value, str) and not clean(value)):
        sheet.write_blank(*at, None, look)
    elif value is None or (isinstance(value, float) and not math.isfinite(value)):
        sheet.write_string(*at, MISSING, look)
    elif isinstance(value, str):
        sheet.write_string(*at, clean(value), look)
    elif isinstance(value, int | float):
        sheet.write_number(*at, float(value) or 0, look)
    elif value.strftime("%Y%m%d") < "19000301":
        sheet.write_string(*at, f"{value:%Y-%m-%d}", look)
    else:
        sheet.write_datetime(*at, value, look)


@settings(max_examples=200, deadline=None)
@given(styled_rows())
@example([(None, [Cell(text, style)]) for text in HOSTILE for style in ("text", "blank")])
@example([(None, [Cell(value, "number0")]) for value in (-0.0, 0, 0.0, float("nan"), float("inf"), 0.1, 1e300)])
@example([(height, [Cell("а"), Cell(1, "number0")]) for height in (None, 12.75, 12.5, 0.5, 15.0, 400.0)])
@example([(None, [Cell(place, "percent1") for place in range(30)])])
def test_styled_rows_are_what_xlsxwriter_writes(rows: Styled):
    assert parts(styled_fast(rows)) == parts(styled_by_hand(rows))


@pytest.mark.parametrize("different", [37, 3_333])
def test_more_styled_cells_than_are_remembered_are_all_written(different: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streaming, "REMEMBERED", 10)
    rows: Styled = [
        (29.0 if number % 7 else None, [Cell(f"школа {number % different}"), Cell(number / 7, "percent1")])
        for number in range(3_333)
    ]

    assert parts(styled_fast(rows)) == parts(styled_by_hand(rows))


PLAIN = [[Cell("а"), Cell(1, "number0")]]


@pytest.mark.parametrize(
    "rows", [[], [[]], [*PLAIN, [Cell("а")]], [*PLAIN, [Cell("а"), Cell(2, "number0", "=1+1")]]],
    ids=["no rows", "no cells", "rows of other lengths", "a formula"],
)  # fmt: skip
def test_other_rows_of_cells_are_left_to_xlsxwriter(rows: list[list[Cell]]):
    file = io.BytesIO()
    book = open_book(file)
    sheet, looks = prepared_for_cells(book, add_large_sheet(book, "Школы"))

    written = write_cells(sheet, FIRST, rows, lambda cell: looks[cell.style])
    book.close()

    assert not written
    assert len(values(file.getvalue())) == 1


def test_styled_rows_on_a_sheet_that_keeps_its_cells_are_left_to_xlsxwriter():
    book = open_book(io.BytesIO())
    look = book.add_format({"bold": True})

    assert not write_cells(book.add_worksheet(), 0, PLAIN, lambda _cell: look)


def test_progress_of_styled_rows_is_told_and_a_sheet_holds_no_more_than_it_can(monkeypatch: pytest.MonkeyPatch):
    book = open_book(io.BytesIO())
    sheet, looks = prepared_for_cells(book, add_large_sheet(book, "Школы"))
    told: list[int] = []

    write_cells(sheet, 1, PLAIN * 2_500, lambda cell: looks[cell.style], progress=told.append)
    monkeypatch.setattr(streaming, "MOST_ROWS", 2_600)

    assert told == [1_000, 2_000, 2_500]
    with pytest.raises(TooManyRows, match=r"Школы.*2600"):
        write_cells(sheet, 2_501, PLAIN * 100, lambda cell: looks[cell.style])


def test_a_table_is_the_same_with_and_without_the_fast_way(monkeypatch: pytest.MonkeyPatch):
    """Heights, totals, grouped headers and what stands around it are the page's own affair."""
    long = Cell("Школа с названием, которое не умещается в одну строку столбца")
    table = Table(
        columns=[Column("Школа", width=20), Column("Числитель", "Доля", 12), Column("Значение", "Доля", bars=True)],
        rows=[[long, Cell(1, "number0"), Cell(0.5, "percent1", "", TargetState.CLOSE)], *PLAIN_OF_THREE],
        totals=[[Cell("Итого"), Cell(3.0, "number0", "=SUBTOTAL(109,B{first}:B{last})"), Cell(None, "blank")]],
        filtered=True,
        pinned=True,
        name="rows",
    )

    def page() -> dict[str, bytes]:
        book = Book(title="Свод", author="Город", created=CREATED["created"])
        page = book.page("Школы", large=True)
        page.write([Title("Показатели"), table, Note("Примечание"), table_without_a_name(table)])
        page.finish(Layout.SPREAD)
        return parts(book.to_bytes())

    fast_way = page()
    monkeypatch.setattr("mentoring_reports.workbooks.writing.page.write_cells", lambda *_at, **_more: False)

    assert page() == fast_way
    assert b'ht="' in fast_way["xl/worksheets/sheet1.xml"]


PLAIN_OF_THREE = [[Cell("а"), Cell(2, "number0"), Cell(None, "missing")], [Cell(""), Cell(0.5, "general"), Cell("н/д")]]


def table_without_a_name(table: Table) -> Table:
    return replace(table, name="", pinned=False, filtered=False)


@pytest.mark.parametrize(
    ("block", "needed"),
    [
        (Table(columns=[], rows=[]), False),
        (Table(columns=[], rows=[], listed=True), True),
        (Charts([]), True),
        (Rows(columns=[], kinds=[], count=0, read=list, name="rows"), False),
    ],
)
def test_only_real_tables_and_charts_need_the_cells_of_their_sheet(block: Block, needed: bool):
    assert needs_cells([Title("а"), block]) is needed
