"""Columns share the page: all of it, none of them nothing, longer texts the wider column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.roadmaps.paper.texts import file_name
from mentoring_reports.roadmaps.paper.widths import shares
from mentoring_reports.roadmaps.paper.xlsx_page import height_of

TEXTS = st.lists(st.text(max_size=40), max_size=5)


@given(st.lists(st.tuples(st.text(max_size=25), TEXTS), min_size=2, max_size=10))
def test_the_shares_make_the_whole_width(columns: list[tuple[str, list[str]]]) -> None:
    found = shares([heading for heading, _ in columns], [texts for _, texts in columns])

    assert sum(found) == pytest.approx(1)
    assert min(found) > 0


def test_a_column_of_longer_texts_is_wider() -> None:
    number, short, long = shares(["№", "Срок", "Дело"], [["1"], ["Май"], ["Провести совет и обсудить итоги года"]])

    assert number < short < long


def test_a_row_is_as_high_as_its_lines() -> None:
    one, two, broken = height_of("Май", 20), height_of("слово " * 6, 20), height_of("а\nб\nв", 20)

    assert one < two
    assert broken == pytest.approx(3 * 11 * 1.3)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("План: «Вместе» 2024/25?", "План «Вместе» 2024 25"),
        ("../../etc/passwd", "etc passwd"),
        ("\x00\u202e...", "roadmap"),
        ("я" * 300, "я" * 80),
    ],
)
def test_a_file_has_a_readable_and_safe_name(title: str, name: str) -> None:
    assert file_name(title) == name
