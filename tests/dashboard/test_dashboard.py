"""The dashboard: who may see it, what it tells, and that its figures are the workbook's."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.consolidation import consolidate
from mentoring_reports.submissions.queries import rates
from portal.dashboard.formatting import figure
from portal.dashboard.screen import Screen
from portal.dashboard.selection import select, started_rounds
from tests.factories import CURATOR, DEPARTMENT, METHODIST, SUPERUSER, client_at, login, make_round
from tests.workbooks.reporting import USUAL, accept_usual, hand_in, hand_in_accepted, make_schools

URL = "/admin/dashboard/"
WORKBOOK = "/admin/dashboard/workbook/"
CSV = "/admin/dashboard/schools.csv"


@pytest.mark.parametrize(
    ("role", "dashboard", "workbook"),
    [(METHODIST, 200, 302), (DEPARTMENT, 200, 200), (SUPERUSER, 200, 200), (None, 302, 302)],
)
def test_methodists_read_and_the_department_also_downloads(municipality, role, dashboard, workbook):
    make_round(municipality)
    client = login(municipality, role)

    assert client.get(URL).status_code == dashboard
    assert client.get(CSV).status_code == dashboard
    assert client.get(WORKBOOK).status_code == workbook


@pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
@pytest.mark.parametrize("url", [URL, WORKBOOK, CSV])
def test_in_a_school_there_is_no_dashboard(alpha, role, url):
    assert login(alpha, role).get(url).status_code == 404


def test_strangers_are_sent_to_the_login(municipality):
    response = client_at(municipality).get(URL)

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_only_the_department_is_offered_the_workbook(municipality):
    make_round(municipality)

    assert WORKBOOK not in login(municipality, METHODIST).get(URL).content.decode()
    assert WORKBOOK in login(municipality, DEPARTMENT).get(URL).content.decode()


def test_before_the_first_round_it_says_what_to_do(municipality):
    client = login(municipality, DEPARTMENT)

    assert "Ещё ни один сбор не открыт" in client.get(URL).content.decode()
    assert client.get(WORKBOOK).status_code == 404


def test_a_round_without_accepted_reports_shows_where_schools_stand(municipality, alpha):
    round_ = make_round(municipality)
    hand_in(round_, alpha, USUAL)

    page = login(municipality, METHODIST).get(URL).content.decode()

    assert "Ни один отчёт ещё не принят" in page
    assert alpha.short_name in page


def test_every_value_leads_to_its_submission(municipality, alpha):
    submission = hand_in_accepted(make_round(municipality), alpha, USUAL)

    page = login(municipality, METHODIST).get(URL).content.decode()

    assert f'href="/admin/review/{submission.pk}/"' in page


def test_cards_tell_value_target_change_and_coverage(in_municipality, alpha, beta):
    earlier = make_round(in_municipality, "old", period_end=dt.date.today() - dt.timedelta(days=60))
    round_ = make_round(in_municipality, "new")
    hand_in_accepted(earlier, alpha, USUAL | {"mentors": 4})
    hand_in_accepted(round_, alpha, USUAL | {"mentors": 6})

    card = Screen(select(started_rounds(), {"round": "new"})).cards[0]

    assert card.code == "mentor_share"
    assert card.value.text == "15,0\u202f%"
    assert card.value.state == "reached"
    assert card.change.startswith("+5,0")
    assert (card.known, card.schools) == (1, 2)


def test_filters_narrow_everything_down(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL | {"mentors": 4})
    hand_in_accepted(round_, beta, USUAL | {"mentors": 8})

    screen = Screen(select(started_rounds(), {"territory": beta.territory.name}))

    assert [row.name for row in screen.schools] == [beta.short_name]
    assert screen.cards[0].value.text == "20,0\u202f%"
    assert screen.territories == ["Заречье", "Центр"]


def test_schools_sort_by_an_indicator_with_missing_values_last(in_municipality):
    round_ = make_round(in_municipality)
    schools = make_schools(in_municipality, 3)
    accept_usual(round_, schools[:2])

    for sort, expected in (
        ("mentor_share", ["Школа-строка № 1", "Школа-строка № 2"]),
        ("-mentor_share", ["Школа-строка № 2", "Школа-строка № 1"]),
    ):
        names = [row.name for row in Screen(select(started_rounds(), {"sort": sort})).schools]
        assert names[:2] == expected
        assert "Школа-строка № 3" in names[2:]


def test_a_long_table_is_split_into_pages(in_municipality):
    accept_usual(make_round(in_municipality), make_schools(in_municipality, 120))

    first, last = (Screen(select(started_rounds(), {"page": page})) for page in ("1", "last"))

    assert len(first.schools_of_page) == 100
    assert len(first.schools) == 122
    assert first.schools_of_page[0] == first.schools[0]
    assert last.page.number == 1
    assert len(Screen(select(started_rounds(), {"page": "2"})).schools_of_page) == 22


@pytest.mark.parametrize(
    "query",
    ["?round=nowhere", "?compare=nowhere&type=x&territory=y", "?sort=-nothing&indicator=no", "?round=%00&sort=-"],
)
def test_an_address_that_makes_no_sense_still_shows_something(municipality, query):
    make_round(municipality)

    assert login(municipality, METHODIST).get(URL + query).status_code == 200


def test_figures_are_those_of_the_workbook(municipality, alpha, beta):
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL | {"mentors": 3, "plans_completed": 5})
    client = login(municipality, DEPARTMENT)

    response = client.get(WORKBOOK)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)), data_only=True)["Свод"]
    written = {sheet.cell(row, 1).value: sheet.cell(row, 5).value for row in range(1, sheet.max_row + 1)}
    cards = client.get(URL).context["screen"].cards

    assert len(cards) > 5
    for card in cards:
        number = written[card.name]
        shown = figure(number * 100, 1) if isinstance(number, float | int) else "—"
        assert card.value.text.removesuffix("\u202f%") == shown


def test_the_file_is_named_by_round_and_day(municipality, alpha):
    hand_in_accepted(make_round(municipality), alpha, USUAL)

    disposition = login(municipality, DEPARTMENT).get(WORKBOOK)["Content-Disposition"]

    assert "filename*=utf-8''%D0%A1%D0%B2%D0%BE%D0%B4" in disposition
    assert ".xlsx" in disposition


def test_rates_are_those_of_the_review(in_municipality, alpha):
    round_ = make_round(in_municipality)
    schools = make_schools(in_municipality, 4)
    accept_usual(round_, schools[:2])
    hand_in(round_, schools[2], USUAL)

    assert consolidate(round_).rates() == rates(round_)


def test_territories_add_up_to_the_municipality(in_municipality):
    round_ = make_round(in_municipality)
    accept_usual(round_, make_schools(in_municipality, 6))
    svod = consolidate(round_)

    for grouping in ("territory", "type"):
        groups = svod.by(grouping).values()
        for column in ("numerator", "denominator", "known", "schools", "reached"):
            assert (
                sum(group[column].fillna(0) for group in groups).tolist() == svod.municipal[column].fillna(0).tolist()
            )


def test_the_number_of_statements_does_not_grow_with_schools(municipality):
    round_ = make_round(municipality)
    client = login(municipality, METHODIST)
    schools = make_schools(municipality, 30)

    counts = []
    for chosen in (schools[:3], schools[3:]):
        accept_usual(round_, chosen)
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_csv_opens_in_a_spreadsheet_as_text(municipality, alpha):
    hand_in_accepted(make_round(municipality), alpha, USUAL, name='=1+1;"Школа"')

    content = login(municipality, METHODIST).get(CSV).content.decode()

    assert content.startswith("\ufeff")
    assert content.splitlines()[0].startswith("\ufeffОрганизация;Тип;Территория;Состояние")
    assert "\"'=1+1;" in content


def test_another_municipalitys_rounds_are_not_offered(municipality):
    make_round(municipality, "ours")

    with tenant_context(municipality):
        assert [one.code for one in started_rounds()] == ["ours"]
