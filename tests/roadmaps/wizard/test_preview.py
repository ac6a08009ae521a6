"""The preview: doubts where they are, every cell a field, every button a POST that keeps what was typed."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from openpyxl.styles import Font

from mentoring_reports.roadmaps.deadline_entry.doubts import WORDS
from mentoring_reports.roadmaps.deadlines import Doubt
from mentoring_reports.roadmaps.importing.columns import ROLES
from mentoring_reports.roadmaps.importing.skipping import REASONS
from mentoring_reports.roadmaps.wizard import words
from mentoring_reports.roadmaps.wizard.screen import ROWS_ON_PAGE
from portal.tenants.models import Organisation

from .plans import HEADER, ROWS, TITLE, document, latest, texts, upload
from .screen import Preview

# The codes of docs/roadmap-import.md.
OF_ITEMS = {
    "no_deadline", "deadline_from_section", "joined_rows", "shifted_columns", "number_gap", "number_order",
    "number_repeated", "list_split", "no_activity",
}  # fmt: skip
OF_PLANS = {
    "no_period", "period_inferred", "no_header", "no_deadline_column", "no_responsible_column", "number_gap",
    "column_not_used",
}  # fmt: skip


def test_every_code_of_the_importer_has_its_words() -> None:
    assert set(words.OF_ITEMS) == OF_ITEMS
    assert set(words.OF_PLANS) == OF_PLANS
    assert set(words.REASONS) == set(REASONS)
    assert set(words.ROLES) == set(ROLES)
    assert set(WORDS) == set(Doubt)


def test_every_cell_is_a_field_of_the_form(preview: Preview) -> None:
    fields = preview.fields(preview.page())
    key = preview.key("приказ")

    assert fields[f"cell-{key}-activity"] == "Издать приказ о программе наставничества"
    assert fields[f"cell-{key}-deadline_text"] == "До 10.09.2024"
    assert fields[f"cell-{key}-responsible"] == "Директор"
    assert fields[f"cell-{key}-expected_result"] == "Приказ"


def test_the_reading_of_a_deadline_stands_beside_its_text(preview: Preview) -> None:
    [words_] = preview.page().xpath(f"//tr[@id='row-{preview.key('приказ')}']//*[@data-words]")

    assert "10.09.2024" in words_.text_content()


def test_doubts_stand_in_their_cells_with_an_icon_and_words(preview: Preview) -> None:
    key = preview.key("базу")
    page = preview.page()
    [deadline] = page.xpath(f"//*[@id='notes-{key}-deadline_text']/li")
    [number] = page.xpath(f"//*[@id='notes-{key}-number']/li")

    for note in (deadline, number):
        assert note.text_content().strip()
        assert note.xpath(".//*[name()='svg']")
    assert page.xpath(f"//textarea[@id='cell-{key}-number']/@aria-describedby") == [f"notes-{key}-number"]


def test_the_summary_counts_doubts_and_leads_to_the_first(preview: Preview) -> None:
    page = preview.page()
    [summary] = page.xpath("//*[@data-doubts]")
    first = page.xpath("//tr[@data-doubtful]/@id")[0]

    assert int(summary.get("data-doubts")) >= 2
    assert any(link.endswith(f"#{first}") for link in summary.xpath(".//a/@href"))


def test_only_doubtful_rows_are_shown_where_that_is_asked_for(preview: Preview) -> None:
    rows = preview.page("?only=doubtful").xpath("//tr[starts-with(@id, 'row-')]")

    assert 0 < len(rows) < 5
    assert all("data-doubtful" in row.attrib for row in rows)


def test_a_row_that_was_checked_is_doubtful_no_more(preview: Preview) -> None:
    key = preview.key("базу")

    preview.press(f"checked:{key}")

    assert preview.page().xpath(f"//tr[@id='row-{key}']/@data-doubtful") == []


def test_a_corrected_deadline_is_read_anew(preview: Preview) -> None:
    key = preview.key("базу")

    preview.press("keep", **{f"cell__{key}__deadline_text": "До 15.11.2024"})

    [words_] = preview.page().xpath(f"//tr[@id='row-{key}']//*[@data-words]")
    assert "15.11.2024" in words_.text_content()


def test_all_deadlines_are_read_anew_in_another_period(preview: Preview) -> None:
    preview.press("keep", plan__start="2025-09-01", plan__end="2026-08-31")

    [words_] = preview.page().xpath(f"//tr[@id='row-{preview.key('Встречи')}']//*[@data-words]")
    assert "2026" in words_.text_content()


def test_whichever_button_is_pressed_what_was_typed_is_kept(preview: Preview) -> None:
    key, other = preview.key("приказ"), preview.key("базу")

    preview.press(f"drop:{other}", **{f"cell__{key}__activity": "Издать распоряжение", "plan__title": "Наш план"})

    assert preview.plan.title == "Наш план"
    assert next(item.activity for item in preview.plan.kept) == "Издать распоряжение"
    assert len(preview.plan.kept) == 4


def test_rows_are_merged_moved_and_dropped_by_buttons(preview: Preview) -> None:
    first, second, base = preview.key("приказ"), preview.key("совещание"), preview.key("базу")
    target = preview.plan.sections[1].key

    preview.press("merge_chosen", row=[first, second])
    preview.press("move_chosen", row=[base], to_section=target)
    preview.press(f"up:{base}")

    assert [len(section.items) for section in preview.plan.sections] == [1, 3]
    assert texts(preview.plan)[1][1] == "Составить базу наставляемых"


def test_after_a_button_the_browser_is_led_back_to_the_row(preview: Preview) -> None:
    key = preview.key("базу")

    assert preview.press(f"up:{key}").headers["Location"].endswith(f"#row-{key}")


def test_a_section_is_added_renamed_and_removed(preview: Preview) -> None:
    preview.press("add_section", new_section="Раздел 3. Итоги")
    added = preview.plan.sections[-1]
    preview.press("keep", **{f"section__{added.key}__title": "Итоги года"})
    assert preview.plan.sections[-1].title == "Итоги года"

    preview.press(f"remove_section:{added.key}")

    assert len(preview.plan.sections) == 2


def test_the_last_step_is_taken_back_and_made_again(preview: Preview) -> None:
    before = texts(preview.plan)
    preview.press(f"merge_next:{preview.key('приказ')}")
    merged = texts(preview.plan)

    preview.press("undo")
    assert texts(preview.plan) == before
    preview.press("redo")

    assert texts(preview.plan) == merged


def test_who_comes_back_later_goes_on_where_the_work_was_left(alpha: Organisation, preview: Preview) -> None:
    from tests.factories import CURATOR, login

    preview.press("keep", plan__title="Начато вчера")
    another_day = Preview(login(alpha, CURATOR, "curator-2"), alpha, preview.pk)

    assert another_day.fields(another_day.page())["plan-title"] == "Начато вчера"


def test_the_slower_of_two_windows_is_told_and_loses_nothing(preview: Preview) -> None:
    first, other, third = preview.key("приказ"), preview.key("совещание"), preview.key("диагностику")
    slow = preview.page()
    preview.press("keep", **{f"cell__{first}__activity": "Написал быстрый"})
    preview.press(f"drop:{third}")

    typed = {f"cell__{first}__activity": "Написал медленный", f"cell__{other}__activity": "Только медленный"}
    response = preview.press(f"drop:{other}", of=slow, **typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Написал медленный" in page
    assert "«Написал быстрый»" in page
    now = {item.key: item for item in preview.plan.items}
    assert now[first].activity == "Написал быстрый"  # until the slower one decides
    assert now[other].activity == "Только медленный"
    assert not now[other].dropped
    assert now[third].dropped


def test_a_text_typed_for_a_row_that_is_gone_is_shown_to_its_writer(preview: Preview) -> None:
    first, second = preview.key("приказ"), preview.key("совещание")
    slow = preview.page()
    preview.press(f"merge_next:{first}")

    response = preview.press("keep", of=slow, **{f"cell__{second}__activity": "Не потеряй меня"})

    assert "Не потеряй меня" in response.content.decode()


def test_columns_get_another_meaning_and_corrections_stay(preview: Preview) -> None:
    key = preview.key("приказ")
    preview.press("keep", **{f"cell__{key}__activity": "Исправлено", "plan__title": "Мое название"})

    preview.press("columns", role__4="documents")

    item = next(item for item in preview.plan.items if item.activity == "Исправлено")
    assert (item.documents, item.expected_result) == ("Приказ", "")
    assert preview.plan.title == "Мое название"
    assert ("Результат", "documents") in preview.plan.columns
    preview.press("undo")
    assert ("Результат", "result") in preview.plan.columns


def test_columns_without_an_activity_change_nothing(preview: Preview) -> None:
    key, before = preview.key("приказ"), texts(preview.plan)

    roles = {f"role__{n}": "other" for n in range(5)}
    response = preview.press("columns", **{**roles, f"cell__{key}__responsible": "Завуч"})

    assert response.status_code == 302
    assert texts(preview.plan) == before
    assert next(preview.plan.items).responsible == "Завуч"


def test_what_was_left_out_is_listed_with_its_reason_and_becomes_an_activity(
    alpha: Organisation, curator: Client
) -> None:
    upload(curator, document([*ROWS, ("Исп.: Учитель, тел. 1-23",)]))
    with tenant_context(alpha):
        preview = Preview(curator, alpha, latest().pk)
    number = next(n for n, row in enumerate(preview.past.draft.passed) if "Исп." in row.text)

    preview.press(f"add_passed:{number}")
    preview.press(f"add_passed:{number}")

    assert sum("Исп." in item.activity for item in preview.plan.items) == 1


@pytest.mark.parametrize(
    "operation", ["", "nonsense", "drop:", "drop:999", "drop:x", "up:-1", "add_passed:999", "undo:5"]
)
def test_a_button_that_is_none_changes_nothing(preview: Preview, operation: str) -> None:
    before = texts(preview.plan)

    assert preview.press(operation).status_code == 302
    assert texts(preview.plan) == before


def test_too_long_a_text_is_an_error_at_its_cell(preview: Preview) -> None:
    key = preview.key("приказ")
    preview.press("keep", **{f"cell__{key}__responsible": "к" * 1001})

    page = preview.page()

    assert page.xpath(f"//textarea[@id='cell-{key}-responsible']/@aria-invalid") == ["true"]
    assert page.xpath("//*[@data-errors]/@data-errors") == ["1"]


def test_dates_by_hand_stand_in_place_of_the_reading(preview: Preview) -> None:
    key = preview.key("базу")

    preview.press("keep", **{f"cell__{key}__kind": "by_date", f"cell__{key}__ends_on": "2024-12-20"})

    [words_] = preview.page().xpath(f"//tr[@id='row-{key}']//*[@data-words]")
    assert "20.12.2024" in words_.text_content()


def test_characters_that_the_database_refuses_are_taken_out(preview: Preview) -> None:
    key = preview.key("приказ")

    preview.press("keep", **{f"cell__{key}__activity": "Издать\0приказ", "plan__title": "Карта\x07"})

    assert preview.plan.title == "Карта"
    assert "Издать приказ" in texts(preview.plan)[0]


LONG = [(str(n), f"Мероприятие номер {n} по плану", "Май 2025", "Куратор", "Справка") for n in range(1, 301)]


@pytest.fixture
def long(alpha: Organisation, curator: Client) -> Preview:
    """Return the preview of a document of 300 rows."""
    upload(curator, document(LONG))
    with tenant_context(alpha):
        return Preview(curator, alpha, latest().pk)


def test_a_long_plan_comes_in_pages_and_a_step_leads_to_the_right_one(long: Preview) -> None:
    key = long.key("номер 250 ")
    first = long.page()
    location = long.press(f"up:{key}", query=f"?page={1 + 249 // ROWS_ON_PAGE}").headers["Location"]

    assert len(first.xpath("//tr[starts-with(@id, 'row-')]")) == ROWS_ON_PAGE
    assert len(long.fields(first)) < 1000
    assert f"page={1 + 248 // ROWS_ON_PAGE}" in location


def test_the_pages_keep_what_was_typed_on_the_one_that_is_left(long: Preview) -> None:
    key = long.key("номер 3 ")

    response = long.press("page:2", **{f"cell__{key}__activity": "Исправлено на первой"})

    assert "page=2" in response.headers["Location"]
    assert next(long.plan.items).activity.startswith("Мероприятие номер 1 ")
    assert "Исправлено на первой" in texts(long.plan)[0]


def test_statements_do_not_grow_with_the_rows(preview: Preview, long: Preview) -> None:
    numbers = []
    for screen in (preview, long):
        screen.page()
        with CaptureQueriesContext(connection) as seen:
            screen.page()
        numbers.append(len(seen))

    assert numbers[0] == numbers[1]


def test_the_reading_while_one_types(curator: Client) -> None:
    answer = curator.get(
        "/admin/roadmap-imports/reading/", {"text": "до 5 мая", "start": "2024-09-01", "end": "2025-08-31"}
    ).json()

    assert (answer["kind"], answer["end"]) == ("by_date", "2025-05-05")


def test_a_split_row_comes_back_whole_when_the_table_is_read_again(preview: Preview) -> None:
    key = preview.key("Провести совещание")
    preview.press(f"split:{key}", **{f"cell__{key}__activity": "Первое дело\nВторое дело"})

    preview.press("columns", role__4="documents")

    assert [item.activity for item in preview.plan.items][1] == "Провести совещание с наставниками"
    assert len([*preview.plan.items]) == 5


def test_entries_of_one_cell_keep_their_own_corrections(alpha: Organisation, curator: Client) -> None:
    rows = [("1", "Провести: 1) опрос; 2) беседу; 3) отбор", "Май 2025", "Куратор", "Справка"), *ROWS[1:3]]
    upload(curator, document(rows), split_lists="on")
    with tenant_context(alpha):
        preview = Preview(curator, alpha, latest().pk)
    key = preview.key("опрос")
    preview.press("keep", **{f"cell__{key}__activity": "Провести опрос родителей"})

    preview.press("columns", role__4="documents")

    assert [item.activity for item in preview.plan.items][:3] == [
        "Провести опрос родителей", "Провести: беседу", "Провести: отбор",
    ]  # fmt: skip


def test_a_workbook_has_no_more_columns_than_it_uses(alpha: Organisation, curator: Client) -> None:
    book = openpyxl.Workbook()
    for row in ([TITLE], HEADER, *ROWS):
        book.active.append(list(row))
    book.active.cell(3, 60).font = Font(bold=True)
    written = io.BytesIO()
    book.save(written)
    upload(curator, written.getvalue(), "карта.xlsx")
    with tenant_context(alpha):
        preview = Preview(curator, alpha, latest().pk)

    assert [header for header, _role in preview.plan.columns] == list(HEADER)
