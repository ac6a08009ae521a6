"""Every formula's value is what a spreadsheet computes, to the last digit."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest

from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from tests.factories import make_round
from tests.workbooks.office import reopened
from tests.workbooks.reading import FORMULA, opened, row_of
from tests.workbooks.reporting import USUAL, hand_in_accepted, make_schools


def without_values(content: bytes) -> bytes:
    """Return the file without the values of its formulas: whoever reads it has to compute them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w") as stripped:
        for part in archive.namelist():
            data = archive.read(part)
            if part.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            stripped.writestr(part, data)
    return target.getvalue()


@pytest.mark.office
def test_libreoffice_recalculates_every_formula_to_the_cached_value(choices, round_, tmp_path):
    for place, school in enumerate(make_schools(round_.municipality, 12, first=10)):
        odd = {
            "mentors": (Decimal(place) / 7).quantize(Decimal("0.0001")),
            "teaching_staff": Decimal("41.3"),
            "plans_completed": place % 5,
        }
        hand_in_accepted(round_, school, USUAL | odd)
    content = make_workbook(choices).content
    live, cached = opened(content, values=False), opened(content)

    computed = reopened(without_values(content), tmp_path)

    compared = 0
    for page in live:
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == FORMULA):
            before, after = cached[page.title][cell.coordinate].value, computed[page.title][cell.coordinate].value
            assert after == before, (page.title, cell.coordinate, cell.value, type(after), type(before), after, before)
            compared += 1
    assert compared > 200


@pytest.mark.office
def test_shares_of_roadmaps_leave_out_schools_that_lack_a_part(in_municipality, tmp_path):
    round_ = make_round(in_municipality)
    first, second, third = make_schools(in_municipality, 3)
    hand_in_accepted(round_, first, USUAL)
    hand_in_accepted(round_, second, USUAL | {"roadmap_due": 100, "roadmap_done": 50, "roadmap_done_on_time": None})
    hand_in_accepted(round_, third, USUAL | {"roadmap_due": 10, "roadmap_done": None, "roadmap_done_on_time": 5})

    content = make_workbook(Choices(round_id=round_.pk)).content

    for book in (opened(content), reopened(without_values(content), tmp_path)):
        sheet = book["Дорожные карты"]
        total = [cell.value for cell in sheet[row_of(sheet, "Итого по муниципалитету")]]
        assert total[-2:] == pytest.approx([(18 + 50) / (20 + 100), (15 + 5) / (20 + 10)], rel=1e-14)
