"""Whoever wants no letters gets none: by the link in a letter, without a login, or in the admin."""

from __future__ import annotations

import re

import pytest
from django_tenants.utils import tenant_context

from mentoring_reports.letters.links import opt_out_token
from mentoring_reports.letters.models import Preference
from mentoring_reports.notices.models import MailStanding
from tests.factories import CURATOR, METHODIST, client_at, login, make_user
from tests.letters.mailserver import text_of
from tests.letters.sending import send
from tests.submissions.acting import DUE, OPENS, hand_over, return_


@pytest.fixture
def curator(alpha):
    return make_user(alpha, CURATOR)


@pytest.fixture
def link(alpha, curator):
    with tenant_context(alpha):
        return f"/letters/opt-out/{opt_out_token(curator)}/"


def preference(school, user):
    with tenant_context(school):
        return Preference.objects.filter(user=user).first()


def test_opening_the_link_changes_nothing_the_button_does(alpha, curator, link):
    visitor = client_at(alpha)

    page = visitor.get(link)
    before = preference(alpha, curator)
    done = visitor.post(link, {"stop": "1"})

    assert (page.status_code, done.status_code) == (200, 200)
    assert 'name="stop"' in page.content.decode()
    assert before is None
    after = preference(alpha, curator)
    assert (after.wants_reminders, after.wants_decisions, after.wants_overview) == (False, False, False)
    assert 'name="again"' in done.content.decode()


def test_the_mail_programs_own_button_works_without_a_token_of_ours(alpha, curator, link):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"host": "alpha.portal.test"}, SERVER_NAME="alpha.portal.test")

    answer = strict.post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert preference(alpha, curator).wants_reminders is False


def test_it_can_be_taken_back(alpha, curator, link):
    visitor = client_at(alpha)
    visitor.post(link, {"stop": "1"})

    visitor.post(link, {"again": "1"})

    assert preference(alpha, curator).wants_decisions is True


def test_the_link_is_worth_nothing_in_another_school_forged_or_of_one_who_left(
    alpha, beta, municipality, curator, link
):
    make_user(beta, CURATOR)  # with the same number as alpha's
    answers = [client_at(other).post(link).status_code for other in (beta, municipality)]
    forged = client_at(alpha).post(link[:-3] + "xx/").status_code
    with tenant_context(alpha):
        curator.is_active = False
        curator.save()

    assert [*answers, forged, client_at(alpha).get(link).status_code] == [404, 404, 404, 404]
    assert preference(alpha, curator) is None


def test_the_page_is_kept_by_no_cache(alpha, link):
    visitor = client_at(alpha)

    first = visitor.get(link)
    visitor.post(link, {"stop": "1"})
    second = visitor.get(link)

    assert "no-store" in first["Cache-Control"]
    assert 'name="again"' in second.content.decode()


def test_whoever_opted_out_gets_nothing_and_the_municipality_sees_it(round_, alpha, municipality, link, mailserver):
    client_at(alpha).post(link, {"stop": "1"})
    return_(hand_over(round_, alpha))

    send(OPENS)

    assert mailserver.letters == []
    with tenant_context(municipality):
        row = MailStanding.objects.get(school=alpha)
    assert (row.recipients, row.opted_out, row.reachable) == (1, 1, 0)


def test_the_link_in_a_letter_is_the_one_that_works(round_, alpha, curator, mailserver):
    send(OPENS)
    address = re.search(r"http://alpha\.portal\.test(/letters/\S+)", text_of(mailserver.letters[0]))

    client_at(alpha).post(address[1], {"stop": "1"})

    assert preference(alpha, curator).wants_reminders is False


def account_form(client, **changes):
    """Post the page of the own account as a browser does, with changes."""
    page = client.get("/admin/account/")
    data = {}
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            form = panel.get_form()
            data |= {form.add_prefix(name): form[name].value() for name in form.fields if name != "avatar"}
    data |= {name: "Имя" for name in data if name.endswith(("first_name", "last_name"))}  # Wagtail asks for both
    sent = {name: value for name, value in (data | changes).items() if value not in (None, False)}
    return page, client.post("/admin/account/", sent)


def test_the_account_page_lets_a_curator_choose(round_, alpha, mailserver):
    client = login(alpha, CURATOR)

    page, saved = account_form(client, **{"mentoring_letters-wants_reminders": False})

    assert "mentoring_letters-wants_decisions" in page.content.decode()
    assert "mentoring_letters-wants_overview" not in page.content.decode()
    assert saved.status_code == 302
    send(DUE)
    assert mailserver.letters == []
    return_(hand_over(round_, alpha, on=DUE), on=DUE)
    send(DUE)
    assert len(mailserver.letters) == 1


def test_the_account_page_counts_refusals_anew_when_asked(round_, alpha, mailserver):
    client = login(alpha, CURATOR)
    assert "try_again" not in client.get("/admin/account/").content.decode()
    from tests.letters.test_bounces import bounce_times

    bounce_times(alpha, "curator", 3)
    assert "returned-mail" in client.get("/admin/").content.decode()

    account_form(client, **{"mentoring_letters-try_again": "on"})

    assert "returned-mail" not in client.get("/admin/").content.decode()


def test_an_editor_is_not_asked_and_a_methodist_is_asked_about_the_overview(alpha, municipality):
    from tests.factories import EDITOR

    editor = login(alpha, EDITOR).get("/admin/account/").content.decode()
    methodist = login(municipality, METHODIST).get("/admin/account/").content.decode()

    assert "mentoring_letters-" not in editor
    assert "mentoring_letters-wants_overview" in methodist
    assert "mentoring_letters-wants_reminders" not in methodist
