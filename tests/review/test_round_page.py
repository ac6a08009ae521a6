"""A round's page: who is missing, by territory; the list filtered and sorted; the same as CSV; the year's calendar."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.submissions.closing import freeze_closed_rounds
from portal.tenants.models import Organisation, Territory
from tests.factories import METHODIST, login, make_round, make_school_row
from tests.submissions.acting import DAY, accept, exempt, extend, hand_over, make_dated_round, return_
from tests.workbooks.reporting import USUAL, hand_in_accepted, make_schools

ROUNDS = "/admin/rounds/"
TODAY = dt.date.today()


@pytest.fixture
def overdue(municipality):
    """Return a round that is past due and still taken."""
    return make_round(municipality, opens=TODAY - 9 * DAY, due=TODAY - 2 * DAY, closes=TODAY + 5 * DAY)


@pytest.fixture
def client(municipality):
    return login(municipality, METHODIST)


def page(round_):
    return f"{ROUNDS}{round_.pk}/"


def names(response):
    return [stands.school.short_name for stands in response.context["object_list"]]


def test_it_says_who_is_missing_by_territory_and_who_of_them_is_overdue(client, overdue, alpha, beta, in_municipality):
    hand_over(overdue, beta, on=overdue.opens)
    third = make_school_row(in_municipality, 1, territory=alpha.territory)
    extend(overdue, third, TODAY + 3 * DAY, on=TODAY)

    [gap] = client.get(page(overdue)).context["gaps"]

    assert (gap.territory, gap.expected) == (alpha.territory.name, 2)
    assert [stands.school.pk for stands in gap.missing] == [alpha.pk, third.pk]
    assert [stands.school.pk for stands in gap.overdue] == [alpha.pk]


@pytest.mark.parametrize("which", ["submitted", "on_time", "accepted", "waiting", "returned", "missing"])
def test_every_number_leads_to_as_many_schools(client, overdue, alpha, beta, which):
    schools = make_schools(overdue.municipality, 6)
    exempt(overdue, schools[0], on=TODAY)
    accept(hand_over(overdue, alpha, on=overdue.opens), on=TODAY)
    return_(hand_over(overdue, beta, on=TODAY), on=TODAY)
    for school in schools[1:3]:
        hand_in_accepted(overdue, school, USUAL, on=TODAY)

    response = client.get(page(overdue), {"which": which})

    assert f'href="{page(overdue)}?which={which}"' in response.content.decode()
    assert len(names(response)) == getattr(response.context["numbers"], which)


def test_late_are_those_who_came_late_and_those_who_have_not_come(client, overdue, alpha, beta, in_municipality):
    make_school_row(in_municipality, 1)
    hand_over(overdue, alpha, on=overdue.opens)
    hand_over(overdue, beta, on=TODAY)

    assert set(names(client.get(page(overdue), {"which": "late"}))) == {beta.short_name, "Строка 1"}


def test_filters_that_make_no_sense_leave_all(client, overdue, alpha, beta):
    for nonsense in ({"which": "x"}, {"territory": "Нет такой"}, {"state": "draft"}, {"ordering": "x"}, {"p": "1"}):
        assert len(names(client.get(page(overdue), nonsense))) == 2


def test_a_closed_round_shows_and_filters_by_the_territory_that_was(client, municipality, alpha, beta):
    round_ = make_dated_round(municipality)
    with tenant_context(municipality):
        freeze_closed_rounds(municipality.pk)
    with schema_context(get_public_schema_name()):
        Organisation.objects.filter(pk=alpha.pk).update(territory=beta.territory)

    response = client.get(page(round_), {"territory": alpha.territory.name})

    assert names(response) == [alpha.short_name]


def read_csv(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_list_is_downloaded_as_it_is_filtered_and_sorted(client, overdue, alpha, beta):
    accept(hand_over(overdue, beta, on=overdue.opens), on=TODAY)
    extend(overdue, alpha, TODAY + 3 * DAY, on=TODAY, reason='=HYPERLINK("x")')

    response = client.get(f"{page(overdue)}csv/")
    filtered = client.get(f"{page(overdue)}csv/", {"which": "missing"})

    heading, first, second = read_csv(response)
    assert [first[0], second[0]] == [beta.name, alpha.name]
    assert first[6:9] == [f"{overdue.opens:%d.%m.%Y}", f"{overdue.opens:%d.%m.%Y}", f"{TODAY:%d.%m.%Y}"]
    assert second[-2] == '\'=HYPERLINK("x")'
    assert len({len(line) for line in (heading, first, second)}) == 1
    assert [line[0] for line in read_csv(filtered)[1:]] == [alpha.name]
    assert f"round-{overdue.code}.csv" in response["Content-Disposition"]


def test_a_neighbouring_municipalitys_round_is_not_found(client, overdue):
    with schema_context(get_public_schema_name()):
        neighbour = Organisation.objects.create(
            schema_name="neighbour", kind="municipality", name="Соседи", short_name="Соседи", state="active"
        )
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA neighbour")
        Territory.objects.create(municipality=neighbour, name="Чужая")
    theirs = make_dated_round(neighbour, form=overdue.form)

    for address in ("", "csv/", "several/", "results/"):
        assert client.get(f"{page(theirs)}{address}").status_code == 404


def test_all_of_it_needs_as_many_statements_for_twelve_schools_as_for_three(client, overdue, in_municipality):
    schools = make_schools(in_municipality, 12)
    addresses = (f"{page(overdue)}csv/", f"{page(overdue)}several/?all=1", f"{ROUNDS}calendar/", "/admin/")
    for address in addresses:
        client.get(address)

    counted = []
    for some in (schools[:3], schools[3:]):
        for school in some:
            hand_in_accepted(overdue, school, USUAL)
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counted.append(len(queries))

    assert counted[:4] == counted[4:]


# --- The year's calendar ---------------------------------------------------------------------------------------------
def calendar(client, **asked):
    return client.get(f"{ROUNDS}calendar/", asked)


def rows(response):
    return [row.round.code for row in response.context["rows"]]


def test_the_calendar_shows_a_school_years_rounds_in_the_order_in_which_they_open(client, municipality):
    for code, month in (("b", 6), ("a", 3)):
        dates = {name: dt.date(2026, month, day) for name, day in (("opens", 1), ("due", 10), ("closes", 20))}
        make_dated_round(municipality, code, **dates)
    make_dated_round(
        municipality, "old", period_start=dt.date(2020, 1, 1), period_end=dt.date(2020, 1, 31),
        opens=dt.date(2020, 2, 1), due=dt.date(2020, 2, 2), closes=dt.date(2020, 2, 3),
    )  # fmt: skip

    response = calendar(client, year=2025)

    assert rows(response) == ["a", "b"]
    assert response.content.decode().count("<rect") == 3 + 2 * 3  # the legend's, and three a round
    assert "2024/25" in response.content.decode()
    assert rows(calendar(client, year=2019)) == ["old"]
    assert rows(calendar(client, year=2022)) == []


def test_a_round_stands_in_the_year_of_its_period_and_in_that_of_its_collection(client, municipality):
    dates = {"opens": dt.date(2026, 9, 5), "due": dt.date(2026, 9, 10), "closes": dt.date(2026, 9, 20)}
    make_dated_round(municipality, **dates)

    assert [rows(calendar(client, year=year)) for year in (2025, 2026)] == [["2026-1"], ["2026-1"]]


def test_the_calendar_marks_today_in_its_own_year_only(client, municipality):
    make_round(municipality)

    assert calendar(client).context["today"] is not None
    assert calendar(client, year=2019).context["today"] is None


def test_the_calendar_is_of_one_form_if_one_is_asked_for(client, municipality, overdue):
    from mentoring_reports.indicators.models import ReportForm

    with tenant_context(municipality):
        other = ReportForm.objects.create(municipality=municipality, code="other", title="Другая")
    make_round(municipality, "second", form=other)

    assert rows(calendar(client, form="other")) == ["second"]
    assert len(rows(calendar(client, form="нет"))) == 2
