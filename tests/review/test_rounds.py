"""Rounds in the municipality's admin: made from the last one, locked by what was handed in, schools with reasons."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.review.rounds.following import following, next_code
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Exemption, Extension, Round
from tests.factories import CURATOR, DEPARTMENT, METHODIST, SUPERUSER, login, make_round
from tests.submissions.acting import DAY, extend, hand_over, make_dated_round
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools

ROUNDS = "/admin/rounds/"


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


def data(round_, **changes):
    names = ("title", "code", "form_id", "period_start", "period_end", "opens", "due", "closes")
    values = {name.removesuffix("_id"): str(getattr(round_, name)) for name in names}
    return {**values, **{name: str(value) for name, value in changes.items()}}


def page(round_):
    return f"{ROUNDS}{round_.pk}/"


def school_page(round_, school):
    return f"{ROUNDS}{round_.pk}/schools/{school.pk}/"


@pytest.mark.parametrize("role", [METHODIST, DEPARTMENT])
def test_staff_list_rounds_with_their_numbers(municipality, round_, alpha, role):
    hand_over(round_, alpha, on=round_.opens)

    response = login(municipality, role).get(ROUNDS)

    assert round_.title in response.content.decode()
    assert response.context["object_list"][0].numbers.submitted == 1
    assert "50\N{NO-BREAK SPACE}%" in response.content.decode()


@pytest.mark.parametrize("role", [CURATOR, SUPERUSER])
def test_a_school_has_no_rounds_admin(round_, alpha, role):
    client = login(alpha, role)

    assert client.get(ROUNDS).status_code == 302
    assert client.get(page(round_)).status_code == 404
    assert ROUNDS.encode() not in client.get("/admin/").content


def test_a_new_round_is_prefilled_from_the_last_one(municipality):
    last = make_dated_round(municipality, "2026-1")

    initial = login(municipality, METHODIST).get(f"{ROUNDS}new/").context["form"].initial

    assert initial["code"] == "2026-2"
    assert initial["form"] == last.form_id
    assert (initial["period_start"], initial["period_end"]) == (dt.date(2026, 6, 1), dt.date(2026, 10, 31))
    assert (initial["opens"], initial["due"], initial["closes"]) == (
        dt.date(2026, 11, 1), dt.date(2026, 11, 15), dt.date(2026, 11, 30),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "next_end"),
    [
        (dt.date(2026, 9, 1), dt.date(2026, 12, 31), dt.date(2027, 4, 30)),
        (dt.date(2027, 1, 1), dt.date(2027, 1, 31), dt.date(2027, 2, 28)),
        (dt.date(2026, 1, 5), dt.date(2026, 1, 11), dt.date(2026, 1, 18)),
    ],
    ids=["four months", "a month", "a week"],
)
def test_dates_move_by_the_periods_length(start, end, next_end):
    moved = following(Round(code="a", form_id=1, period_start=start, period_end=end, opens=end, due=end, closes=end))

    assert (moved["period_start"], moved["period_end"]) == (end + DAY, next_end)


@pytest.mark.parametrize(("code", "following_code"), [("2026-1", "2026-2"), ("r09", "r10"), ("spring", "spring")])
def test_a_code_counts_on(code, following_code):
    assert next_code(code) == following_code


def test_a_methodist_makes_a_round(municipality, round_):
    response = login(municipality, METHODIST).post(f"{ROUNDS}new/", data(round_, code="new", title="Новый сбор"))

    with tenant_context(municipality):
        made = Round.objects.get(code="new")
    assert response.url == page(made)
    assert made.municipality_id == municipality.pk


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("code", {}),
        ("due", {"code": "x", "due": dt.date(2020, 1, 1)}),
        ("closes", {"code": "x", "closes": dt.date(2020, 1, 1)}),
        ("period_end", {"code": "x", "period_end": dt.date(2020, 1, 1)}),
        ("title", {"code": "x", "title": ""}),
        ("opens", {"code": "x", "opens": "тридцатое"}),
    ],
    ids=["code taken", "due before opens", "closes before due", "period backwards", "no title", "no date"],
)
def test_what_is_wrong_is_said_at_its_field(municipality, round_, field, changes):
    response = login(municipality, METHODIST).post(f"{ROUNDS}new/", data(round_, **changes))

    assert field in response.context["form"].errors
    assert not response.context["form"].non_field_errors()


def test_form_and_period_are_locked_once_something_was_handed_in(municipality, round_, alpha):
    hand_over(round_, alpha, on=round_.opens)
    client = login(municipality, METHODIST)

    client.post(f"{ROUNDS}edit/{round_.pk}/", data(round_, title="Другое имя", period_end=round_.period_end - DAY))

    with tenant_context(municipality):
        kept = Round.objects.get(pk=round_.pk)
    assert (kept.title, kept.period_end) == ("Другое имя", round_.period_end)
    form = client.get(f"{ROUNDS}edit/{round_.pk}/").context["form"]
    assert all(form.fields[name].disabled and form.fields[name].help_text for name in ("form", "period_start"))


def test_a_round_does_not_close_before_a_promised_extension(municipality, round_, alpha):
    extend(round_, alpha, round_.closes, on=round_.opens)

    response = login(municipality, METHODIST).post(
        f"{ROUNDS}edit/{round_.pk}/", data(round_, closes=round_.closes - DAY)
    )

    assert "closes" in response.context["form"].errors


def test_nobody_deletes_a_round(municipality, round_):
    assert login(municipality, SUPERUSER).post(f"{ROUNDS}delete/{round_.pk}/").status_code == 302

    with tenant_context(municipality):
        assert Round.objects.filter(pk=round_.pk).exists()


def names(response):
    return [stands.school.short_name for stands in response.context["object_list"]]


def test_a_rounds_page_lists_every_school_and_filters(municipality, round_, alpha, beta):
    hand_over(round_, beta, on=round_.opens)
    client = login(municipality, METHODIST)

    assert names(client.get(page(round_))) == [beta.short_name, alpha.short_name]
    assert names(client.get(f"{page(round_)}?state=submitted")) == [beta.short_name]
    assert names(client.get(f"{page(round_)}?state=not_started")) == [alpha.short_name]
    assert names(client.get(f"{page(round_)}?territory={alpha.territory_id}")) == [alpha.short_name]
    assert names(client.get(f"{page(round_)}?q=гимн")) == [beta.short_name]
    assert names(client.get(f"{page(round_)}?ordering=submitted")) == [beta.short_name, alpha.short_name]


def test_schools_stand_in_the_order_in_which_people_count(municipality, round_):
    make_schools(municipality, 11)

    found = [name for name in names(login(municipality, METHODIST).get(page(round_))) if name.startswith("Строка")]

    assert found == [f"Строка {number}" for number in range(1, 12)]


def test_a_methodist_extends_with_a_reason(municipality, round_, alpha):
    due = round_.due + 2 * DAY

    response = login(municipality, METHODIST).post(
        school_page(round_, alpha), {"act": "extend", "extend-due": due, "extend-reason": "Карантин"}, follow=True
    )

    with tenant_context(alpha):
        extension = Extension.objects.get(round=round_)
    assert (extension.due, extension.reason, extension.author_name) == (due, "Карантин", "methodist")
    assert "Карантин" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("reason", {"extend-reason": " "}),
        ("due", {"extend-due": dt.date(2020, 1, 1)}),
        ("due", {"extend-due": "завтра"}),
    ],
    ids=["no reason", "out of range", "no date"],
)
def test_a_refused_extension_says_why_at_the_field_and_keeps_what_was_typed(
    municipality, round_, alpha, field, changes
):
    typed = {"act": "extend", "extend-due": str(round_.due + DAY), "extend-reason": "Карантин", **changes}

    response = login(municipality, METHODIST).post(school_page(round_, alpha), typed)

    assert response.status_code == 422
    assert field in response.context["extend_form"].errors
    assert str(typed["extend-due"]) in response.content.decode()


def test_a_school_is_exempt_and_expected_again(municipality, round_, alpha):
    client = login(municipality, METHODIST)

    client.post(school_page(round_, alpha), {"act": "exempt", "exempt-reason": "Ремонт"})
    response = client.get(page(round_))
    states = {stands.school.pk: stands.state for stands in response.context["object_list"]}
    assert states[alpha.pk] == State.EXEMPT
    assert response.context["numbers"].expected == 1

    client.post(school_page(round_, alpha), {"act": "withdraw"})
    with tenant_context(municipality):
        assert not Exemption.objects.exists()


def test_an_exemption_of_a_school_that_handed_in_is_refused(municipality, round_, alpha):
    hand_over(round_, alpha, on=round_.opens)

    response = login(municipality, METHODIST).post(
        school_page(round_, alpha), {"act": "exempt", "exempt-reason": "Ремонт"}
    )

    assert response.status_code == 422
    with tenant_context(municipality):
        assert not Exemption.objects.exists()


def test_who_may_only_look_grants_nothing(municipality, round_, alpha):
    from django.contrib.auth.models import Permission

    client = login(municipality, None)
    with tenant_context(municipality):
        from django.contrib.auth import get_user_model

        user = get_user_model().objects.get(username="nobody")
        codes = ("access_admin", "view_round")
        user.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    assert client.get(school_page(round_, alpha)).status_code == 200

    client.post(school_page(round_, alpha), {"act": "exempt", "exempt-reason": "Ремонт"})

    with tenant_context(municipality):
        assert not Exemption.objects.exists()


def test_pages_of_a_round_need_as_many_statements_for_twelve_schools_as_for_three(municipality, round_):
    client = login(municipality, METHODIST)
    schools = make_schools(municipality, 12)
    for address in (page(round_), "/admin/", ROUNDS):
        client.get(address)

    counted = []
    for some in (schools[:3], schools[3:]):
        hand_in(round_, some[0], USUAL)
        for school in some[1:]:
            hand_in_accepted(round_, school, USUAL)
        for address in (page(round_), "/admin/", ROUNDS):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counted.append(len(queries))

    assert counted[:3] == counted[3:]


def test_the_home_panel_says_who_is_late_by_territory(municipality, alpha, beta):
    today = dt.date.today()
    round_ = make_round(
        municipality, opens=today - 9 * DAY, due=today - 2 * DAY, closes=today + 5 * DAY, title="Открытый сбор"
    )
    hand_over(round_, beta, on=round_.opens)

    text = login(municipality, METHODIST).get("/admin/").content.decode()

    assert "Открытый сбор" in text
    late = text[text.index('class="review-late"') :]
    late = late[: late.index("</details>")]
    assert alpha.territory.name in late
    assert alpha.short_name in late
    assert beta.short_name not in late


def test_without_an_open_round_the_home_panel_offers_one(municipality):
    text = login(municipality, METHODIST).get("/admin/").content.decode()

    assert f'href="{ROUNDS}new/"' in text
