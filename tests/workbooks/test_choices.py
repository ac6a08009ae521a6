"""What the department chooses is what the file holds: filters, rounds, names or codes; only its own schools."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.single import Kind, NoSuchSheet, make_sheet
from portal.tenants.models import Organisation
from tests.workbooks.office import reopened
from tests.workbooks.reading import opened, records, row_of, texts
from tests.workbooks.reporting import USUAL, hand_in_accepted, make_schools


def test_a_territory_is_all_that_is_in_the_file(choices, round_):
    file = make_workbook(Choices(round_id=round_.pk, compared_id=choices.compared_id, territory="Центр"))
    book = opened(file.content)

    assert {row["Территория"] for row in records(book["Данные"], "Код сбора")} == {"Центр"}
    assert "Заречье" not in {text for sheet in book for text in texts(sheet)}
    assert file.manifest["choices"]["territory"] == "Центр"


def test_a_type_filters_every_round(choices, round_):
    book = opened(make_workbook(Choices(round_id=round_.pk, type_="Гимназия")).content)

    rows = records(book["Данные"], "Код сбора")
    assert {row["Тип"] for row in rows} == {"Гимназия"}
    assert {row["Код сбора"] for row in rows} == {"2025-2", "2026-1"}


def test_codes_stand_in_place_of_all_school_names(choices, round_):
    file = make_workbook(Choices(round_id=round_.pk, compared_id=choices.compared_id, codes_for_names=True))

    said = " ".join(text for sheet in opened(file.content) for text in texts(sheet)) + str(file.manifest)
    names = list(round_.municipality.schools.values_list("name", "short_name", "pk"))
    assert names
    for name, short_name, pk in names:
        assert name not in said
        assert short_name not in said
        assert f"ОО {pk}" in said


def test_data_are_one_row_a_school_round_and_data_element(made, round_, compared):
    rows = records(opened(made.content)["Данные"], "Код сбора")
    keys = [(row["Код сбора"], row["Код ОО"], row["Код показателя"]) for row in rows]

    assert len(set(keys)) == len(keys) == made.manifest["rows"]
    assert {row["Конец периода"].date() for row in rows} == {round_.period_end, compared.period_end}
    assert all(row["Значение"] == "—" or isinstance(row["Значение"], int | float) for row in rows)
    by_key = dict(zip(keys, rows, strict=True))
    fifth = round_.municipality.schools.get(name="Школа-строка № 5").pk
    assert by_key["2026-1", fifth, "mentors"]["Значение"] == 0
    sixth = round_.municipality.schools.get(name="Школа-строка № 6").pk
    assert by_key["2026-1", sixth, "closing_event_present"]["Значение"] == "—"


def test_dynamics_show_every_round_and_its_change(made, source):
    sheet = opened(made.content)["Динамика"]
    row = row_of(sheet, "Доля обученных наставников")

    before, now, change = (sheet.cell(row, column).value for column in (3, 4, 5))

    assert change == pytest.approx((now - before) * 100)
    assert [cell.value for cell in sheet[2]][2:4] == [one.title for one in source.history]


def test_roadmaps_tell_what_is_overdue(made):
    sheet = opened(made.content)["Дорожные карты"]
    rows = {row["Организация"]: row for row in records(sheet, "Организация")}

    assert rows["Школа-строка № 1"]["Просрочено"] == 2
    assert rows["Школа-строка № 1"]["Доля выполненных"] == pytest.approx(0.9)
    assert rows["Школа-строка № 9"]["Просрочено"] == "—"
    assert rows["Итого по муниципалитету"]["Срок наступил"] == 7 * 20


def test_a_round_that_is_gone_is_told(in_municipality):
    with pytest.raises(Round.DoesNotExist):
        make_workbook(Choices(round_id=999_999))


def test_a_round_is_there_in_its_own_municipality_only(choices, alpha):
    with schema_context(get_public_schema_name()):
        other = Organisation.objects.create(
            schema_name="municipality_other", kind="municipality", state="active", name="Другой", short_name="Другой"
        )

    for stranger in (other, alpha):
        with tenant_context(stranger), pytest.raises(Round.DoesNotExist):
            make_workbook(choices)


def test_the_number_of_statements_does_not_grow_with_schools(choices, round_):
    with CaptureQueriesContext(connection) as few:
        make_workbook(choices)
    for school in make_schools(round_.municipality, 8, first=30):
        hand_in_accepted(round_, school, USUAL)

    with CaptureQueriesContext(connection) as many:
        make_workbook(choices)

    assert len(many) <= len(few)


def test_a_sheet_as_csv_has_its_table_and_nothing_else(choices):
    file = make_sheet(choices, "data", Kind.CSV)
    lines = file.content.decode("utf-8-sig").splitlines()

    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file.name.endswith(".csv")
    assert lines[0].startswith("Код сбора;Сбор;Конец периода;")
    assert len(lines) == 1 + opened(make_workbook(choices).content)["Данные"].max_row - 1


def test_a_sheet_as_csv_writes_numbers_as_russians_do(choices):
    lines = make_sheet(choices, "schools", Kind.CSV).content.decode("utf-8-sig").splitlines()
    seventh = next(line for line in lines if line.startswith("Школа-строка № 7")).split(";")

    assert "Доля наставников среди педагогических работников, %; целевое значение ≥ 5 %: Числитель" in lines[0]
    assert seventh[4:7] == ["2,5", "40", "6,3"]


@pytest.mark.office
def test_a_sheet_as_ods_is_read_and_recalculated_by_libreoffice(choices, made, tmp_path):
    file = make_sheet(choices, "schools", Kind.ODS)

    sheet = reopened(file.content, tmp_path, source="ods").active

    wanted = opened(made.content)["Школы"]
    for name in ("Школа-строка № 7", "Итого по муниципалитету", "Медиана по организациям"):
        found = [cell.value for cell in sheet[row_of(sheet, name)]][:40]
        expected = [cell.value for cell in wanted[row_of(wanted, name)]][:40]
        for one, other in zip(found, expected, strict=True):
            assert one == (pytest.approx(other, abs=1e-12) if isinstance(other, int | float) else other)


def test_a_sheet_that_does_not_exist_is_told(choices):
    with pytest.raises(NoSuchSheet):
        make_sheet(choices, "nothing", Kind.CSV)
