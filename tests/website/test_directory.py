"""The public directory of the municipality's schools."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring_reports.clock import today
from portal.tenants.models import Domain, Organisation, Territory
from portal.website.directory import sort_key
from tests.factories import client_at, make_school_row

PATH = "/shkoly/"


def listed(municipality, query: str = "") -> list[str]:
    response = client_at(municipality).get(PATH + query)
    assert response.status_code == 200
    return [re.sub(r"<[^>]+>", "", heading) for heading in re.findall(r"<h3>(.*?)</h3>", response.text)]


def test_every_working_school_is_listed_with_its_own_address(municipality, alpha, beta):
    text = client_at(municipality).get(PATH).text

    assert listed(municipality) == [beta.short_name, alpha.short_name]
    assert f'<a href="http://alpha.portal.test/">{alpha.short_name}</a>' in text
    assert f'<a href="http://beta.portal.test/">{beta.short_name}</a>' in text


def test_numbers_in_names_are_ordered_as_numbers_and_yo_as_ye(municipality):
    for number, name in enumerate(("Школа № 10", "Школа № 2", "Ёлочка", "Журавлик", "Детский сад"), start=1):
        make_school_row(municipality, number, short_name=name)

    assert listed(municipality) == [
        "Гимназия № 2",
        "Детский сад",
        "Ёлочка",
        "Журавлик",
        "Школа № 1",
        "Школа № 2",
        "Школа № 10",
    ]


@pytest.mark.parametrize("query", ["?q=школа", "?q=ШКОЛА+1", "?q=+школа++№+1+"])
def test_search_ignores_case_and_spaces(municipality, alpha, query):
    assert listed(municipality, query) == [alpha.short_name]


def test_search_takes_ye_for_yo_and_looks_into_the_full_name(municipality):
    make_school_row(municipality, 1, short_name="Сад № 5", name="Детский сад «Зелёный остров»")

    assert listed(municipality, "?q=зеленый") == ["Сад № 5"]


def test_the_filter_by_type(municipality, beta):
    assert listed(municipality, "?type=gymnasium") == [beta.short_name]


def test_the_filter_by_territory(municipality, alpha):
    centre = Territory.objects.get(name="Центр")

    assert listed(municipality, f"?territory={centre.pk}") == [alpha.short_name]


def test_filters_are_combined_and_the_form_keeps_them(municipality):
    centre = Territory.objects.get(name="Центр")
    query = f"?q=школа&type=gymnasium&territory={centre.pk}"

    text = client_at(municipality).get(PATH + query).text

    assert listed(municipality, query) == []
    assert 'class="empty"' in text
    assert 'value="школа"' in text
    assert '<option value="gymnasium" selected>' in text
    assert f'<option value="{centre.pk}" selected>' in text


@pytest.mark.parametrize("query", ["?territory=abc", "?territory=99999999999999999999", "?territory=²", "?page=999"])
def test_a_filter_that_makes_no_sense_is_left_out(municipality, query):
    assert len(listed(municipality, query)) == 2


@pytest.mark.parametrize("query", ["?type=нет", "?q=%00нет", "?territory=999999"])
def test_a_filter_that_finds_nothing_is_no_error(municipality, query):
    assert listed(municipality, query) == []


@pytest.mark.parametrize("state", ["provisioning", "suspended", "failed"])
def test_a_school_that_is_not_active_is_not_listed(municipality, state):
    make_school_row(municipality, 1, short_name="Невидимая", state=state)

    assert "Невидимая" not in listed(municipality)


def test_a_school_is_listed_on_its_last_day_and_not_after_it(municipality):
    yesterday = today() - dt.timedelta(days=1)
    make_school_row(municipality, 1, short_name="Последний день", closed_on=today())
    make_school_row(municipality, 2, short_name="Закрыта", closed_on=yesterday)

    assert "Последний день" in listed(municipality)
    assert "Закрыта" not in listed(municipality)


def test_schools_of_another_municipality_are_not_listed(municipality):
    other = Organisation.objects.create(
        schema_name="municipality_other", kind="municipality", state="active", name="Другой", short_name="Другой"
    )
    territory = Territory.objects.create(municipality=other, name="Там")
    make_school_row(other, 1, short_name="Чужая", territory=territory)

    assert "Чужая" not in listed(municipality)
    assert "Там" not in client_at(municipality).get("/").text


def test_a_long_list_is_shown_by_pages_that_keep_the_filter(municipality):
    for number in range(30):
        make_school_row(municipality, number, short_name=f"Садик {number}")

    first, second = listed(municipality, "?q=садик"), listed(municipality, "?q=садик&page=2")

    assert (len(first), len(second)) == (24, 6)
    assert not set(first) & set(second)
    assert "q=%D1%81%D0%B0%D0%B4%D0%B8%D0%BA&amp;page=2" in client_at(municipality).get(PATH + "?q=садик").text


def statements_of_the_list(municipality) -> int:
    client = client_at(municipality)
    client.get(PATH)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as statements:
        client.get(PATH)
    return len(statements)


def test_the_number_of_statements_does_not_grow_with_the_schools(municipality):
    before = statements_of_the_list(municipality)

    connection.set_schema_to_public()
    for number in range(10):
        row = make_school_row(municipality, number)
        Domain.objects.create(tenant=row, domain=f"a{number}.portal.test", is_primary=True)

    assert statements_of_the_list(municipality) == before


def test_the_home_page_counts_schools_and_offers_the_search(municipality):
    make_school_row(municipality, 1)

    text = client_at(municipality).get("/").text

    assert '<span class="hero-number">3</span>' in text
    assert f'action="{PATH}"' in text
    centre = Territory.objects.get(name="Центр")
    assert f'href="{PATH}?territory={centre.pk}"' in text


def test_a_school_that_appears_or_is_renamed_is_seen_at_once(municipality, alpha):
    assert alpha.short_name in listed(municipality)

    connection.set_schema_to_public()
    alpha.short_name = "Лицей № 7"
    alpha.save()
    make_school_row(municipality, 1, short_name="Новая школа")

    assert {"Лицей № 7", "Новая школа"} <= set(listed(municipality))


@pytest.mark.parametrize(
    "names", [["Сад 2", "Сад 10"], ["Ёж", "Ель"], ["«Лицей»", "Школа"], ["Школа", "Школа № 1", "Школа № 1 «Б»"]]
)
def test_names_in_order(names):
    keys = [sort_key(name) for name in names]

    assert keys == sorted(keys)
