"""The workbook's structure is what the snapshot says; a change to it is seen in a diff of `structure.txt`."""

from __future__ import annotations

import difflib
import os

import pytest

from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from tests.workbooks.reading import opened
from tests.workbooks.structure import SNAPSHOT, structure

RENEW = "RENEW_WORKBOOK_STRUCTURE"


def test_the_structure_is_the_one_in_the_snapshot(made):
    found = structure(made.content)
    if os.environ.get(RENEW):
        SNAPSHOT.write_text(found)

    known = SNAPSHOT.read_text()

    differences = "\n".join(
        difflib.unified_diff(known.splitlines(), found.splitlines(), "snapshot", "now", lineterm="")
    )
    assert not differences, (
        f"{differences}\n\nIf this is what you meant, run the test with {RENEW}=1 and look at the diff."
    )


def test_pages_are_set_up_for_print_and_reading(made):
    book = opened(made.content)

    for page in book:
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == 9
        assert "&P" in page.oddFooter.right.text
        assert not page.merged_cells.ranges
    for title in ("Школы", "Территории", "Типы ОО", "Динамика", "Не сдали и опоздали", "Дорожные карты", "Данные"):
        assert book[title].freeze_panes is not None, title
        assert book[title].print_title_rows is not None, title
        assert book[title].print_title_cols is not None, title
    for title in ("Школы", "Дорожные карты", "Данные"):
        assert book[title].auto_filter.ref is not None, title
    assert "overdue_rows" in book["Не сдали и опоздали"].tables


def test_a_title_that_begins_with_a_digit_does_not_change_the_size_of_the_footer(round_):
    Round.objects.filter(pk=round_.pk).update(title="1 полугодие & лето")

    for page in opened(make_workbook(Choices(round_id=round_.pk)).content):
        assert page.oddFooter.left.size == 8
        assert page.oddFooter.left.text.strip().startswith("1 полугодие")
        assert page.oddFooter.center.text is None


def test_only_formulas_are_locked(made):
    book = opened(made.content, values=False)

    for page in (page for page in book if page.protection.sheet):
        for cell in (cell for row in page.iter_rows() for cell in row if cell.value is not None):
            assert cell.protection.locked == (cell.data_type == "f"), (page.title, cell.coordinate)
    assert not book["Данные"].protection.sheet


def test_missing_has_a_style_of_its_own(made):
    page = opened(made.content)["Школы"]
    missing = {
        (cell.font.color.rgb, cell.alignment.horizontal)
        for row in page.iter_rows(min_col=5)
        for cell in row
        if cell.value == "—"
    }
    figures = {
        (cell.font.color.rgb, cell.alignment.horizontal)
        for row in page.iter_rows(min_col=5)
        for cell in row
        if isinstance(cell.value, int | float)
    }

    assert missing
    assert not missing & figures


def test_target_states_are_told_by_a_sign_and_not_by_colour_alone(made):
    page = opened(made.content)["Школы"]
    formats = {cell.number_format for row in page.iter_rows(min_col=5) for cell in row}

    for sign in "✓≈✗":
        assert any(sign in one for one in formats), sign


@pytest.mark.parametrize("title", ["Свод", "Динамика"])
def test_charts_are_told_in_words(made, title):
    told = [
        line for line in structure(made.content).split(f"== {title}")[1].split("==")[0].splitlines() if "chart " in line
    ]

    assert told
    assert all("in words: True" in line for line in told)
