"""The way in: a file or a pasted text is read, kept as it came, and refused in words at its field."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.roadmaps.models import Roadmap, RoadmapImport
from mentoring_reports.roadmaps.wizard.draft import Draft
from mentoring_reports.roadmaps.wizard.keeping import past_of
from portal.tenants.models import Organisation
from tests.factories import CURATOR, DEPARTMENT, EDITOR, login

from .plans import HEADER, ROWS, TITLE, document, latest, two_plans, upload
from .screen import Preview

NEW = "/admin/roadmap-imports/new/"
PASTED = "\n".join([TITLE, "\t".join(HEADER), *("\t".join(row) for row in ROWS)])


def draft_of(school: Organisation) -> Draft:
    with tenant_context(school):
        return past_of(latest()).draft


def error_at(response: object, field: str) -> str:
    return " ".join(response.context["form"].errors.get(field, []))  # type: ignore[attr-defined]


def test_a_document_is_read_and_kept_as_it_came(alpha: Organisation, curator: Client) -> None:
    content = document()

    response = upload(curator, content)

    with tenant_context(alpha):
        kept = latest()
    assert response.headers["Location"] == f"/admin/roadmap-imports/{kept.pk}/"
    assert (bytes(kept.content), kept.name, kept.is_pasted) == (content, "карта.docx", False)
    [plan] = draft_of(alpha).plans
    assert [section.title for section in plan.sections] == ["Раздел 1. Подготовка", "Раздел 2. Реализация"]
    assert (plan.title, plan.start, plan.end) == (TITLE, "2024-09-01", "2025-08-31")


def test_no_roadmap_is_made_by_an_upload(alpha: Organisation, curator: Client) -> None:
    upload(curator)

    with tenant_context(alpha):
        assert not Roadmap.objects.exists()


def test_a_text_is_pasted(alpha: Organisation, curator: Client) -> None:
    curator.post(NEW, {"text": PASTED})

    assert len([*draft_of(alpha).plans[0].items]) == 5
    with tenant_context(alpha):
        assert latest().is_pasted


def test_the_period_that_is_given_counts(alpha: Organisation, curator: Client) -> None:
    upload(curator, start="01.01.2025", end="31.12.2025")

    assert draft_of(alpha).plans[0].period == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def test_lists_are_split_where_it_is_asked_for(alpha: Organisation, curator: Client) -> None:
    rows = [("1", "Провести: 1) опрос; 2) беседу", "Май 2025", "Куратор", "Справка"), *ROWS[1:3]]

    upload(curator, document(rows), split_lists="on")

    assert [item.activity for item in draft_of(alpha).plans[0].items][:2] == ["Провести: опрос", "Провести: беседу"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "scan.png"),
        (b"PK\x03\x04no", "a.docx"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_field(
    alpha: Organisation, curator: Client, content: bytes, name: str
) -> None:
    response = upload(curator, content, name)

    assert response.status_code == 200
    assert error_at(response, "file")
    with tenant_context(alpha):
        assert not RoadmapImport.objects.exists()


def test_a_refused_text_is_not_lost(curator: Client) -> None:
    response = curator.post(NEW, {"text": "{\\rtf1 важный текст}"})

    assert error_at(response, "text")
    assert "важный текст" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "file"),
        ({"text": PASTED, "start": "01.09.2024"}, "end"),
        ({"text": PASTED, "start": "01.09.2024", "end": "31.08.2024"}, "end"),
        ({"text": PASTED, "start": "01.09.2024", "end": "31.08.9999"}, "end"),
        ({"text": PASTED, "end": "когда-нибудь"}, "end"),
    ],
)
def test_a_form_that_is_not_filled_in_right_is_refused(curator: Client, data: dict[str, str], field: str) -> None:
    assert error_at(curator.post(NEW, data), field)


def test_a_document_without_a_plan_is_shown_with_all_its_rows(alpha: Organisation, curator: Client) -> None:
    response = curator.post(NEW, {"text": "Уважаемые коллеги!\nПриказ не найден."}, follow=True)

    assert response.status_code == 200
    assert len(draft_of(alpha).passed) == 2


def test_control_characters_and_long_names_do_not_break_the_keeping(alpha: Organisation, curator: Client) -> None:
    text = PASTED.replace("Куратор", "Кура\x01тор\ufffe")

    upload(curator, text.encode(), f"{'я' * 400}.txt")

    with tenant_context(alpha):
        assert latest().name.endswith(".txt")
        assert len(latest().name) <= 255


def test_two_plans_are_two_tabs(alpha: Organisation, curator: Client) -> None:
    upload(curator, two_plans())
    with tenant_context(alpha):
        preview = Preview(curator, alpha, latest().pk)

    tabs = preview.page().xpath("//nav[@class='wizard-tabs']//a/@href")

    assert tabs == ["?plan=0", "?plan=1"]
    assert "Открыть школу молодого педагога" in curator.get(f"{preview.path}?plan=1").content.decode()


def test_the_list_says_who_when_which_file_and_what_became_of_it(preview: Preview, curator: Client) -> None:
    before = curator.get("/admin/roadmap-imports/").content.decode()
    preview.press("save")
    after = curator.get("/admin/roadmap-imports/").content.decode()

    assert "карта.docx" in before
    assert "/board/" not in before
    assert "/board/" in after


def test_the_list_takes_as_many_statements_for_ten_documents_as_for_one(
    alpha: Organisation, curator: Client, imported: RoadmapImport, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    curator.get("/admin/roadmap-imports/")
    with CaptureQueriesContext(connection) as one:
        curator.get("/admin/roadmap-imports/")
    with tenant_context(alpha):
        for _ in range(9):
            RoadmapImport.objects.create(name="еще.docx", content=b"", made_by=imported.made_by, draft=imported.draft)
    with CaptureQueriesContext(connection) as ten:
        curator.get("/admin/roadmap-imports/")

    assert len(ten) == len(one)


def test_the_file_comes_back_as_an_attachment_that_no_browser_shows(curator: Client, imported: RoadmapImport) -> None:
    response = curator.get(f"/admin/roadmap-imports/{imported.pk}/file/")

    assert response.content == bytes(imported.content)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


SCREENS = ("", "new/", "reading/", "{pk}/", "{pk}/compare/", "{pk}/file/", "{pk}/delete/")


def test_another_school_sees_nothing_of_it(beta: Organisation, imported: RoadmapImport) -> None:
    other = login(beta, CURATOR)

    for screen in SCREENS[3:]:
        assert other.get("/admin/roadmap-imports/" + screen.format(pk=imported.pk)).status_code == 404
    assert "карта.docx" not in other.get("/admin/roadmap-imports/").content.decode()


def test_editors_and_the_municipality_are_turned_away(
    alpha: Organisation, municipality: Organisation, imported: RoadmapImport
) -> None:
    for client in (login(alpha, EDITOR), login(municipality, DEPARTMENT)):
        for screen in SCREENS:
            response = client.get("/admin/roadmap-imports/" + screen.format(pk=imported.pk))
            assert response.status_code in (302, 403)


def test_nobody_without_the_right_uploads_by_hand(alpha: Organisation) -> None:
    response = upload(login(alpha, EDITOR))

    assert response.status_code in (302, 403)
    with tenant_context(alpha):
        assert not RoadmapImport.objects.exists()


def test_a_workbook_is_read_as_well(alpha: Organisation, curator: Client) -> None:
    import io

    book = openpyxl.Workbook()
    for row in ([TITLE], HEADER, *ROWS):
        book.active.append(list(row))
    written = io.BytesIO()
    book.save(written)

    upload(curator, written.getvalue(), "карта.xlsx")

    assert len([*draft_of(alpha).plans[0].items]) == 5
