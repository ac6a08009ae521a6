"""Extensions and exemptions from the round's pages: with one school and with several, all of it kept and shown."""

from __future__ import annotations

import datetime as dt

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import Exemption, Extension
from tests.factories import CURATOR, METHODIST, login, make_round
from tests.submissions.acting import DAY, exempt, extend, hand_over, make_dated_round

TODAY = dt.date.today()


@pytest.fixture
def round_(municipality):
    return make_round(municipality)


@pytest.fixture
def client(municipality):
    return login(municipality, METHODIST)


def several(round_):
    return f"/admin/rounds/{round_.pk}/several/"


def school_page(round_, school):
    return f"/admin/rounds/{round_.pk}/schools/{school.pk}/"


def chosen(response):
    return [stands.school for stands, _refusal in response.context["chosen"]]


def typed(round_, *schools, act="extend", **changes):
    return {
        "act": act,
        "school": [school.pk for school in schools],
        f"{act}-due": str(round_.due + DAY),
        f"{act}-reason": "Карантин в районе",
        **changes,
    }


def test_the_chosen_schools_are_those_that_were_ticked(client, round_, alpha, beta):
    assert chosen(client.get(several(round_), {"school": [alpha.pk, "x", "9" * 40, 0]})) == [alpha]


def test_all_that_the_list_finds_can_be_chosen(client, round_, alpha, beta):
    assert chosen(client.get(several(round_), {"all": 1, "territory": beta.territory.name})) == [beta]


def test_several_schools_are_extended_with_one_reason(client, round_, alpha, beta):
    response = client.post(several(round_), typed(round_, alpha, beta))

    assert response.url == f"/admin/rounds/{round_.pk}/"
    with tenant_context(round_.municipality):
        made = set(Extension.objects.values_list("school_id", "due", "reason"))
    assert made == {(school.pk, round_.due + DAY, "Карантин в районе") for school in (alpha, beta)}


def test_several_schools_are_exempt_with_one_reason(client, round_, alpha, beta):
    client.post(several(round_), typed(round_, alpha, beta, act="exempt"))

    with tenant_context(round_.municipality):
        assert Exemption.objects.active().filter(reason="Карантин в районе").count() == 2


def test_what_is_refused_for_one_changes_none_and_keeps_what_was_typed(client, round_, alpha, beta):
    hand_over(round_, alpha, on=round_.opens)

    response = client.post(several(round_), typed(round_, alpha, beta, act="exempt"))

    assert response.status_code == 422
    refusals = {stands.school.pk: refusal for stands, refusal in response.context["chosen"]}
    assert refusals[alpha.pk]
    assert not refusals[beta.pk]
    text = response.content.decode()
    assert text.count(f'name="school" value="{beta.pk}"') == 2  # in both forms
    assert "Карантин в районе" in text
    with tenant_context(round_.municipality):
        assert not Exemption.objects.exists()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("reason", {"extend-reason": " "}),
        ("due", {"extend-due": "завтра"}),
        ("due", {"school": []}),
    ],
    ids=["no reason", "no date", "nobody"],
)
def test_bad_input_is_said_at_its_field(client, round_, alpha, field, changes):
    response = client.post(several(round_), typed(round_, alpha, **changes))

    assert response.status_code == 422
    assert field in response.context["extend_form"].errors


def test_a_date_beyond_the_closing_day_is_refused_for_each_school(client, round_, alpha, beta):
    late = {"extend-due": str(round_.closes + DAY)}

    response = client.post(several(round_), typed(round_, alpha, beta, **late))

    assert all(refusal for _stands, refusal in response.context["chosen"])


def test_in_a_closed_round_nothing_is_offered(client, municipality, alpha):
    closed = make_dated_round(municipality)

    response = client.get(several(closed), {"school": alpha.pk})

    assert (response.context["extend_form"], response.context["exempt_form"]) == (None, None)
    assert b'type="checkbox"' not in client.get(f"/admin/rounds/{closed.pk}/results/").content


def test_an_unknown_action_is_not_found(client, round_, alpha):
    assert client.post(several(round_), {"act": "delete", "school": alpha.pk}).status_code == 404


def test_a_school_reaches_none_of_it(round_, alpha):
    client = login(alpha, CURATOR)

    assert client.get(several(round_)).status_code == 404
    assert client.post(several(round_), typed(round_, alpha)).status_code == 404
    with tenant_context(round_.municipality):
        assert not Extension.objects.exists()


def test_who_may_only_look_grants_nothing(municipality, round_, alpha):
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission

    client = login(municipality, None)
    with tenant_context(municipality):
        user = get_user_model().objects.get(username="nobody")
        user.user_permissions.add(*Permission.objects.filter(codename__in=("access_admin", "view_round")))

    assert client.get(several(round_), {"school": alpha.pk}).context["extend_form"] is None
    client.post(several(round_), typed(round_, alpha))

    with tenant_context(municipality):
        assert not Extension.objects.exists()


def test_the_schools_page_shows_every_extension_and_exemption_there_ever_was(client, round_, alpha):
    for days in (1, 2):
        extend(round_, alpha, round_.due + days * DAY, on=TODAY, reason=f"Продление {days}")
    exempt(round_, alpha, on=TODAY, reason="Ремонт кровли")

    client.post(school_page(round_, alpha), {"act": "withdraw"})
    text = client.get(school_page(round_, alpha)).content.decode()

    assert all(reason in text for reason in ("Продление 1", "Продление 2", "Ремонт кровли"))
    with tenant_context(round_.municipality):
        kept = Exemption.objects.get()
    assert (kept.holds, kept.withdrawn_by_name) == (False, "methodist")


def test_withdrawing_twice_is_told(client, round_, alpha):
    exempt(round_, alpha, on=TODAY)
    for _time in range(2):
        response = client.post(school_page(round_, alpha), {"act": "withdraw"}, follow=True)

    assert "error" in [message.level_tag for message in response.context["messages"]]
