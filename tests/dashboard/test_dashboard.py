"""The dashboard: who may see it, what its overview and lists tell, and that its figures are the workbook's."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.consolidation import consolidate
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.queries import rates
from mentoring_reports.workbooks.export import consolidated_workbook
from portal.dashboard.formatting import figure
from portal.dashboard.selection import started_rounds
from tests.dashboard.screens import VIEWS, address, earlier_round, screen
from tests.factories import CURATOR, DEPARTMENT, METHODIST, SUPERUSER, client_at, login, make_round
from tests.submissions.acting import exempt
from tests.workbooks.reporting import USUAL, accept_usual, hand_in, hand_in_accepted, make_schools

URL = address("index")
WORKBOOK = "/admin/workbooks/new/"
FILES = ("/admin/dashboard/schools.csv", "/admin/dashboard/schools.xlsx")
PAGES = [address(view) for view in VIEWS]


@pytest.mark.parametrize(
    ("role", "dashboard", "workbook"),
    [(METHODIST, 200, 302), (DEPARTMENT, 200, 200), (SUPERUSER, 200, 200), (None, 302, 302)],
)
def test_methodists_read_and_the_department_also_makes_workbooks(municipality, role, dashboard, workbook):
    make_round(municipality)
    client = login(municipality, role)

    assert {client.get(url).status_code for url in (*PAGES, *FILES)} == {dashboard}
    assert client.get(WORKBOOK).status_code == workbook


@pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
def test_in_a_school_there_is_no_dashboard(alpha, role):
    client = login(alpha, role)

    assert {client.get(url).status_code for url in (*PAGES, *FILES, WORKBOOK)} == {404}


def test_strangers_are_sent_to_the_login(municipality):
    response = client_at(municipality).get(URL)

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_only_the_department_is_offered_the_workbook(municipality):
    make_round(municipality)

    assert WORKBOOK not in login(municipality, METHODIST).get(URL).content.decode()
    assert WORKBOOK in login(municipality, DEPARTMENT).get(URL).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_round_it_says_what_to_do(municipality, page):
    client = login(municipality, DEPARTMENT)

    assert "Ещё ни один сбор не открыт" in client.get(page).content.decode()
    assert {client.get(url).status_code for url in FILES} == {404}


@pytest.mark.parametrize("view", VIEWS)
def test_a_round_without_accepted_reports_is_shown_all_the_same(municipality, alpha, view):
    hand_in(make_round(municipality), alpha, USUAL)

    response = login(municipality, METHODIST).get(address(view))

    assert response.status_code == 200
    assert "0 из 2" in response.content.decode()


@pytest.mark.parametrize("view", ["indicator", "heatmap", "comparison", "schools"])
def test_every_value_leads_to_its_submission(municipality, alpha, view):
    earlier = earlier_round(municipality, "old", days=90)
    before = hand_in_accepted(earlier, alpha, USUAL)
    submission = hand_in_accepted(make_round(municipality), alpha, USUAL)

    page = login(municipality, METHODIST).get(address(view)).content.decode()

    assert f'href="/admin/review/{submission.pk}/"' in page
    assert (f'href="/admin/review/{before.pk}/"' in page) == (view == "comparison")


def test_cards_tell_value_target_change_and_coverage(in_municipality, alpha, beta):
    earlier = earlier_round(in_municipality, "old", days=60)
    hand_in_accepted(earlier, alpha, USUAL | {"mentors": 4})
    hand_in_accepted(make_round(in_municipality, "new"), alpha, USUAL | {"mentors": 6})

    card = screen(round="new").cards[0]

    assert card.code == "mentor_share"
    assert card.value.text == "15,0\u202f%"
    assert card.value.state == "reached"
    assert card.change.startswith("+5,0")
    assert (card.known, card.schools, card.is_partial) == (1, 2, True)


def test_an_exempt_school_is_not_part_of_the_coverage(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL)
    exempt(round_, beta)

    shown = screen()

    assert shown.expected == 1
    assert shown.exempt == 1
    assert [(part.key, part.count) for part, _link in shown.states] == [("accepted", 1)]
    assert [(rate.schools, rate.share) for rate in shown.rates] == [(1, "100,0\u202f%")] * 3


def test_parts_of_the_coverage_lead_to_their_schools(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in(round_, beta, USUAL)

    listed = screen("schools", state=State.SUBMITTED.value)

    assert [row.school.name for row in listed.rows] == [beta.name]
    assert any("state=submitted" in link for _part, link in screen().states)


def test_filters_narrow_everything_down(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL | {"mentors": 4})
    hand_in_accepted(round_, beta, USUAL | {"mentors": 8})

    chosen = screen(territory=beta.territory.name)

    assert chosen.cards[0].value.text == "20,0\u202f%"
    assert chosen.territories == ["Заречье", "Центр"]
    assert [row.school.name for row in screen("schools", territory=beta.territory.name).rows] == [beta.name]


def test_schools_sort_by_an_indicator_with_missing_values_last(in_municipality):
    round_ = make_round(in_municipality)
    schools = make_schools(in_municipality, 3)
    accept_usual(round_, schools[:2])

    for sort, expected in (
        ("mentor_share", ["Школа-строка № 1", "Школа-строка № 2"]),
        ("-mentor_share", ["Школа-строка № 2", "Школа-строка № 1"]),
    ):
        names = [row.school.name for row in screen("schools", sort=sort).rows]
        assert names[:2] == expected
        assert "Школа-строка № 3" in names[2:]


def test_schools_sort_by_their_names_as_people_do(in_municipality, alpha, beta):
    make_round(in_municipality)
    make_schools(in_municipality, 11)

    names = [row.school.name for row in screen("schools", sort="school").rows]

    assert names.index("Школа-строка № 2") < names.index("Школа-строка № 10")
    assert [row.school.name for row in screen("schools", sort="-school").rows] == names[::-1]


def test_a_long_table_is_split_into_pages(in_municipality):
    accept_usual(make_round(in_municipality), make_schools(in_municipality, 60))

    first, wrong, last = (screen("schools", page=page) for page in ("1", "last", "2"))

    assert len(first.rows) == 50
    assert len(first.order) == 62
    assert wrong.pages.page.number == 1
    assert len(last.rows) == 12


def test_only_incomplete_schools_can_be_listed_and_totals_stay(in_municipality, alpha, beta):
    round_ = make_round(in_municipality)
    hand_in_accepted(round_, alpha, USUAL | {"mentee_satisfied": 3, "mentee_answers": 4})
    every_code = {code: 4 for one in round_.form.indicators.all() for code in one.formula.element_codes}
    hand_in_accepted(round_, beta, every_code)

    shown = screen("schools", incomplete="1")

    assert [row.school.name for row in shown.rows] == [alpha.name]
    assert shown.basis == screen("schools").basis


def test_figures_are_those_of_the_workbook(municipality, alpha, beta):
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    hand_in_accepted(round_, beta, USUAL | {"mentors": 3, "plans_completed": 5})
    client = login(municipality, DEPARTMENT)

    with tenant_context(municipality):
        file = consolidated_workbook(round_)
    sheet = openpyxl.load_workbook(io.BytesIO(file.content), data_only=True)["Свод"]
    written = {sheet.cell(row, 1).value: sheet.cell(row, 5).value for row in range(1, sheet.max_row + 1)}
    cards = client.get(URL).context["screen"].cards

    assert len(cards) > 5
    for card in cards:
        number = written[card.name]
        shown = figure(number * 100, 1) if isinstance(number, float | int) else number
        assert card.value.text.removesuffix("\u202f%") == shown


def test_rates_are_those_of_the_review(in_municipality, alpha):
    round_ = make_round(in_municipality)
    schools = make_schools(in_municipality, 4)
    accept_usual(round_, schools[:2])
    hand_in(round_, schools[2], USUAL)

    assert consolidate(round_).rates() == rates(round_)


def test_territories_and_types_add_up_to_the_municipality(in_municipality):
    round_ = make_round(in_municipality)
    accept_usual(round_, make_schools(in_municipality, 6))
    svod = consolidate(round_)

    for grouping in ("territory", "type"):
        groups = svod.by(grouping).values()
        for column in ("numerator", "denominator", "known", "schools", "reached"):
            assert (
                sum(group[column].fillna(0) for group in groups).tolist() == svod.municipal[column].fillna(0).tolist()
            )


def test_each_group_is_the_consolidation_within_it(in_municipality):
    round_ = make_round(in_municipality)
    accept_usual(round_, make_schools(in_municipality, 9))
    svod = consolidate(round_)

    for name, group in svod.by("territory").items():
        own = svod.within(territory=name).municipal[list(group.columns)]
        assert (
            group.drop(columns="state").astype(float).round(9).equals(own.drop(columns="state").astype(float).round(9))
        )
        assert group["state"].tolist() == own["state"].tolist()


@pytest.mark.parametrize("view", VIEWS)
def test_the_number_of_statements_does_not_grow_with_schools(municipality, view):
    earlier, round_ = earlier_round(municipality, "old", days=90), make_round(municipality)
    client = login(municipality, METHODIST)
    schools = make_schools(municipality, 30)

    counts = []
    for chosen in (schools[:3], schools[3:]):
        accept_usual(earlier, chosen)
        accept_usual(round_, chosen)
        client.get(address(view))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(view))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_another_municipalitys_rounds_are_not_offered(municipality):
    make_round(municipality, "ours")

    with tenant_context(municipality):
        assert [one.code for one in started_rounds()] == ["ours"]
