"""The paper in the admin: for whoever may see roadmaps, in their own school only, in a fixed number of statements."""

from __future__ import annotations

import datetime as dt
import io
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.roadmaps.actions import mark_done
from mentoring_reports.roadmaps.importing.importer import read_plans
from mentoring_reports.roadmaps.models import Roadmap
from mentoring_reports.roadmaps.paper.drawing import paper_of
from mentoring_reports.roadmaps.readers.reading import read_document
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, SUPERUSER, login
from tests.roadmaps.factories import make_item, make_roadmap, make_section

KINDS = ("paper", "paper_docx", "paper_xlsx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def filled(**fields) -> Roadmap:
    roadmap = make_roadmap(title="Дорожная карта «Вместе»: 2024/25", **fields)
    section = make_section(roadmap, number="1", title="Подготовка условий")
    make_item(section, number="1.1", activity="Издать приказ", expected_result="Приказ", indicator_text="100 %")
    make_item(section, number="1.2", activity="=HYPERLINK(1)", deadline_text="Октябрь", responsible="@куратор")
    return roadmap


def address(name: str, pk: int, query: str = "") -> str:
    return reverse(f"roadmaps:{name}", args=[pk], urlconf="portal.urls_school") + query


def content(client, roadmap: Roadmap, name: str, query: str = "") -> bytes:
    response = client.get(address(name, roadmap.pk, query))
    assert response.status_code == 200
    return response.content


@pytest.fixture
def curator(alpha: Organisation):
    return login(alpha, CURATOR)


@pytest.fixture
def roadmap(alpha: Organisation) -> Roadmap:
    with tenant_context(alpha):
        return filled()


def test_files_have_readable_names_and_are_not_kept_by_browsers(curator, roadmap: Roadmap) -> None:
    response = curator.get(address("paper_docx", roadmap.pk))

    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition).endswith("Дорожная карта «Вместе» 2024 25.docx")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", KINDS)
def test_another_schools_roadmap_and_an_editor_get_no_paper(
    alpha: Organisation, beta: Organisation, municipality: Organisation, roadmap: Roadmap, name: str
) -> None:
    other, editor = login(beta, CURATOR), login(alpha, EDITOR)
    superuser = login(municipality, SUPERUSER)

    assert other.get(address(name, roadmap.pk)).status_code == 404
    assert editor.get(address(name, roadmap.pk)).status_code in (302, 403)
    assert superuser.get(address(name, roadmap.pk)).status_code in (302, 403, 404)


def test_the_page_holds_every_cell_and_the_way_to_the_files(curator, roadmap: Roadmap) -> None:
    page = content(curator, roadmap, "paper").decode()

    assert page.count("<tr") == 4
    assert all(text in page for text in ("Издать приказ", "До 01.10.2024", "=HYPERLINK(1)", "УТВЕРЖДАЮ"))
    assert address("paper_docx", roadmap.pk) in page
    assert "Участники" not in page


def test_a_board_leads_to_its_paper(curator, roadmap: Roadmap) -> None:
    assert address("paper", roadmap.pk) in curator.get(address("board", roadmap.pk)).content.decode()


def test_word_repeats_the_heading_row_tears_no_row_and_lies_on_its_side(curator, roadmap: Roadmap) -> None:
    document = docx.Document(io.BytesIO(content(curator, roadmap, "paper_docx")))

    rows = document.tables[0]._tbl.findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert document.sections[0].page_width > document.sections[0].page_height
    assert document.core_properties.language == "ru-RU"
    assert document.core_properties.created.year == 2024


def test_the_sheet_is_fit_to_the_page_and_holds_only_texts(curator, roadmap: Roadmap) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content(curator, roadmap, "paper_xlsx"))).active

    header = next(cell.row for cell in sheet["B"] if cell.value == "Мероприятие")
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.freeze_panes == f"A{header + 1}"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s"}
    assert sheet.cell(header + 3, 2).value == "=HYPERLINK(1)"


@pytest.mark.parametrize("name", KINDS)
def test_an_empty_roadmap_still_makes_a_sensible_paper(alpha: Organisation, curator, name: str) -> None:
    with tenant_context(alpha):
        empty = make_roadmap(title="План: пустой?")

    made = content(curator, empty, name)

    if name == "paper":
        assert "В дорожной карте пока нет мероприятий." in made.decode()
    else:
        rows = read_document(made, "plan").rows
        assert "План: пустой?" in [row.text for row in rows]


@pytest.mark.parametrize("name", ["paper_docx", "paper_xlsx"])
def test_a_report_says_what_is_done_and_is_read_as_the_same_plan(
    alpha: Organisation, curator, roadmap: Roadmap, name: str
) -> None:
    with tenant_context(alpha):
        item = roadmap.items().get(number="1.1")
        item.evidence_note = "Приказ № 7"
        item.save()
        mark_done(item=item, by=None, on=dt.date(2024, 9, 20))

    document = read_document(content(curator, roadmap, name, "?layout=report"), "plan")

    (plan,) = read_plans(document).plans
    assert [item.text for item in plan.items] == ["Издать приказ", "=HYPERLINK(1)"]
    assert "20.09.2024: Приказ № 7" in plan.items[0].other[0][1]
    assert plan.title == roadmap.title


def test_a_drafts_paper_is_marked(alpha: Organisation, curator) -> None:
    with tenant_context(alpha):
        draft = filled(is_draft=True, is_published=False)

    assert "Проект" in content(curator, draft, "paper").decode()


@pytest.mark.parametrize("layout", ["plan", "report"])
def test_statements_do_not_grow_with_the_activities(alpha: Organisation, layout: str) -> None:
    from mentoring_reports.roadmaps.paper.drawing import Layout

    def statements(number: int) -> int:
        roadmap = make_roadmap()
        for _ in range(number):
            make_item(make_section(roadmap))
        with CaptureQueriesContext(connection) as captured:
            paper_of(roadmap, school="Школа", layout=Layout(layout))
        return len(captured)

    with tenant_context(alpha):
        assert statements(2) == statements(12) <= 3


@pytest.mark.office
def test_libreoffice_opens_a_hostile_sheet(alpha: Organisation, curator, tmp_path) -> None:
    from tests.roadmaps.paper.test_round_trip import HOSTILE
    from tests.workbooks.office import converted

    with tenant_context(alpha):
        section = make_section(make_roadmap(title="Дорожная карта"), number="1", title="Подготовка")
        for number, text in enumerate(HOSTILE, 1):
            make_item(section, activity=text, number=f"1.{number}")
        roadmap = section.roadmap
    made = content(curator, roadmap, "paper_xlsx")

    again = converted(made, tmp_path).read_bytes()

    texts = [item.text for plan in read_plans(read_document(again, "plan.xlsx")).plans for item in plan.items]
    assert len(texts) == len(HOSTILE)
    assert texts[:2] == ["=1+1", "+7 (900) 000-00-00 — телефон доверия"]
