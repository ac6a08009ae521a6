"""Every view's tables as CSV and XLSX: the same rows, numbers as numbers, nothing that a school typed a formula."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from mentoring_reports.workbooks.writing.cells import Cell
from portal.dashboard.exporting import cell_text, safe
from tests.dashboard.screens import VIEWS, earlier_round, screen
from tests.factories import METHODIST, login, make_round
from tests.workbooks.reporting import USUAL, accept_usual, hand_in_accepted, make_schools

FILES = "/admin/dashboard/"


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of(response) -> list[list[str]]:
    text = content(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.fixture
def two_rounds(municipality, alpha, beta):
    schools = make_schools(municipality, 6)
    earlier, round_ = earlier_round(municipality, "old", days=90), make_round(municipality, "new")
    accept_usual(earlier, schools)
    accept_usual(round_, schools[:5])
    return round_


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_gives_its_tables_as_csv_and_xlsx(municipality, two_rounds, view):
    client = login(municipality, METHODIST)
    shown = client.get(f"{FILES}{'' if view == 'index' else f'{view}/'}").context["screen"]

    book = openpyxl.load_workbook(io.BytesIO(content(client.get(f"{FILES}{view}.xlsx"))))

    assert len(book.sheetnames) == len(shown.exports) > 0
    for export in shown.exports:
        rows = rows_of(client.get(f"{FILES}{view}.csv?table={export.code}"))
        assert len(rows) == 1 + len(export.table.rows)
        assert len(rows) > 1 or view == "alerts"  # here nobody needs help
        assert {len(row) for row in rows} == {len(export.table.columns)}


def test_the_csv_has_all_pages_in_the_order_of_the_screen(municipality, two_rounds):
    response = login(municipality, METHODIST).get(f"{FILES}indicator.csv?indicator=mentor_share&compare=none")

    rows = rows_of(response)
    shares = [row[-1] for row in rows[1:]]

    assert rows[0][0] == "Организация"
    assert shares[:5] == ["2,5", "5,0", "7,5", "10,0", "12,5"]  # those that need help come first
    assert set(shares[5:]) == {"—"}
    assert 'filename="indicator-schools-new.csv"' in response["Content-Disposition"]


@pytest.mark.parametrize("table", ["rounds", "territories"])
def test_the_dynamics_say_which_indicator_they_are_about(municipality, two_rounds, table):
    client = login(municipality, METHODIST)

    header, *_rows = rows_of(client.get(f"{FILES}dynamics.csv?indicator=mentor_share&table={table}"))
    book = openpyxl.load_workbook(io.BytesIO(content(client.get(f"{FILES}dynamics.xlsx?indicator=mentor_share"))))

    assert "Доля наставников" in " ".join(header)
    assert all("Доля наставников" in str([*sheet.values]) for sheet in book.worksheets)


def test_the_sheet_says_what_its_figures_are_about_and_holds_numbers(municipality, two_rounds):
    response = login(municipality, METHODIST).get(f"{FILES}indicator.xlsx?type=Школа")

    page = openpyxl.load_workbook(io.BytesIO(content(response))).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    texts = {cell.value for cell in cells}

    assert any(isinstance(text, str) and "Сбор new" in text for text in texts)
    assert "Школа" in texts
    percents = [cell for cell in cells if "%" in cell.number_format and isinstance(cell.value, float)]
    assert percents
    assert all(0 <= cell.value <= 1 for cell in percents)


@pytest.mark.parametrize("name", ['=1+1;"Школа"', "+7", "-5", "@SUM(A1)", "\t=1", " =1+1"])
def test_what_a_school_typed_is_never_a_formula(municipality, alpha, name):
    hand_in_accepted(make_round(municipality), alpha, USUAL, name=name)
    client = login(municipality, METHODIST)

    names = [row[0] for row in rows_of(client.get(f"{FILES}schools.csv"))]
    sheet = openpyxl.load_workbook(io.BytesIO(content(client.get(f"{FILES}schools.xlsx")))).worksheets[0]
    typed = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]

    assert f"'{name}" in names
    assert typed
    assert all(cell.data_type == "s" for cell in typed)


def test_a_view_that_does_not_exist_has_no_file(municipality):
    make_round(municipality)
    client = login(municipality, METHODIST)

    assert client.get(f"{FILES}nothing.csv").status_code == 404
    assert client.get(f"{FILES}nothing.xlsx").status_code == 404


def test_without_anything_to_compare_there_is_no_table(municipality):
    make_round(municipality)

    assert login(municipality, METHODIST).get(f"{FILES}comparison.csv").status_code == 404


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(0.875, "percent1"), "87,5"),
        (Cell(0.1, "percent0"), "10"),
        (Cell(1234.5, "number2"), "1234,50"),
        (Cell(-2.25, "signed1"), "-2,3"),
        (Cell(3.0, "general"), "3"),
        (Cell(100.0, "general"), "100"),
        (Cell(2.5, "general"), "2,5"),
        (Cell(None, "missing"), "—"),
        (Cell("н/д", "missing"), "н/д"),
    ],
)
def test_numbers_are_written_with_a_decimal_comma(cell, text):
    assert cell_text(cell) == text


def test_an_ordinary_text_stays_as_it_is():
    assert safe("Школа № 1 − лучшая") == "Школа № 1 − лучшая"


def test_the_files_hold_the_figures_of_the_screen(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL | {"mentors": 3})
    shown = screen("groups")

    rows = [[cell.value for cell in row] for row in shown.exports[0].table.rows]
    mentors = {row[0]: row[7] for row in rows if row[3] == shown.key[0].name}

    assert mentors == {alpha.territory.name: pytest.approx(0.15), beta.territory.name: pytest.approx(0.075)}
