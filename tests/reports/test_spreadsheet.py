"""The form as a spreadsheet: what goes out, what a filled-in file would change, whatever people do to it."""

from __future__ import annotations

import datetime as dt
import string
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring_reports.indicators.numbers import write_number
from mentoring_reports.reports.basis import Basis
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.models import Draft
from mentoring_reports.reports.spreadsheet import layout
from mentoring_reports.reports.spreadsheet.layout import Texts
from mentoring_reports.reports.spreadsheet.outgoing import given_texts, spreadsheet
from mentoring_reports.reports.spreadsheet.reading import FilledForm, read_form
from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.conftest import SOFFICE

from .drafts import open_round, ready_draft, save
from .records import mentor, teacher
from .sheets import address, changes, downloaded, filled, opened, packed, plan_of

TYPED, COUNTED = "external_events", "teaching_staff"
VALUE, REASON, EXPLANATION = layout.VALUE, layout.REASON, layout.EXPLANATION


@pytest.fixture
def round_(municipality: Organisation, in_alpha: Organisation) -> Round:
    return open_round(municipality)


# --- Out -------------------------------------------------------------------------------------------------------------
def test_the_file_holds_the_draft_and_opens_only_what_is_to_be_filled_in(round_: Round, in_alpha: Organisation) -> None:
    teacher()
    save(round_, values={TYPED: Decimal("12")}, note="Просим учесть")
    content = downloaded(round_, in_alpha)
    sheet = opened(content).worksheets[0]
    typed, counted = address(content, TYPED), address(content, COUNTED)
    assert sheet.protection.sheet
    assert sheet[typed].value == 12
    assert not sheet[typed].protection.locked
    assert sheet[counted].value is None  # left to the count, which stands beside it
    assert sheet[counted.replace("F", "D")].value == 1
    assert sheet[typed.replace("F", "A")].protection.locked
    assert sheet[typed.replace("F", "G")].protection.locked  # a typed number needs no reason
    assert "Просим учесть" in [cell.value for cell in sheet["H"]]


def test_limits_are_checked_while_one_types(round_: Round, in_alpha: Organisation) -> None:
    content = downloaded(round_, in_alpha)
    cell = address(content, TYPED)
    rules = [rule for rule in opened(content).worksheets[0].data_validations.dataValidation if cell in rule.sqref]
    assert [rule.type for rule in rules] == ["custom"]
    assert f"{cell}>=0" in rules[0].formula1
    assert f"{cell}=INT({cell})" in rules[0].formula1


def test_a_file_that_nobody_touched_changes_nothing(round_: Round, in_alpha: Organisation) -> None:
    teacher()
    ready_draft(round_, in_alpha, note="Просим учесть")
    plan = plan_of(downloaded(round_, in_alpha), round_, in_alpha)
    assert (plan.changes, plan.errors, plan.missing_lines) == ([], [], [])
    assert plan.merged == Filling.of_draft(plan.basis, Draft.objects.get())


# --- Back in ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (7, "7"),
        ("7", "7"),
        (" 7 ", "7"),
        (7.0, "7"),
        ("1 250", "1\N{NO-BREAK SPACE}250"),
        ("1\N{NO-BREAK SPACE}250", "1\N{NO-BREAK SPACE}250"),
        ("7,0", "7"),
        (0, "0"),
    ],
)
def test_numbers_are_read_as_people_write_them(round_: Round, in_alpha: Organisation, typed: Any, read: str) -> None:
    content = filled(downloaded(round_, in_alpha), {(TYPED, VALUE): typed})
    assert changes(plan_of(content, round_, in_alpha)) == {(TYPED, VALUE): ("", read)}


@pytest.mark.parametrize(
    "typed", ["семь", "7 или 8", -1, 7.5, 0.00001, True, dt.date(2026, 5, 1), "#DIV/0!", "1e5", 1e300, 10**14, "=1+1"]
)
def test_what_is_no_possible_number_is_told_by_its_cell_and_left_out(
    round_: Round, in_alpha: Organisation, typed: Any
) -> None:
    save(round_, values={TYPED: Decimal(5)})
    content = downloaded(round_, in_alpha)
    plan = plan_of(filled(content, {(TYPED, VALUE): typed}), round_, in_alpha)
    assert [error.address for error in plan.errors] == [address(content, TYPED)]
    assert plan.changes == []
    assert plan.merged.values[TYPED] == 5


def test_an_empty_cell_leaves_the_draft_and_a_dash_removes_the_number(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={TYPED: Decimal(5), "sessions_per_group": Decimal(3)})
    content = downloaded(round_, in_alpha)
    plan = plan_of(filled(content, {(TYPED, VALUE): None, ("sessions_per_group", VALUE): "—"}), round_, in_alpha)
    assert changes(plan) == {("sessions_per_group", VALUE): ("3", "")}
    assert plan.merged.values[TYPED] == 5
    assert plan.merged.values["sessions_per_group"] is None


def test_another_number_than_the_count_overrules_it_with_its_reason(round_: Round, in_alpha: Organisation) -> None:
    teacher()
    content = filled(
        downloaded(round_, in_alpha), {(COUNTED, VALUE): 4, (COUNTED, REASON): "Трое приняты приказом от 30 мая"}
    )
    merged = plan_of(content, round_, in_alpha).merged
    assert merged.overruled == {COUNTED}
    assert (merged.values[COUNTED], merged.reasons[COUNTED]) == (4, "Трое приняты приказом от 30 мая")


def test_the_number_that_was_counted_when_the_file_was_made_is_no_overruling(
    round_: Round, in_alpha: Organisation
) -> None:
    teacher()
    content = filled(downloaded(round_, in_alpha), {(COUNTED, VALUE): 1})
    teacher()
    plan = plan_of(content, round_, in_alpha)
    assert plan.changes == []
    assert plan.merged.values[COUNTED] == 2


def test_a_dash_takes_the_count_again_and_drops_the_reason(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={COUNTED: Decimal(9)}, reasons={COUNTED: "Иначе считали"})
    plan = plan_of(filled(downloaded(round_, in_alpha), {(COUNTED, VALUE): "-"}), round_, in_alpha)
    assert plan.merged.overruled == frozenset()
    assert COUNTED not in plan.reasons


def test_an_explanation_goes_to_the_warnings_at_its_line(round_: Round, in_alpha: Organisation) -> None:
    content = filled(
        downloaded(round_, in_alpha), {("experts", EXPLANATION): "Экспертов приглашаем осенью", (TYPED, VALUE): 3}
    )
    plan = plan_of(content, round_, in_alpha)
    assert plan.explanations == {"target_missed_by_half:experts": "Экспертов приглашаем осенью"}


def test_an_explanation_where_nothing_is_odd_is_left_out_and_said_so(round_: Round, in_alpha: Organisation) -> None:
    content = downloaded(round_, in_alpha)
    plan = plan_of(filled(content, {(TYPED, VALUE): 4, (TYPED, EXPLANATION): "Всё верно"}), round_, in_alpha)
    assert [error.address for error in plan.errors] == [address(content, TYPED, EXPLANATION)]
    assert plan.explanations == {}


def test_the_checks_speak_about_changed_lines_by_their_cells(round_: Round, in_alpha: Organisation) -> None:
    teacher()
    content = downloaded(round_, in_alpha)
    plan = plan_of(filled(content, {("mentors", VALUE): 5, ("mentors", REASON): "Приказ"}), round_, in_alpha)
    errors = [found.addresses for found in plan.attention if found.is_error]
    assert f"{address(content, 'mentors')}, {address(content, COUNTED)}" in errors


def test_lines_and_columns_may_be_moved_or_deleted(round_: Round, in_alpha: Organisation) -> None:
    save(round_, values={TYPED: Decimal(5), "sessions_per_group": Decimal(3)})
    content = filled(downloaded(round_, in_alpha), {(TYPED, VALUE): 6})
    book = opened(content)
    sheet = book.worksheets[0]
    gone = next(cell.row for cell in sheet["A"] if cell.value == "sessions_per_group")
    sheet.delete_rows(gone)
    sheet.insert_rows(3, 4)
    sheet.insert_cols(1, 2)
    sheet.delete_cols(11)  # the help
    plan = plan_of(packed(book), round_, in_alpha)
    assert changes(plan) == {(TYPED, VALUE): ("5", "6")}
    assert len(plan.missing_lines) == 1
    assert plan.merged.values["sessions_per_group"] == 3


def test_a_line_that_the_form_does_not_have_is_told_by_its_cell(round_: Round, in_alpha: Organisation) -> None:
    book = opened(downloaded(round_, in_alpha))
    book.worksheets[0]["A60"], book.worksheets[0]["F60"] = "old_element", 5
    plan = plan_of(packed(book), round_, in_alpha)
    assert [error.address for error in plan.errors] == ["A60"]
    assert plan.changes == []


def test_what_was_entered_meanwhile_is_kept_unless_the_file_changes_it_too(
    round_: Round, in_alpha: Organisation
) -> None:
    draft = save(round_, values={TYPED: Decimal(5), "sessions_per_group": Decimal(3)})
    content = filled(downloaded(round_, in_alpha), {(TYPED, VALUE): 6})
    save(round_, draft.version, values={TYPED: Decimal(8), "sessions_per_group": Decimal(4)})
    plan = plan_of(content, round_, in_alpha)
    assert changes(plan) == {(TYPED, VALUE): ("8", "6")}
    assert plan.is_contested
    assert plan.merged.values["sessions_per_group"] == 4


def test_a_carried_number_that_the_file_changes_is_not_carried_any_more(round_: Round, in_alpha: Organisation) -> None:
    save(
        round_,
        values={TYPED: Decimal(5), "sessions_per_group": Decimal(3)},
        carried=[TYPED, "sessions_per_group"],
    )
    plan = plan_of(filled(downloaded(round_, in_alpha), {(TYPED, VALUE): 6}), round_, in_alpha)
    assert plan.carried == {"sessions_per_group"}


# --- There and back --------------------------------------------------------------------------------------------------
NUMBERS = st.none() | st.integers(0, 10**11).map(Decimal) | st.decimals(0, 10**9, places=4)
TEXTS = st.text(string.ascii_letters + "абвё =+-@'\"<>&;\n\t«»№1", max_size=40).map(str.strip)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_whatever_the_draft_holds_comes_back_the_same(
    round_: Round, in_alpha: Organisation, data: st.DataObject
) -> None:
    basis = Basis.of(round_, in_alpha)
    codes = data.draw(st.lists(st.sampled_from([element.code for element in basis.elements]), unique=True))
    entered = {code: data.draw(NUMBERS) for code in codes}
    reasons = {code: data.draw(TEXTS) for code in codes if code in basis.counts}
    filling = Filling.over(basis, entered, reasons=reasons, explanations={}, note=data.draw(TEXTS))
    file = spreadsheet(basis, filling, school=in_alpha, due=round_.due, version=3)

    form = FilledForm.from_json(read_form(file.content).as_json())

    assert form.given == given_texts(basis, filling)
    assert form.draft_version == 3
    written = {line.code: line.cells for line in form.lines}
    assert set(written) == {*[element.code for element in basis.elements], layout.NOTE}
    for code, texts in form.given.items():
        cells = written[code]
        read = Texts(*(cells[mark].text.strip() for mark in (VALUE, REASON, EXPLANATION)))
        assert read[1:] == texts[1:]
        assert (Decimal(read.value) if read.value else None) == entered.get(code) or texts.value == ""
        assert texts.value == write_number(entered.get(code)) or code not in filling.overruled


@pytest.mark.office
def test_libreoffice_saves_the_filled_file_and_it_is_still_taken(
    round_: Round, in_alpha: Organisation, tmp_path: Path
) -> None:
    mentor()
    save(round_, values={TYPED: Decimal(5)}, note="Просим\nучесть")
    cells = {
        (TYPED, VALUE): "12",
        ("sessions_per_group", VALUE): "=1+2",
        (COUNTED, VALUE): 4,
        (COUNTED, REASON): "Приказ № 5",
    }
    source = tmp_path / "form.xlsx"
    source.write_bytes(filled(downloaded(round_, in_alpha), cells))
    target = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [SOFFICE, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target, source],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip

    plan = plan_of((target / "form.xlsx").read_bytes(), round_, in_alpha)

    assert plan.errors == []
    assert changes(plan) == {
        (TYPED, VALUE): ("5", "12"),
        ("sessions_per_group", VALUE): ("", "3"),
        (COUNTED, VALUE): ("", "4"),
        (COUNTED, REASON): ("", "Приказ № 5"),
    }
