"""The workbook read back: every number is the frame's, totals are live, the same figures give the same bytes."""

from __future__ import annotations

import io
import math
import subprocess

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mentoring_reports.submissions.consolidation import consolidate
from mentoring_reports.submissions.frames import PARTS
from mentoring_reports.workbooks.export import write_workbook
from mentoring_reports.workbooks.figures import shown
from mentoring_reports.workbooks.sheets.registry import DuplicateSheet, sheet
from mentoring_reports.workbooks.sheets.schools import places
from mentoring_reports.workbooks.sheets.summary import SummarySheet
from tests.conftest import SOFFICE
from tests.workbooks.reporting import USUAL, hand_in_accepted

FORMULA = "f"


def opened(content: bytes, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def row_of(sheet_: Worksheet, first_cell: str) -> int:
    return next(row for row in range(1, sheet_.max_row + 1) if sheet_.cell(row, 1).value == first_cell)


def test_the_book_has_its_sheets_in_order(consolidation):
    book = opened(write_workbook(consolidation).content)

    assert book.sheetnames == ["Свод", "Школы", "Территории", "Не сдали и опоздали", "Методика"]


def test_every_number_of_every_school_is_the_frames(consolidation):
    sheet_ = opened(write_workbook(consolidation).content)["Школы"]

    for place, school in consolidation.schools.iterrows():
        row = row_of(sheet_, school["school"])
        for indicator, column in places(consolidation):
            parts = PARTS[2:] if indicator.formula.is_count else PARTS
            for offset, part in enumerate(parts):
                expected = consolidation.parts.at[place, (part, indicator.code)]
                expected = shown(indicator, expected) if part == "value" else expected
                cell = sheet_.cell(row, column + 1 + offset).value
                if expected is None or math.isnan(expected):
                    assert cell in {"—", "н/д"}
                else:
                    assert cell == pytest.approx(expected)


def test_totals_are_formulas_that_hold_the_municipal_figures(consolidation):
    content = write_workbook(consolidation).content
    live, cached = opened(content, values=False)["Школы"], opened(content)["Школы"]
    row = row_of(cached, "Итого по муниципалитету")

    for indicator, column in places(consolidation):
        line = consolidation.municipal.loc[indicator.code]
        place = column + (1 if indicator.formula.is_count else 3)
        if math.isnan(line["value"]):
            assert cached.cell(row, place).value in {"—", "н/д"}
            continue
        assert live.cell(row, place).data_type == FORMULA
        assert cached.cell(row, place).value == pytest.approx(shown(indicator, line["value"]))


def test_a_zero_denominator_is_told_from_a_missing_number(consolidation):
    sheet_ = opened(write_workbook(consolidation).content)["Школы"]
    column = {one.code: column for one, column in places(consolidation)}["young_teacher_coverage"] + 3
    zero, absent = row_of(sheet_, "Школа-строка № 5"), row_of(sheet_, "Школа-строка № 8")

    assert sheet_.cell(zero, column).value == "н/д"
    assert sheet_.cell(absent, column).value == "—"


def test_key_figures_of_the_summary_are_the_frames(consolidation):
    sheet_ = opened(write_workbook(consolidation).content)["Свод"]

    for indicator in consolidation.indicators:
        line = consolidation.municipal.loc[indicator.code]
        row = row_of(sheet_, indicator.name)
        value = shown(indicator, line["value"])
        assert sheet_.cell(row, 5).value == ("—" if value is None else pytest.approx(value))
        assert sheet_.cell(row, 13).value == line["known"]


def test_missing_and_late_schools_are_named(consolidation):
    sheet_ = opened(write_workbook(consolidation).content)["Не сдали и опоздали"]
    names = {sheet_.cell(row, 1).value for row in range(1, sheet_.max_row + 1)}

    assert {"Школа-строка № 9", "Школа-строка № 7"} <= names
    assert "Школа-строка № 1" not in names


def test_the_manifest_names_every_revision_used(consolidation):
    sheet_ = opened(write_workbook(consolidation).content)["Методика"]
    sums = {sheet_.cell(row, 2).value for row in range(1, sheet_.max_row + 1)}

    assert set(consolidation.wide["checksum"].dropna()) <= sums


def test_the_same_figures_give_the_same_bytes(consolidation):
    again = consolidate(consolidation.round, compared=consolidation.compared)

    assert write_workbook(consolidation).content == write_workbook(again).content


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(\"http://evil.test\")", "+1+1", "-2", "@SUM(A1)", "{=1}", "http://evil.test/", "1234", "_x0041_",
        "Школа & <b>«Ёлка»</b> \"'", "mailto:a@b.test", "internal:Свод!A1",
    ],
)  # fmt: skip
def test_what_a_school_typed_stays_text(round_, alpha, name):
    hand_in_accepted(round_, alpha, USUAL, name=name)

    book = opened(write_workbook(consolidate(round_)).content, values=False)

    for title in ("Школы", "Методика"):
        sheet_ = book[title]
        cell = sheet_.cell(row_of(sheet_, name), 1)
        assert cell.data_type == "s"
        assert cell.hyperlink is None


def test_characters_that_xml_refuses_are_dropped_and_long_texts_cut():
    from mentoring_reports.workbooks.cells import LONGEST_TEXT, clean

    assert clean("a\x01b\x0bc\ufffed\ud800e\nf\tg\r\nh") == "abcde\nf\tg\nh"
    assert len(clean("я" * 40_000)) == LONGEST_TEXT


def test_sheet_names_are_safe_and_never_repeat():
    import datetime as dt

    from mentoring_reports.workbooks.writer import Book

    book = Book(title="t", author="a", created=dt.datetime(2026, 1, 1))
    wanted = ["a/b:c*?[d]\\e", "Очень длинное имя листа, которое не поместится", "свод", "Свод", "''"]
    names = [book.page(name).name for name in wanted]
    content = book.to_bytes()

    assert opened(content).sheetnames == names
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= 31


def test_a_code_of_a_sheet_is_used_once():
    with pytest.raises(DuplicateSheet, match="summary"):
        sheet(type("Another", (), {"code": SummarySheet.code, "order": 1}))


def test_pages_are_set_up_for_print_and_reading(consolidation):
    book = opened(write_workbook(consolidation).content)
    schools = book["Школы"]

    assert all(page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9 for page in book)
    assert schools.freeze_panes is not None
    assert schools.auto_filter.ref is not None
    assert schools.print_title_rows is not None
    assert "&P" in schools.oddFooter.right.text


def test_a_round_without_a_report_makes_a_book_all_the_same(in_municipality):
    from tests.factories import make_round

    book = opened(write_workbook(consolidate(make_round(in_municipality))).content)

    assert len(book.sheetnames) == 5


@pytest.mark.office
def test_libreoffice_recalculates_to_the_cached_values(consolidation, tmp_path):
    content = write_workbook(consolidation).content
    source = tmp_path / "book.xlsx"
    source.write_bytes(content)
    target = tmp_path / "recalculated"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target, source],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    live, cached = opened(content, values=False), opened(content)
    recalculated = openpyxl.load_workbook(target / "book.xlsx", data_only=True)

    compared = 0
    for page in live:
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == FORMULA):
            before = cached[page.title][cell.coordinate].value
            after = recalculated[page.title][cell.coordinate].value
            assert after == (pytest.approx(before) if isinstance(before, int | float) else before), cell.value
            compared += 1
    assert compared > 100
