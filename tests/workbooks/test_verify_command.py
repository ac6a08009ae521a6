"""`verify_workbook` says in words and by its exit code what a file is."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_round
from tests.workbooks.reporting import USUAL, hand_in_accepted


@pytest.fixture
def exported(municipality, alpha, tmp_path) -> Path:
    round_ = make_round(municipality, "2026-1")
    hand_in_accepted(round_, alpha, USUAL)
    path = tmp_path / "book.xlsx"
    call_command("export_workbook", round="2026-1", out=path, stdout=io.StringIO())
    return path


def verify(path: Path, **options: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify_workbook", path, stdout=out, **options)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def test_a_file_that_was_just_made_is_ours_unchanged_and_current(exported):
    code, said = verify(exported)

    assert code == 0
    assert "Сбор 2026-1" in said


def test_a_superseded_file_names_the_revisions(exported, municipality, beta):
    from django_tenants.utils import tenant_context

    from mentoring_reports.submissions.models import Round

    with tenant_context(municipality):
        round_ = Round.objects.get(code="2026-1")
    hand_in_accepted(round_, beta, USUAL)

    code, said = verify(exported)

    assert code == 3
    assert beta.name in said


def test_a_file_that_was_saved_by_another_program_is_changed(exported):
    openpyxl.load_workbook(exported).save(exported)

    assert verify(exported)[0] == 4


def test_a_foreign_file_is_not_ours(tmp_path, municipality):
    book = openpyxl.Workbook()
    book.save(tmp_path / "foreign.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook")

    assert verify(tmp_path / "foreign.xlsx")[0] == 5
    assert verify(tmp_path / "text.xlsx")[0] == 5


def test_what_cannot_be_read_and_who_is_not_there_is_told(tmp_path, municipality, exported):
    assert verify(tmp_path / "nothing.xlsx")[0] == 1
    assert verify(exported, municipality="nowhere")[0] == 1
    assert verify(exported, municipality=municipality.schema_name)[0] == 0
