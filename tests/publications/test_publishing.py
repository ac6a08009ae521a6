"""Publishing a round: accepted figures only, small groups kept back, corrections with a note, nothing ever changed."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import DatabaseError, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.publications.actions import content_now, publish
from mentoring_reports.publications.content import checksum, figures
from mentoring_reports.publications.errors import FiguresMoved, NoteMissing, NothingAccepted, NothingChanged
from mentoring_reports.publications.models import Edition
from mentoring_reports.publications.open_data import COLUMNS, dictionary_csv, document, figures_csv
from mentoring_reports.publications.queries import changes
from mentoring_reports.submissions.consolidation import consolidate
from tests.factories import CURATOR, DEPARTMENT, METHODIST, client_at, login
from tests.submissions.acting import FIGURES, accept, hand_over, make_dated_round, reopen
from tests.submissions.acting import METHODIST as BY
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools

LARGE = {code: (value or 0) + 5 for code, value in USUAL.items()}


@pytest.fixture
def round_(municipality):
    return make_dated_round(municipality)


@pytest.fixture
def schools(municipality):
    return make_schools(municipality, 8)


def accept_all(round_, schools, **values):
    for school in schools:
        hand_in_accepted(round_, school, LARGE | values)


def published(round_, note=""):
    with tenant_context(round_.municipality):
        return publish(round_=round_, by=BY, note=note)


def indicator(content, code):
    return next(one for one in content["indicators"] if one["code"] == code)


def test_an_edition_says_what_the_consolidation_says(round_, schools):
    accept_all(round_, schools)

    content = published(round_).content

    with tenant_context(round_.municipality):
        svod = consolidate(round_)
    for one in svod.indicators:
        line, shown = svod.line(one), indicator(content, one.code)["municipality"]
        assert shown["value"] == pytest.approx(line.value, nan_ok=True) or shown["status"] != "published"
    share = indicator(content, "mentor_share")["municipality"]
    assert (share["numerator"], share["denominator"]) == (11 * 8, 45 * 8)
    assert content["coverage"]["accepted"] == 8


def test_only_accepted_figures_are_published(round_, schools):
    accept_all(round_, schools[:6])
    waiting = hand_in(round_, schools[6], LARGE | {"mentors": 999})

    content = published(round_).content

    names = {figure["name"] for _one, level, figure in figures(content) if level == "school"}
    assert waiting.school_name not in names
    assert len(names) == 6
    assert "999" not in json.dumps(content)


def test_without_an_accepted_report_nothing_is_published(round_, schools):
    hand_in(round_, schools[0], LARGE)

    with pytest.raises(NothingAccepted):
        published(round_)
    with tenant_context(round_.municipality):
        assert not Edition.objects.exists()


def test_a_school_with_fewer_than_five_people_in_a_group_is_kept_back(round_, schools):
    accept_all(round_, schools[1:])
    hand_in_accepted(round_, schools[0], LARGE | {"mentors": 3})

    rows = {row["name"]: row for row in indicator(published(round_).content, "mentor_share")["schools"]}

    assert rows[schools[0].name]["status"] == "suppressed"
    assert rows[schools[0].name]["numerator"] is None
    assert sum(row["status"] == "suppressed" for row in rows.values()) >= 2, "one alone could be had by subtraction"


def test_the_number_kept_back_is_nowhere_in_the_edition(round_, schools):
    accept_all(round_, schools[1:])
    hand_in_accepted(round_, schools[0], LARGE | {"mentors": 3})

    edition = published(round_)

    for row in csv.reader(io.StringIO(figures_csv(edition).removeprefix("\ufeff")), delimiter=";"):
        if row[4] == schools[0].name and row[2] in {"mentor_share", "mentor_training"}:
            assert row[7:10] == ["", "", ""]


def test_before_publishing_it_says_why_a_total_is_kept_back(round_, municipality, schools):
    hand_in_accepted(round_, schools[0], LARGE | {"mentors": 3})
    client, page = login(municipality, DEPARTMENT), f"/admin/publishing/{round_.code}/"

    before = client.get(page)
    accept_all(round_, schools[1:])
    after = client.get(page)

    assert (before.status_code, after.status_code) == (200, 200)
    assert (before.context["hides_totals"], after.context["hides_totals"]) == (True, False)


def test_a_correction_needs_a_note_and_the_earlier_edition_stays(round_, municipality, alpha, schools):
    accept_all(round_, schools)
    submission = hand_over(round_, alpha, FIGURES | {"teaching_staff": 45, "mentors": 12})
    accept(submission)
    first = published(round_)
    reopen(submission)
    accept(hand_over(round_, alpha, FIGURES | {"teaching_staff": 45, "mentors": 10}))

    with pytest.raises(NoteMissing):
        published(round_)
    second = published(round_, note="Школа № 1 исправила число наставников.")

    with tenant_context(municipality):
        assert Edition.objects.get(number=1).content == first.content
    assert (first.number, second.number) == (1, 2)
    assert {change.indicator["code"] for change in changes(first.content, second.content)} >= {"mentor_share"}


def test_the_same_figures_are_not_published_twice(round_, schools):
    accept_all(round_, schools)
    published(round_)

    with pytest.raises(NothingChanged):
        published(round_, note="Ещё раз")


def test_what_was_not_seen_is_not_published(round_, schools):
    accept_all(round_, schools[:7])
    with tenant_context(round_.municipality):
        seen = checksum(content_now(round_))
    hand_in_accepted(round_, schools[7], LARGE | {"mentors": 40})

    with tenant_context(round_.municipality), pytest.raises(FiguresMoved):
        publish(round_=round_, by=BY, confirmed=seen)


def test_nobody_changes_or_deletes_an_edition(round_, municipality, schools):
    accept_all(round_, schools)
    edition = published(round_)

    with tenant_context(municipality):
        for act in (
            lambda: Edition.objects.filter(pk=edition.pk).update(note="x"),
            lambda: Edition.objects.filter(pk=edition.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                act()


def test_a_school_cannot_publish(round_, alpha, schools):
    accept_all(round_, schools)

    with tenant_context(alpha), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Edition.objects.create(
            municipality=round_.municipality, round=round_, number=1, content={}, checksum="x", author_name="x"
        )


def test_open_data_explains_every_code_and_survives_a_spreadsheet(round_, schools):
    accept_all(round_, schools[1:])
    hand_in_accepted(round_, schools[0], LARGE, name='=HYPERLINK("http://x")')
    edition = published(round_)

    rows = list(csv.reader(io.StringIO(figures_csv(edition).removeprefix("\ufeff")), delimiter=";"))
    explained = {row[1] for row in csv.reader(io.StringIO(dictionary_csv(edition)), delimiter=";")}

    assert tuple(rows[0]) == COLUMNS
    assert {row[2] for row in rows[1:]} | {row[11] for row in rows[1:]} | set(COLUMNS) <= explained
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert len(rows) - 1 == len(list(figures(edition.content)))


def test_the_json_can_be_checked_against_its_seal(round_, schools):
    accept_all(round_, schools)

    read = json.loads(json.dumps(document(published(round_)), ensure_ascii=False))

    assert checksum(read["content"]) == read["checksum"]


# --- The public's pages ----------------------------------------------------------------------------------------------
def test_the_public_reads_the_newest_edition_and_earlier_ones(round_, municipality, schools):
    accept_all(round_, schools[:7])
    client = client_at(municipality)
    assert "Ничего ещё не опубликовано" in client.get("/pokazateli/").text
    published(round_)
    hand_in_accepted(round_, schools[7], LARGE | {"mentors": 40})
    published(round_, note="Добавлен отчёт ещё одной школы.")

    index, newest = client.get("/pokazateli/").text, client.get(f"/pokazateli/{round_.code}/").text
    earlier = client.get(f"/pokazateli/{round_.code}/1/?indicator=mentor_share&by=schools").text

    assert round_.title in index
    assert "Добавлен отчёт ещё одной школы." in newest
    assert "более ранняя редакция" in earlier.lower()
    assert schools[7].name not in earlier


@pytest.mark.parametrize("file", ["csv", "json", "dictionary"])
def test_open_data_are_downloaded_without_a_login(round_, municipality, schools, file):
    accept_all(round_, schools)
    published(round_)

    response = client_at(municipality).get(f"/pokazateli/{round_.code}/1/{file}/")

    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert "mentor_share" in response.text


@pytest.mark.parametrize("path", ["none/", "2026-1/9/", "2026-1/9/csv/"])
def test_what_is_not_published_is_not_there(round_, municipality, schools, path):
    accept_all(round_, schools)
    published(round_)

    assert client_at(municipality).get(f"/pokazateli/{path}").status_code == 404


def test_no_author_reaches_the_public(round_, municipality, schools):
    accept_all(round_, schools)
    edition = published(round_)

    texts = [
        client_at(municipality).get(f"/pokazateli/{round_.code}/").text,
        json.dumps(document(edition), ensure_ascii=False),
    ]

    assert not any(BY.name in text or "Автор отчёта" in text for text in texts)


def test_the_page_of_an_edition_costs_the_same_for_many_schools(
    round_, municipality, schools, django_assert_max_num_queries
):
    accept_all(round_, schools)
    published(round_)
    client = client_at(municipality)
    client.get(f"/pokazateli/{round_.code}/")

    with django_assert_max_num_queries(25):
        assert client.get(f"/pokazateli/{round_.code}/1/?by=schools").status_code == 200


# --- The department's screens ----------------------------------------------------------------------------------------
def test_the_department_publishes_what_it_saw(round_, municipality, schools):
    accept_all(round_, schools)
    client = login(municipality, DEPARTMENT)
    page = client.get(f"/admin/publishing/{round_.code}/")
    seen = page.context["form"].initial["confirmed"]

    response = client.post(f"/admin/publishing/{round_.code}/", {"confirmed": seen}, follow=True)

    assert response.status_code == 200
    with tenant_context(municipality):
        assert Edition.objects.get(round=round_).checksum == seen


def test_a_correction_without_a_note_is_refused_with_words_and_nothing_is_lost(round_, municipality, schools):
    accept_all(round_, schools[:7])
    published(round_)
    hand_in_accepted(round_, schools[7], LARGE | {"mentors": 40})
    client = login(municipality, DEPARTMENT)

    response = client.post(f"/admin/publishing/{round_.code}/", {"confirmed": "", "note": " "})

    assert response.status_code == 409
    assert "Напишите, что исправляет эта редакция" in response.text
    with tenant_context(municipality):
        assert Edition.objects.count() == 1


def test_only_the_department_publishes(round_, municipality, alpha, schools):
    accept_all(round_, schools)

    assert login(municipality, METHODIST).get(f"/admin/publishing/{round_.code}/").status_code == 302
    assert login(alpha, CURATOR).get(f"/admin/publishing/{round_.code}/").status_code == 404
