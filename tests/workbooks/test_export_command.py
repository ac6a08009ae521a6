"""`export_workbook` writes the file or says in plain words why not."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_round
from tests.workbooks.reporting import USUAL, hand_in_accepted


def export(**options: object) -> str:
    out = io.StringIO()
    call_command("export_workbook", stdout=out, **options)
    return out.getvalue()


def finished_round(municipality):
    day = dt.date.today() - dt.timedelta(days=100)
    return make_round(
        municipality, "old", period_start=day - dt.timedelta(days=90), period_end=day, opens=day,
        due=day + dt.timedelta(days=5), closes=day + dt.timedelta(days=9),
    )  # fmt: skip


def test_latest_takes_the_last_finished_round(municipality, alpha, tmp_path):
    hand_in_accepted(finished_round(municipality), alpha, USUAL)
    make_round(municipality, "open")
    path = tmp_path / "out" / "book.xlsx"

    said = export(round="latest", out=path)

    assert str(path) in said
    sheet = openpyxl.load_workbook(path)["Свод"]
    assert "Сбор old" in {sheet.cell(row, 2).value for row in range(1, 12)}


def test_a_round_that_does_not_exist_is_told_with_those_that_do(municipality, tmp_path):
    make_round(municipality, "2026-1")

    with pytest.raises(CommandError, match=r"«2027-9» нет\. Есть: 2026-1"):
        export(round="2027-9", out=tmp_path / "book.xlsx")


def test_without_a_finished_round_latest_is_refused(municipality, tmp_path):
    make_round(municipality, "open")

    with pytest.raises(CommandError, match="Завершённых сборов ещё нет"):
        export(round="latest", out=tmp_path / "book.xlsx")


def test_a_path_that_cannot_be_written_is_told(municipality, tmp_path):
    make_round(municipality, "2026-1")
    (tmp_path / "file").write_text("a file where a folder would have to be")

    with pytest.raises(CommandError, match="Не удалось записать"):
        export(round="2026-1", out=tmp_path / "file" / "book.xlsx")


def test_an_unknown_municipality_is_told(municipality, tmp_path):
    with pytest.raises(CommandError, match="Такого муниципалитета нет"):
        export(round="latest", out=tmp_path / "book.xlsx", municipality="municipality_nowhere")
