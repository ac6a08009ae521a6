"""Rounds in the municipality's admin: made from the last one, locked by what was handed in, schools with reasons."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.closing import freeze_closed_rounds
from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Exemption, Extension, Round
from tests.factories import CURATOR, DEPARTMENT, METHODIST, SUPERUSER, login, make_round
from tests.submissions.acting import CLOSES, DAY, DUE, OPENS, exempt, extend, hand_over, make_dated_round
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted, make_schools

ROUNDS = "/admin/rounds/"
TODAY = dt.date.today()


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


def data(round_, **changes):
    names = ("kind", "title", "code", "form_id", "period_start", "period_end", "opens", "due", "closes")
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


def test_a_round_does_not_close_before_a_promised_extension(municipality, alpha):
    planned = make_round(municipality, opens=TODAY + DAY)
    extend(planned, alpha, planned.closes, on=TODAY)

    response = edit(login(municipality, METHODIST), planned, closes=planned.closes - DAY)

    assert "closes" in response.context["form"].errors


def edit(client, round_, **changes):
    return client.post(f"{ROUNDS}edit/{round_.pk}/", data(round_, **changes))


def read(round_):
    with tenant_context(round_.municipality):
        return Round.objects.get(pk=round_.pk)


def test_once_open_a_rounds_dates_move_later_only(municipality, round_):
    client = login(municipality, METHODIST)

    for name in ("due", "closes"):
        response = edit(client, round_, **{name: getattr(round_, name) - DAY})
        assert name in response.context["form"].errors
    edit(client, round_, due=round_.due + DAY, closes=round_.closes + DAY, opens=round_.opens - DAY)

    kept = read(round_)
    assert (kept.due, kept.closes) == (round_.due + DAY, round_.closes + DAY)
    assert kept.opens == round_.opens


def test_before_it_opens_a_rounds_dates_move_freely(municipality):
    planned = make_round(municipality, opens=TODAY + 5 * DAY)

    edit(login(municipality, METHODIST), planned, opens=TODAY + DAY, due=TODAY + 2 * DAY, closes=TODAY + 3 * DAY)

    assert read(planned).closes == TODAY + 3 * DAY


def test_a_closed_round_takes_reports_again_only_if_that_is_confirmed(municipality, alpha):
    closed = make_dated_round(municipality)
    with tenant_context(municipality):
        freeze_closed_rounds(municipality.pk)
    client = login(municipality, METHODIST)

    refused = edit(client, closed, closes=TODAY + DAY)
    assert "take_again" in refused.context["form"].errors
    assert read(closed).frozen_at

    edit(client, closed, closes=TODAY + DAY, take_again="on")
    again = read(closed)
    assert (again.closes, again.frozen_at) == (TODAY + DAY, None)


def test_the_period_of_a_closed_round_is_locked_and_says_why(municipality):
    closed = make_dated_round(municipality)
    with tenant_context(municipality):
        freeze_closed_rounds(municipality.pk)
    client = login(municipality, METHODIST)

    edit(client, closed, period_end=closed.period_end - DAY, title="Другое имя")

    assert (read(closed).period_end, read(closed).title) == (closed.period_end, "Другое имя")
    field = client.get(f"{ROUNDS}edit/{closed.pk}/").context["form"].fields["period_end"]
    assert field.disabled
    assert field.help_text


def test_a_round_made_for_the_past_is_frozen_at_once(municipality, round_):
    past = {name: day.replace(year=2020) for name, day in (("opens", OPENS), ("due", DUE), ("closes", CLOSES))}

    login(municipality, METHODIST).post(f"{ROUNDS}new/", data(round_, code="past", **past))

    with tenant_context(municipality):
        assert Round.objects.get(code="past").frozen_at


def test_a_period_is_of_the_kind_that_it_is_said_to_be(municipality, round_):
    client = login(municipality, METHODIST)
    quarter = {"kind": "quarter", "period_start": dt.date(2026, 4, 1)}

    refused = client.post(f"{ROUNDS}new/", data(round_, code="q", **quarter, period_end=dt.date(2026, 6, 29)))
    made = client.post(f"{ROUNDS}new/", data(round_, code="q", **quarter, period_end=dt.date(2026, 6, 30)))

    assert "kind" in refused.context["form"].errors
    assert made.status_code == 302


def test_title_code_and_dates_are_proposed_from_a_kind_and_a_day(municipality, round_):
    response = login(municipality, METHODIST).get(f"{ROUNDS}new/", {"kind": "quarter", "day": "15.05.2026"})

    form = response.context["form"]
    assert (form.initial["code"], form.initial["form"]) == ("2026-q2", round_.form_id)
    assert (form.initial["period_start"], form.initial["period_end"]) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    assert form.initial["opens"] <= form.initial["due"] <= form.initial["closes"]


def test_a_proposal_that_makes_no_sense_says_so_and_proposes_what_comes_next(municipality, round_):
    response = login(municipality, METHODIST).get(f"{ROUNDS}new/", {"kind": "century", "day": "завтра"})

    assert set(response.context["proposal"].errors) == {"kind", "day"}
    assert response.context["form"].initial["code"] == "2026-2"


def test_the_round_after_a_given_one_is_proposed(municipality, round_):
    older = make_dated_round(municipality, "r-7")
    client = login(municipality, METHODIST)

    assert client.get(f"{ROUNDS}new/", {"after": older.pk}).context["form"].initial["code"] == "r-8"
    assert client.get(f"{ROUNDS}new/", {"after": "9" * 30}).context["form"].initial["code"] == "2026-2"


def test_a_draft_of_a_form_is_not_offered_to_a_round(municipality, round_):
    with tenant_context(municipality):
        draft = ReportForm.objects.create(municipality=municipality, code="draft", title="Черновик")

    response = login(municipality, METHODIST).post(f"{ROUNDS}new/", data(round_, code="x", form=draft.pk))

    assert "form" in response.context["form"].errors


def delete(client, round_):
    return client.post(f"{ROUNDS}delete/{round_.pk}/")


def test_a_round_that_nobody_can_have_relied_on_is_deleted(municipality):
    planned = make_round(municipality, opens=TODAY + DAY)

    delete(login(municipality, METHODIST), planned)

    with tenant_context(municipality):
        assert not Round.objects.filter(pk=planned.pk).exists()


def test_no_other_round_is_deleted_by_anybody(municipality, round_, alpha):
    agreed = make_round(municipality, "agreed", opens=TODAY + DAY)
    exempt(agreed, alpha, on=TODAY)
    client = login(municipality, SUPERUSER)

    for kept in (round_, agreed):
        assert delete(client, kept).status_code == 302
        assert client.get(f"{ROUNDS}edit/{kept.pk}/").context["view"].can_delete is False

    with tenant_context(municipality):
        assert Round.objects.count() == 2


def test_a_school_deletes_no_round(municipality, alpha):
    planned = make_round(municipality, opens=TODAY + DAY)

    delete(login(alpha, SUPERUSER), planned)

    with tenant_context(municipality):
        assert Round.objects.exists()


def names(response):
    return [stands.school.short_name for stands in response.context["object_list"]]


def test_a_rounds_page_lists_every_school_and_filters(municipality, round_, alpha, beta):
    hand_over(round_, beta, on=round_.opens)
    client = login(municipality, METHODIST)

    assert names(client.get(page(round_))) == [beta.short_name, alpha.short_name]
    assert names(client.get(f"{page(round_)}?state=submitted")) == [beta.short_name]
    assert names(client.get(f"{page(round_)}?state=not_started")) == [alpha.short_name]
    assert names(client.get(page(round_), {"territory": alpha.territory.name})) == [alpha.short_name]
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
        assert not Exemption.objects.active().exists()


def test_an_exemption_of_a_school_that_handed_in_is_refused(municipality, round_, alpha):
    hand_over(round_, alpha, on=round_.opens)

    response = login(municipality, METHODIST).post(
        school_page(round_, alpha), {"act": "exempt", "exempt-reason": "Ремонт"}
    )

    assert response.status_code == 422
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
