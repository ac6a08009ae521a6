"""The screens of workbooks: choosing, progress, the file by right, saved choices, checking a file."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.handover import Author
from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.asking import ask
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.enums import MadeState
from mentoring_reports.workbooks.forms import ChoicesForm
from mentoring_reports.workbooks.kept import content, remove
from mentoring_reports.workbooks.making import make_now, run
from mentoring_reports.workbooks.manifest import digest
from mentoring_reports.workbooks.models import MadeWorkbook, WorkbookTemplate
from portal.tenants.models import Organisation
from tests.factories import CURATOR, DEPARTMENT, METHODIST, client_at, login, make_round
from tests.workbooks.reporting import USUAL, hand_in_accepted

LIST = "/admin/workbooks/"
BY = Author("Методист")


@pytest.fixture
def round_(municipality: Organisation, alpha: Organisation) -> Round:
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    return round_


@pytest.fixture
def department(municipality: Organisation) -> Client:
    return login(municipality, DEPARTMENT)


@pytest.fixture
def workbook(municipality: Organisation, round_: Round) -> MadeWorkbook:
    with tenant_context(municipality):
        return make_now(choices=Choices(round_id=round_.pk, sheets=("data",)), by=BY)


def form(round_: Round, **changes: object) -> dict[str, object]:
    return {"round": round_.code, "compare": "before", "sheets": ["data"], "territory": "", "type": ""} | changes


def latest(municipality: Organisation) -> MadeWorkbook | None:
    with tenant_context(municipality):
        return MadeWorkbook.objects.first()


def test_choosing_leads_to_a_request_that_waits_and_says_that_nobody_works(municipality, round_, department) -> None:
    response = department.post(f"{LIST}new/", form(round_, codes_for_names="on"), follow=True)

    asked = latest(municipality)
    assert asked
    assert asked.state == MadeState.QUEUED
    assert asked.chosen == Choices(round_id=round_.pk, sheets=("data",), codes_for_names=True)
    assert asked.author_name == "department"
    page = response.text
    assert f'data-progress="{LIST}{asked.pk}/progress/"' in page
    assert "run_jobs" in page
    assert '<meta http-equiv="refresh"' in page


def test_all_sheets_are_kept_as_all(municipality, round_, department) -> None:
    page = department.get(f"{LIST}new/").context["form"]
    every = [code for code, _title in page.fields["sheets"].choices]

    department.post(f"{LIST}new/", form(round_, sheets=every))

    assert latest(municipality).chosen.sheets == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sheets": []}, "sheets"),
        ({"round": "nowhere"}, "round"),
        ({"sheets": ["nothing"]}, "sheets"),
        ({"territory": "Луна"}, "territory"),
        ({"compare": "2026-1"}, "compare"),
    ],
)
def test_wrong_choices_are_told_at_their_field_and_nothing_is_lost(
    municipality, round_, department, changes, field
) -> None:
    response = department.post(f"{LIST}new/", form(round_, save_as="Моё", **changes))

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert 'value="Моё"' in response.text
    assert latest(municipality) is None


def test_the_dashboards_selection_is_chosen_beforehand(round_, alpha, department) -> None:
    query = {"round": round_.code, "compare": "none", "territory": alpha.territory.name, "type": "Нет такого"}

    shown = department.get(f"{LIST}new/", query).context["form"]

    assert {name: shown[name].value() for name in query} == {
        "round": round_.code, "compare": "none", "territory": alpha.territory.name, "type": None,
    }  # fmt: skip
    assert department.get("/admin/dashboard/workbook/", query).headers["Location"].startswith(f"{LIST}new/?round=")


def test_without_a_round_the_form_says_so(municipality, department) -> None:
    response = department.get(f"{LIST}new/")

    assert response.status_code == 200
    assert '<form method="post" novalidate' not in response.text


def test_progress_is_told_in_rows(municipality, round_, department) -> None:
    with tenant_context(municipality):
        asked = ask(choices=Choices(round_id=round_.pk), by=BY).workbook
        rows = MadeWorkbook.objects.filter(pk=asked.pk)
        rows.update(state=MadeState.RUNNING, attempt=1, rows_done=12_000, rows_total=48_000)

    told = department.get(f"{LIST}{asked.pk}/progress/").json()
    page = department.get(f"{LIST}{asked.pk}/").text

    assert (told["done"], told["total"], told["percent"], told["finished"]) == (12_000, 48_000, 25, False)
    assert "12\N{NO-BREAK SPACE}000" in told["text"]
    assert 'value="25"' in page
    assert told["text"] in page


def test_the_file_is_sent_byte_for_byte_as_often_as_it_is_asked_for(workbook, department) -> None:
    first, second = (department.get(f"{LIST}{workbook.pk}/file/") for _ in range(2))

    sent = b"".join(first.streaming_content)
    assert hashlib.sha256(sent).hexdigest() == workbook.sha256
    assert sent == b"".join(second.streaming_content)
    assert first.headers["Content-Length"] == str(len(sent))
    assert "no-store" in first.headers["Cache-Control"]
    assert first.headers["Content-Disposition"].startswith("attachment")


def test_one_sheet_is_a_file_of_its_own(alpha, workbook, department) -> None:
    path = f"{LIST}{workbook.pk}/sheet/"

    table = department.get(path, {"sheet": "schools", "kind": "csv"})
    spreadsheet = department.get(path, {"sheet": "schools", "kind": "ods"})

    assert alpha.name in table.content.decode("utf-8-sig")
    assert spreadsheet.content[:2] == b"PK"
    assert spreadsheet.headers["Content-Disposition"].startswith("attachment")
    assert department.get(path, {"sheet": "nothing", "kind": "csv"}).status_code == 404
    assert department.get(path, {"sheet": "schools", "kind": "exe"}).status_code == 404


def test_the_manifest_beside_it_has_the_digest_that_the_file_carries(workbook, department) -> None:
    response = department.get(f"{LIST}{workbook.pk}/manifest/")

    assert hashlib.sha256(response.content).hexdigest() == workbook.digest == digest(json.loads(response.content))


@pytest.mark.parametrize("page", ["", "file/", "manifest/", "progress/", "sheet/?sheet=schools&kind=csv"])
def test_only_the_right_at_the_municipalitys_own_host_opens_a_workbook(municipality, alpha, workbook, page) -> None:
    path = f"{LIST}{workbook.pk}/{page}"
    foreign = client_at(municipality)
    foreign.cookies = login(alpha, CURATOR).cookies

    refused = {
        "methodist": login(municipality, METHODIST).get(path).status_code,
        "visitor": client_at(municipality).get(path).status_code,
        "foreign": foreign.get(path).status_code,
        "school": login(alpha, CURATOR, "second").get(path).status_code,
    }

    assert refused == {"methodist": 302, "visitor": 302, "foreign": 302, "school": 404}


def test_a_file_that_was_removed_is_not_there_but_its_manifest_is(municipality, workbook, department) -> None:
    with tenant_context(municipality):
        remove(workbook)

    assert department.get(f"{LIST}{workbook.pk}/file/").status_code == 404
    assert department.get(f"{LIST}{workbook.pk}/manifest/").status_code == 200
    assert department.get(f"{LIST}{workbook.pk}/").status_code == 200


def test_the_list_says_what_is_current_and_filters_by_round(municipality, round_, beta, workbook, department) -> None:
    hand_in_accepted(round_, beta, USUAL)
    other = make_round(municipality, "2026-2")

    rows = department.get(LIST).context["rows"]
    of_other = department.get(LIST, {"round": other.code}).context["rows"]

    assert [(row.workbook, row.is_current) for row in rows] == [(workbook, False)]
    assert of_other == []


def test_a_superseded_workbook_names_what_was_accepted_since(round_, beta, workbook, department) -> None:
    hand_in_accepted(round_, beta, USUAL)

    page = department.get(f"{LIST}{workbook.pk}/").text

    assert 'data-current="no"' in page
    assert beta.name in page


def test_cancelling_and_trying_again_from_the_screen(municipality, round_, department) -> None:
    department.post(f"{LIST}new/", form(round_))
    asked = latest(municipality)

    department.post(f"{LIST}{asked.pk}/cancel/")
    cancelled = latest(municipality).state
    department.post(f"{LIST}{asked.pk}/again/")

    assert (cancelled, latest(municipality).state) == (MadeState.CANCELLED, MadeState.QUEUED)


def test_what_is_made_already_is_offered_and_can_be_made_anew(municipality, round_, workbook, department) -> None:
    offered = department.post(f"{LIST}new/", form(round_))
    anew = department.post(f"{LIST}{workbook.pk}/anew/")

    assert offered.headers["Location"] == f"{LIST}{workbook.pk}/"
    assert anew.headers["Location"] == f"{LIST}{latest(municipality).pk}/"
    assert latest(municipality) != workbook


def test_a_failure_is_shown_with_a_way_on(municipality, round_, department) -> None:
    department.post(f"{LIST}new/", form(round_))
    with tenant_context(municipality):
        MadeWorkbook.objects.update(state=MadeState.FAILED, error="Сломалось")

    page = department.get(f"{LIST}{latest(municipality).pk}/").text

    assert "Сломалось" in page
    assert "/again/" in page


def test_an_organisation_that_could_not_be_read_is_named_on_the_screen(municipality, workbook, department) -> None:
    with tenant_context(municipality):
        manifest = workbook.manifest | {
            "unreadable": [
                workbook.manifest["revisions"][0] | {"school": "Школа с ошибкой", "why": "значение не число"}
            ]
        }
        MadeWorkbook.objects.filter(pk=workbook.pk).update(manifest=manifest, unreadable=1)

    page = department.get(f"{LIST}{workbook.pk}/").text

    assert "Школа с ошибкой: значение не число" in page


def test_a_saved_choice_is_run_for_the_latest_round(municipality, round_, department) -> None:
    department.post(f"{LIST}new/", form(round_, save_as="Для отчёта"))
    with tenant_context(municipality):
        saved = WorkbookTemplate.objects.get(name="Для отчёта")
    later = make_round(municipality, "2026-2", period_end=round_.period_end.replace(day=28))

    department.post(f"{LIST}saved/{saved.pk}/run/")

    assert latest(municipality).round_id in {later.pk, round_.pk}
    assert latest(municipality).chosen.sheets == ("data",)


def test_a_schedule_needs_addresses_and_refuses_what_is_none(municipality, round_, department) -> None:
    department.post(f"{LIST}new/", form(round_, save_as="По почте"))
    with tenant_context(municipality):
        saved = WorkbookTemplate.objects.get()
    given = {"name": "По почте", "sheets": ["data"], "days_after_due": "3", "territory": "", "type": ""}

    without = department.post(f"{LIST}saved/{saved.pk}/", given | {"addresses": ""})
    wrong = department.post(f"{LIST}saved/{saved.pk}/", given | {"addresses": "a@b.test, кому-то"})
    right = department.post(f"{LIST}saved/{saved.pk}/", given | {"addresses": "a@b.test; c@d.test a@b.test"})

    assert (without.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert "кому-то" in wrong.text
    with tenant_context(municipality):
        saved = WorkbookTemplate.objects.get()
    assert saved.address_list == ["a@b.test", "c@d.test"]
    assert saved.scheduled_from is not None


def test_a_name_that_is_taken_is_refused_and_what_it_stands_for_stays(municipality, round_, department) -> None:
    department.post(f"{LIST}new/", form(round_, save_as="Общий"))

    again = department.post(f"{LIST}new/", form(round_, save_as="Общий", sheets=["summary"]))

    with tenant_context(municipality):
        assert WorkbookTemplate.objects.get().sheets == ["data"]
    assert again.status_code == 422
    assert again.context["form"].errors["save_as"]


def test_a_name_that_somebody_took_a_moment_ago_makes_neither_a_choice_nor_a_workbook(
    municipality, round_, department, monkeypatch
) -> None:
    department.post(f"{LIST}new/", form(round_, save_as="Общий", sheets=["summary"]))
    monkeypatch.setattr(ChoicesForm, "clean_save_as", lambda form: form.cleaned_data["save_as"])  # asked too early

    again = department.post(f"{LIST}new/", form(round_, save_as="Общий"))

    with tenant_context(municipality):
        assert WorkbookTemplate.objects.get().sheets == ["summary"]
        assert MadeWorkbook.objects.count() == 1
    assert again.status_code == 422
    assert "Общий" in again.text


def test_deleting_a_saved_choice_leaves_its_workbooks(municipality, round_, workbook, department) -> None:
    department.post(f"{LIST}new/", form(round_, save_as="Лишнее"))
    with tenant_context(municipality):
        saved = WorkbookTemplate.objects.get()

    department.post(f"{LIST}saved/{saved.pk}/delete/")

    with tenant_context(municipality):
        assert not WorkbookTemplate.objects.exists()
        assert MadeWorkbook.objects.filter(pk=workbook.pk).exists()


def uploaded(department: Client, file: bytes, name: str = "свод.xlsx") -> str:
    response = department.post(f"{LIST}check/", {"file": SimpleUploadedFile(name, file)})
    verdict = response.context["verdict"]
    assert f'data-verdict="{verdict.kind}"' in response.text
    return str(verdict.kind)


def test_a_file_that_comes_back_is_recognised(municipality, round_, beta, workbook, department) -> None:
    with tenant_context(municipality):
        file = content(workbook)

    fresh = uploaded(department, file)
    hand_in_accepted(round_, beta, USUAL)
    old = uploaded(department, file)
    foreign = uploaded(department, b"no workbook at all")

    assert (fresh, old, foreign) == ("current", "superseded", "foreign")


def test_a_file_that_was_saved_anew_is_told_from_one_with_other_figures(municipality, workbook, department) -> None:
    import openpyxl

    with tenant_context(municipality):
        book = openpyxl.load_workbook(io.BytesIO(content(workbook)))
    results = []
    for change in (False, True):
        if change:
            page = book.worksheets[0]
            cell = next(c for row in page.iter_rows(min_row=2) for c in row if isinstance(c.value, int | float))
            cell.value += 1
        out = io.BytesIO()
        book.save(out)
        response = department.post(f"{LIST}check/", {"file": SimpleUploadedFile("b.xlsx", out.getvalue())})
        results.append((str(response.context["verdict"].kind), response.context["verdict"].same_figures))

    assert results == [("changed", True), ("changed", False)]


def test_the_list_needs_as_many_statements_for_many_workbooks_as_for_one(municipality, workbook, department) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    department.get(LIST)
    with CaptureQueriesContext(connection) as one:
        department.get(LIST)
    with tenant_context(municipality):
        for _ in range(3):
            again = ask(choices=workbook.chosen, by=BY, anew=True).workbook
            run(again.pk, job_id=again.job_id)
    with CaptureQueriesContext(connection) as several:
        department.get(LIST)

    assert len(several) == len(one)
