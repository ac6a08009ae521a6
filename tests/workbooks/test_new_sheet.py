"""A new sheet is one new file: no other file of the project has to be touched."""

from __future__ import annotations

import sys

import pytest

from mentoring_reports.workbooks import sheets
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.sheets import registry
from mentoring_reports.workbooks.single import Kind, make_sheet
from tests.workbooks.reading import SHEETS, opened

FILE = """
from mentoring_reports.workbooks.sheets.registry import sheet
from mentoring_reports.workbooks.writing.blocks import Layout, Title
from mentoring_reports.workbooks.writing.cells import Cell, Column, Table


@sheet
class SpareSheet:
    code, order, layout = "spare", 15, Layout.WIDTH

    def title(self):
        return "Запасной"

    def blocks(self, source):
        yield Title(source.round.title)
        rows = [[Cell(name)] for name in source.consolidation.schools["school"]]
        yield Table(columns=[Column("Организация", width=40)], rows=rows, name="spare_rows")
"""


@pytest.fixture
def spare_sheet(tmp_path, monkeypatch):
    """Put one more file where sheets are looked for; afterwards it was never there."""
    (tmp_path / "spare.py").write_text(FILE)
    monkeypatch.setattr(registry, "_SHEETS", dict(registry._SHEETS))
    monkeypatch.setattr(sheets, "__path__", [*sheets.__path__, str(tmp_path)])
    registry.load()
    yield
    sys.modules.pop(f"{sheets.__name__}.spare", None)


def test_a_file_dropped_into_the_folder_is_a_sheet_of_the_book_and_of_its_own(spare_sheet, choices):
    book = opened(make_workbook(choices).content)

    assert book.sheetnames == [SHEETS[0], "Запасной", *SHEETS[1:]]
    assert len([cell for cell in book["Запасной"]["A"] if str(cell.value).startswith("Школа-строка")]) == 9
    csv = make_sheet(choices, "spare", Kind.CSV)
    assert "Школа-строка № 1" in csv.content.decode("utf-8-sig")
