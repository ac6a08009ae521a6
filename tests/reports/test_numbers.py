"""Numbers as Russian readers type and read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.indicators.numbers import NotANumber, read_number, write_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u2009567", "1234567"),
        ("1234.5", "1234.5"),
        ("+7", "7"),
        ("-7", "-7"),
        ("\u22127,25", "-7.25"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_as_russians_write_them(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_nothing_typed_is_missing_rather_than_zero(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text",
    ["abc", "1e999", "NaN", "Infinity", "-", ",5", "5,", "1 2", "12 34", "1,234.5", "0x10", "9" * 500, "١٢", "1,00001"],
)
def test_what_is_no_number_of_a_sensible_size_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        read_number(text)


@given(st.decimals(-(10**11), 10**11, places=4, allow_nan=False))
def test_a_written_number_reads_back_as_itself(number: Decimal) -> None:
    assert read_number(write_number(number)) == number


@given(st.text())
def test_any_text_is_a_number_nothing_or_refused(text: str) -> None:
    try:
        number = read_number(text)
    except NotANumber:
        return
    assert number is None or number.is_finite()
