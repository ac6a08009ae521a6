"""A school whose data cannot be read is named in the file, is in no sum, and breaks nothing."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from django.db import connection

from mentoring_reports.submissions.models import AcceptedFigure
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.sheets import registered
from mentoring_reports.workbooks.single import Kind, make_sheet
from tests.workbooks.reading import opened, records, row_of, texts
from tests.workbooks.reporting import USUAL, hand_in_accepted


def change_figure(submission, code, value):
    """Change a current figure behind everyone's back."""
    AcceptedFigure.objects.filter(submission=submission, element_code=code).delete()
    AcceptedFigure.objects.create(**submission.place(), element_code=code, value=value)


def broken_seal(round_, school):
    hand_in_accepted(round_, school, USUAL | {"mentors": 1000}, seal="0" * 64)


def changed_figure(round_, school):
    change_figure(hand_in_accepted(round_, school, USUAL), "mentors", Decimal(1000))


def lost_figures(round_, school):
    submission = hand_in_accepted(round_, school, USUAL | {"mentors": 1000})
    AcceptedFigure.objects.filter(submission=submission).delete()


def not_a_number(round_, school):
    submission = hand_in_accepted(round_, school, USUAL)
    with connection.cursor() as cursor:
        table = AcceptedFigure._meta.db_table
        spoil = f"UPDATE {table} SET value = 'NaN' WHERE submission_id = %s AND element_code = 'mentors'"
        cursor.execute(spoil, [submission.pk])
        assert cursor.rowcount == 1


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (broken_seal, "не сходится со своей контрольной суммой"),
        (changed_figure, "действующие значения — не те"),
        (lost_figures, "действующие значения — не те"),
        (not_a_number, "не является числом"),
    ],
)
def test_it_is_named_and_left_out_of_every_figure(  # noqa: PLR0913, PLR0917
    choices, round_, alpha, made, damage, why
):
    damage(round_, alpha)

    file = make_workbook(choices)

    book = opened(file.content)
    named = [line for line in file.manifest["unreadable"] if line["school"] == alpha.name]
    assert len(named) == 1
    assert why in named[0]["why"]
    for title in ("Свод", "Методика"):
        assert any(alpha.name in text and why in text for text in texts(book[title])) or title == "Методика"
    listed = records(book["Методика"], "Организация")
    assert [row for row in listed if row["Организация"] == alpha.name and why in str(row["Почему"])]
    row = [cell.value for cell in book["Школы"][row_of(book["Школы"], alpha.name)]]
    assert row[3] == "Данные не читаются"
    assert set(row[4:]) == {"—"}
    assert alpha.name not in {line["Организация"] for line in records(book["Данные"], "Код сбора")}
    before = opened(made.content)["Школы"]
    total = [cell.value for cell in book["Школы"][row_of(book["Школы"], "Итого по муниципалитету")]]
    assert total == [cell.value for cell in before[row_of(before, "Итого по муниципалитету")]]


def test_damage_in_an_earlier_round_is_named_too(round_, compared, alpha):
    broken_seal(compared, alpha)

    file = make_workbook(Choices(round_id=round_.pk, compared_id=compared.pk))

    assert [(line["school"], line["round"]) for line in file.manifest["unreadable"]] == [(alpha.name, compared.code)]
    assert any(compared.code in text and alpha.name in text for text in texts(opened(file.content)["Свод"]))


def test_a_report_that_is_whole_is_taken_whatever_its_seal_covers(round_, alpha):
    submission = hand_in_accepted(round_, alpha, USUAL, name='Школа "А" \\ Б\n=1+1')

    file = make_workbook(Choices(round_id=round_.pk))

    assert file.manifest["unreadable"] == []
    assert submission.checksum in {line["checksum"] for line in file.manifest["revisions"]}


@pytest.mark.parametrize("code", [sheet.code for sheet in registered()])
def test_it_is_named_whatever_sheets_are_chosen(round_, alpha, code):
    broken_seal(round_, alpha)
    choices = Choices(round_id=round_.pk, sheets=(code,))

    book = opened(make_workbook(choices).content)
    table, ods = (make_sheet(choices, code, kind).content for kind in (Kind.CSV, Kind.ODS))

    assert any(alpha.name in text for sheet in book for text in texts(sheet))
    assert any("контрольной суммой" in text for sheet in book for text in texts(sheet))
    assert alpha.name in table.decode()
    assert alpha.name in zipfile.ZipFile(io.BytesIO(ods)).read("content.xml").decode()


def test_nothing_is_added_where_all_can_be_read(round_):
    choices = Choices(round_id=round_.pk, sheets=("data",))

    assert opened(make_workbook(choices).content).sheetnames == ["Данные"]
    assert "⚠" not in make_sheet(choices, "data", Kind.CSV).content.decode()
