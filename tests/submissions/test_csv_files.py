"""Tables as CSV: as Russian spreadsheets open them, and nothing that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from mentoring_reports.submissions.csv_files import as_cell, csv_response


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 900", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\N{NO-BREAK SPACE}=1"]
)
def test_a_text_is_never_a_formula(text):
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-3, "-3"),
        (Decimal("-2.50"), "-2,50"),
        (dt.date(2026, 6, 1), "01.06.2026"),
        ("Школа № 1", "Школа № 1"),
    ],
    ids=str,
)
def test_dates_and_numbers_are_written_as_in_russian(value, cell):
    assert as_cell(value) == cell


def test_what_is_written_is_read_again():
    rows = [["Школа «Лесная»; корпус 2", "строка\nещё строка"], ['с "кавычками"', "x"]]

    response = csv_response("a.csv", ["Школа", "Причина"], rows)

    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) == [["Школа", "Причина"], *rows]
