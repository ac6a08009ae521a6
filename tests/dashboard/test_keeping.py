"""Pages of the dashboard are kept, and never a moment longer than what they show stays the same."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context, tenant_context

from mentoring_reports.clock import pretend, today
from mentoring_reports.submissions.kept_figures import kept_figures_frame
from mentoring_reports.submissions.models import Participation, Round
from mentoring_reports.submissions.stamps import stamp
from portal.dashboard.keeping import kept
from portal.dashboard.selection import select, started_rounds
from portal.tenants.models import Organisation, OrganisationType, Territory
from tests.dashboard.screens import VIEWS, address, earlier_round
from tests.factories import METHODIST, login, make_round
from tests.submissions.acting import accept, exempt, extend, hand_over, reopen
from tests.workbooks.reporting import USUAL, hand_in, hand_in_accepted

DAY = dt.timedelta(days=1)


def _organisations(**changes):
    def change(round_, school):
        with schema_context("public"):
            Organisation.objects.filter(pk=school.pk).update(**changes)

    return change


def _renamed(model, name):
    def change(round_, school):
        with schema_context("public"):
            model.objects.filter(name__in=[school.territory.name, school.organisation_type.name]).update(name=name)

    return change


def _retitled(round_, school):
    with tenant_context(round_.municipality):
        Round.objects.filter(pk=round_.pk).update(title="Сбор под другим названием")


def _reopened(round_, school):
    with tenant_context(round_.municipality):
        accepted = Participation.objects.get(round=round_, school=school).accepted
    reopen(accepted, on=today())


CHANGES = {
    "a report comes in": lambda round_, school: hand_in(round_, _other(school), USUAL),
    "a report is accepted": lambda round_, school: hand_in_accepted(round_, _other(school), USUAL),
    "a report is reopened": _reopened,
    "an extension": lambda round_, school: extend(
        round_, _other(school), round_.due + dt.timedelta(days=1), on=today()
    ),
    "an exemption": lambda round_, school: exempt(round_, _other(school), on=today()),
    "a school is renamed": _organisations(name="Школа под другим названием"),
    "a school closes": _organisations(closed_on=dt.date(2020, 1, 1)),
    "a territory is renamed": _renamed(Territory, "Другая территория"),
    "a type is renamed": _renamed(OrganisationType, "Другой тип"),
    "the round is renamed": _retitled,
}


def _other(school):
    with schema_context("public"):
        return Organisation.objects.schools().exclude(pk=school.pk).get()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_what_is_shown_changes_the_stamp(municipality, alpha, beta, change):
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    with tenant_context(municipality):
        before, again = stamp([round_]), stamp([round_])

    change(round_, alpha)

    assert before == again
    with tenant_context(municipality):
        assert stamp([Round.objects.get(pk=round_.pk)]) != before


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_read_once_and_again_after_a_change(municipality, alpha, beta, view):
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    client = login(municipality, METHODIST)

    def look():
        with CaptureQueriesContext(connection) as statements:
            content = client.get(address(view)).content.decode()
        return content, len(statements)

    (first, many), (second, few) = look(), look()
    hand_in_accepted(round_, beta, USUAL | {"mentors": 1})
    third, as_many = look()

    assert "1 из 2" in first
    assert "1 из 2" in second
    assert "2 из 2" in third
    assert few < as_many <= many  # the first page also asks who is logged in


@pytest.mark.parametrize("view", VIEWS)
def test_a_kept_page_is_the_page_that_is_made_anew(municipality, alpha, beta, view):
    # Whichever round changes: each view names the rounds that it shows, and must not forget one.
    rounds = [
        make_round(municipality),
        *(earlier_round(municipality, f"r{days}", days=days) for days in (100, 200, 300)),
    ]
    for number, round_ in enumerate(rounds):
        hand_in_accepted(round_, alpha, USUAL | {"mentors": 4 + number, "roadmap_done": 1})
    client = login(municipality, METHODIST)

    def looks() -> str:
        return client.get(address(view)).context["body"]

    seen = {looks()}

    for round_ in rounds:
        hand_in_accepted(round_, beta, USUAL | {"mentors": 1, "mentees": 50, "roadmap_done": 0})
        kept_page = looks()
        cache.clear()

        assert kept_page == looks()
        seen.add(kept_page)

    assert len(seen) > 1  # at least the latest round's change is shown


def test_each_choice_is_a_page_of_its_own(municipality, alpha, beta):
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)
    client = login(municipality, METHODIST)

    everywhere = client.get(address("schools")).content.decode()
    here = client.get(address("schools", f"?territory={alpha.territory.name}")).content.decode()

    assert beta.name in everywhere
    assert alpha.name in here
    assert (beta.name in here) == (beta.territory == alpha.territory)


def test_another_day_is_another_page(municipality, alpha):
    make_round(municipality)
    with tenant_context(municipality):
        selection = select(started_rounds(), {})
        assert kept(selection, selection.rounds, lambda: "today") == "today"
        assert kept(selection, selection.rounds, lambda: "again") == "today"
        with pretend(today() + DAY):
            assert kept(selection, selection.rounds, lambda: "tomorrow") == "tomorrow"


def test_what_was_made_while_something_changed_is_shown_but_not_kept(municipality, alpha):
    round_ = make_round(municipality)
    with tenant_context(municipality):
        selection = select(started_rounds(), {})

        def make_slowly():
            _retitled(round_, alpha)
            return "neither before nor after"

        assert kept(selection, selection.rounds, make_slowly) == "neither before nor after"
        Round.objects.filter(pk=round_.pk).update(title=round_.title)
        assert kept(selection, selection.rounds, lambda: "as it is") == "as it is"


@pytest.mark.committed
def test_a_page_is_of_one_moment_and_kept_under_it(committed_tenants):
    municipality, alpha, beta = committed_tenants
    round_ = make_round(municipality)
    hand_in_accepted(round_, alpha, USUAL)

    def reports() -> int:
        return len(kept_figures_frame([round_]))

    with tenant_context(municipality):
        selection = select(started_rounds(), {})

        def make_while_a_report_is_accepted() -> str:
            before = reports()
            accepting = threading.Thread(target=_accept_elsewhere, args=(round_, beta))
            accepting.start()
            accepting.join(30)
            return f"{before} and still {reports()}"

        assert kept(selection, [round_], make_while_a_report_is_accepted) == "1 and still 1"
        assert kept(selection, [round_], lambda: f"now {reports()}") == "now 2"


def _accept_elsewhere(round_, school):
    try:
        hand_in_accepted(round_, school, USUAL)
    finally:
        connection.close()


def test_a_school_has_the_stamp_of_its_own_rows_only(municipality, alpha, beta):
    round_ = make_round(municipality)
    with tenant_context(alpha):
        before = stamp([round_])

    accept(hand_over(round_, beta, on=today()), on=today())

    with tenant_context(alpha):
        assert stamp([round_]) == before
