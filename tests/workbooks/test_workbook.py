"""The workbook read back: every number is the frame's, totals are live, nothing is left out."""

from __future__ import annotations

import gc
import math

import pytest

from mentoring_reports.submissions.frames import PARTS
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.sheets import registered
from mentoring_reports.workbooks.sheets.registry import DuplicateSheet, sheet
from mentoring_reports.workbooks.sheets.schools import places
from mentoring_reports.workbooks.sheets.summary import SummarySheet
from mentoring_reports.workbooks.writing.figures import shown
from tests.factories import make_round
from tests.workbooks.reading import FORMULA, SHEETS, opened, records, row_of, texts


def test_the_book_has_its_ten_sheets_in_order(made):
    book = opened(made.content)

    assert book.sheetnames == SHEETS


def test_every_number_of_every_school_is_the_frames(made, source):
    sheet_ = opened(made.content)["Школы"]
    consolidation = source.consolidation

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


def test_totals_are_formulas_that_hold_the_municipal_figures(made, source):
    live, cached = opened(made.content, values=False)["Школы"], opened(made.content)["Школы"]
    row = row_of(cached, "Итого по муниципалитету")

    for indicator, column in places(source.consolidation):
        line = source.consolidation.line(indicator)
        place = column + (1 if indicator.formula.is_count else 3)
        if math.isnan(line.value):
            assert cached.cell(row, place).value in {"—", "н/д"}
            continue
        assert live.cell(row, place).data_type == FORMULA
        assert cached.cell(row, place).value == pytest.approx(shown(indicator, line.value))


def test_totals_of_parts_follow_a_filter_and_shares_come_from_them(made, source):
    live = opened(made.content, values=False)["Школы"]
    row = row_of(live, "Итого по муниципалитету")
    column = {one.code: column for one, column in places(source.consolidation)}["mentor_share"] + 1

    top, bottom, share = (live.cell(row, column + offset) for offset in range(3))

    assert "SUBTOTAL(109," in top.value
    assert "SUBTOTAL(109," in bottom.value
    assert share.value == f'=IF({bottom.coordinate}=0,"н/д",{top.coordinate}/{bottom.coordinate})'


def test_a_zero_denominator_is_told_from_a_missing_number(made, source):
    sheet_ = opened(made.content)["Школы"]
    column = {one.code: column for one, column in places(source.consolidation)}["young_teacher_coverage"] + 3
    zero, absent = row_of(sheet_, "Школа-строка № 5"), row_of(sheet_, "Школа-строка № 8")

    assert sheet_.cell(zero, column).value == "н/д"
    assert sheet_.cell(absent, column).value == "—"


def test_key_figures_of_the_summary_are_the_frames(made, source):
    sheet_ = opened(made.content)["Свод"]

    for indicator in source.consolidation.indicators:
        line = source.consolidation.line(indicator)
        row = row_of(sheet_, indicator.name)
        value = shown(indicator, line.value)
        assert sheet_.cell(row, 5).value == ("—" if value is None else pytest.approx(value))
        assert sheet_.cell(row, 13).value == line.known


def test_the_summary_says_from_what_and_when_it_was_made(made, source):
    said = " ".join(texts(opened(made.content)["Свод"]))

    assert source.round.title in said
    assert source.round.municipality.name in said
    assert source.compared.title in said
    assert source.digest[:12] in said
    assert source.as_of.strftime("%d.%m.%Y") in said


@pytest.mark.parametrize(("title", "grouping"), [("Территории", "territory"), ("Типы ОО", "type")])
def test_groups_have_the_frames_figures_and_add_up_to_the_municipality(made, source, title, grouping):
    sheet_ = opened(made.content)[title]
    lines = source.consolidation.lines_by(grouping)

    for indicator in source.consolidation.indicators:
        cells = [sheet_.cell(row_of(sheet_, indicator.name), column).value for column in range(4, 4 + 3 * len(lines))]
        for place, group in enumerate(lines.values()):
            line = group[indicator.code]
            value = shown(indicator, line.value)
            found = cells[3 * place + 2]
            assert found in {"—", "н/д"} if value is None else found == pytest.approx(value)


def test_missing_and_late_schools_are_named_with_whom_to_ask(made):
    listed = records(opened(made.content)["Не сдали и опоздали"], "Организация")
    by_name = {row["Организация"]: row for row in listed}

    assert "Школа-строка № 1" not in by_name
    assert by_name["Школа-строка № 7"]["Дней опоздания"] == 2
    assert by_name["Школа-строка № 9"]["К кому обратиться"] == "Куратор наставничества"


def test_the_manifest_names_every_revision_used(made, source):
    sums = {cell.value for row in opened(made.content)["Методика"].iter_rows() for cell in row}

    assert {line["checksum"] for line in source.read.used} <= sums
    assert source.digest in sums


def test_methods_explain_every_indicator_and_data_element(made, source):
    said = set(texts(opened(made.content)["Методика"]))

    assert {indicator.name for indicator in source.consolidation.indicators} <= said
    assert {element.name for element in source.consolidation.elements} <= said
    assert "«Наставники из числа педагогических работников» / «Педагогические работники» × 100" in said
    assert "«Наставники из числа педагогических работников» ≤ «Педагогические работники»" in said


def test_a_code_of_a_sheet_is_used_once():
    with pytest.raises(DuplicateSheet, match="summary"):
        sheet(type("Another", (), {"code": SummarySheet.code, "order": 1}))


def test_only_the_chosen_sheets_are_made_in_the_order_of_the_book(choices):
    file = make_workbook(Choices(round_id=choices.round_id, sheets=("data", "summary")))

    assert opened(file.content).sheetnames == ["Свод", "Данные"]


def test_every_sheet_can_be_made_alone(choices):
    for one in registered():
        book = opened(make_workbook(Choices(round_id=choices.round_id, sheets=(one.code,))).content)

        assert len(book.sheetnames) == 1


def test_a_round_without_a_report_makes_a_book_all_the_same(in_municipality):
    book = opened(make_workbook(Choices(round_id=make_round(in_municipality).pk)).content)

    assert book.sheetnames == SHEETS


def test_progress_counts_the_rows_of_the_whole_file(choices):
    told = []

    make_workbook(choices, progress=lambda done, total: told.append((done, total)))

    written = [(done, total) for done, total in told if done]
    assert written[-1][0] == written[-1][1]
    assert [done for done, _total in written] == sorted(done for done, _total in written)


def test_whoever_watches_may_stop_it(choices):
    class Cancelled(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_workbook(choices, progress=stop)


@pytest.mark.parametrize("was_on", [True, False])
def test_the_search_for_cycles_is_as_it_was_before_also_after_a_stop(choices, was_on):
    def stop(done, total):
        assert not gc.isenabled()
        raise KeyboardInterrupt

    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(KeyboardInterrupt):
            make_workbook(choices, progress=stop)

        assert gc.isenabled() is was_on
    finally:
        gc.enable()
