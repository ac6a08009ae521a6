"""Territories of methodists: shared out by the department, the queue's own choice, never a fence."""

from __future__ import annotations

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.review.models import Assignment
from portal.tenants.models import Territory
from tests.factories import (
    CURATOR,
    DEPARTMENT,
    METHODIST,
    SUPERUSER,
    client_at,
    login,
    make_round,
    make_user,
)
from tests.review.handing import address, submit

QUEUE = "/admin/review/"
SHARING = "/admin/review/assignments/"


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def anna(municipality):
    return make_user(municipality, METHODIST, "anna")


@pytest.fixture
def as_anna(municipality, anna):
    client = client_at(municipality)
    with tenant_context(municipality):
        client.force_login(anna)
    return client


@pytest.fixture
def department(municipality):
    return login(municipality, DEPARTMENT)


def give(municipality, user, *territories):
    with tenant_context(municipality):
        Assignment.objects.bulk_create(Assignment(user=user, territory_id=territory) for territory in territories)


def held(municipality):
    with tenant_context(municipality):
        return set(Assignment.objects.values_list("user__username", "territory_id"))


def box(user, territory_id):
    return f"{user.pk}-{territory_id}"


def rows(client, query=""):
    return [entry["row"].school.short_name for entry in client.get(QUEUE + query).context["entries"]]


def test_the_queue_shows_the_methodists_own_territories_and_all_others_one_click_away(
    anna, as_anna, round_, alpha, beta
):
    submit(round_, alpha)
    submit(round_, beta)
    assert len(rows(as_anna)) == 2

    give(round_.municipality, anna, alpha.territory_id)

    assert rows(as_anna) == [alpha.short_name]
    assert "?whose=all" in as_anna.get(QUEUE).content.decode()
    assert rows(as_anna, "?whose=all") == [alpha.short_name, beta.short_name]
    assert rows(as_anna, "?whose=mine") == [alpha.short_name]
    assert rows(as_anna, "?whose=nobody") == [beta.short_name]


def test_who_has_no_territory_sees_all(anna, department, round_, alpha, beta):
    submit(round_, alpha)
    submit(round_, beta)
    give(round_.municipality, anna, alpha.territory_id)

    assert len(rows(department)) == 2
    assert rows(department, "?whose=nobody") == [beta.short_name]
    assert len(rows(department, "?whose=mine")) == 2  # offered to nobody without territories


def test_a_methodist_decides_outside_of_the_own_territories_too(anna, as_anna, round_, alpha, beta):
    give(round_.municipality, anna, alpha.territory_id)
    submission = submit(round_, beta)

    assert as_anna.post(address(submission), {"decision": "accept"}).status_code == 302


def test_next_stays_in_the_own_territories(anna, as_anna, round_, alpha, beta):
    give(round_.municipality, anna, alpha.territory_id)
    first = submit(round_, alpha)
    submit(round_, beta)

    assert as_anna.post(address(first), {"decision": "accept"}).url == QUEUE


def test_territories_of_who_left_are_nobodys(municipality, anna, department, round_, alpha):
    give(municipality, anna, alpha.territory_id)
    submit(round_, alpha)
    with tenant_context(municipality):
        anna.is_active = False
        anna.save()

    assert department.get(QUEUE).context["counters"].shares.taken == frozenset()


def test_the_home_screen_counts_what_is_mine(anna, as_anna, round_, alpha, beta):
    submit(round_, alpha)
    submit(round_, beta)
    give(round_.municipality, anna, alpha.territory_id)

    counters = as_anna.get(QUEUE).context["counters"]

    assert (counters.mine, counters.waiting, counters.nobodys) == (1, 2, 1)
    assert 'id="waiting-reports' in as_anna.get("/admin/").content.decode()


def test_the_department_shares_the_territories_out(municipality, anna, department, alpha, beta):
    boris = make_user(municipality, METHODIST, "boris")
    give(municipality, boris, alpha.territory_id)
    page = department.get(SHARING)
    assert [place.pk for place in page.context["nobodys"]] == [beta.territory_id]

    department.post(
        SHARING,
        {
            "shown": [box(boris, alpha.territory_id)],
            "assigned": [box(anna, alpha.territory_id), box(anna, beta.territory_id)],
        },
    )

    assert held(municipality) == {("anna", alpha.territory_id), ("anna", beta.territory_id)}
    assert department.get(SHARING).context["nobodys"] == []


def test_two_who_share_out_at_once_do_not_undo_each_others(municipality, anna, department, alpha, beta):
    give(municipality, anna, alpha.territory_id)

    department.post(SHARING, {"assigned": [box(anna, beta.territory_id)]})  # shown before the first was given

    assert held(municipality) == {("anna", alpha.territory_id), ("anna", beta.territory_id)}


def test_nobody_from_elsewhere_and_no_other_territory_is_taken(municipality, department, anna, alpha):
    nobody = make_user(municipality, None)
    texts = [box(nobody, alpha.territory_id), f"{anna.pk}-999999", "x-y", "-", "1", f"{'9' * 40}-1"]

    assert department.post(SHARING, {"assigned": texts, "shown": ["x", f"{anna.pk}-{'9' * 18}"]}).status_code == 302

    assert held(municipality) == set()


@pytest.mark.parametrize(("role", "code"), [(METHODIST, 302), (DEPARTMENT, 200), (SUPERUSER, 200)])
def test_only_the_department_shares_out(municipality, role, code):
    client = login(municipality, role)

    assert client.get(SHARING).status_code == code
    assert (SHARING in client.get(QUEUE).content.decode()) == (code == 200)


@pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
def test_a_school_shares_nothing_out(alpha, role):
    assert login(alpha, role).get(SHARING).status_code == 404


def test_every_territory_has_its_line(municipality, department, anna):
    with tenant_context(municipality):
        names = list(Territory.objects.filter(municipality=municipality).values_list("name", flat=True))

    page = department.get(SHARING).content.decode()

    assert all(name in page for name in names)
