"""Loading the demonstration: complete, repeatable, deterministic, healing; nothing of a person on public pages."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django_tenants.utils import tenant_context
from wagtail.models import Page, Site

from mentoring_reports.clock import pretend, today
from mentoring_reports.register.models import Mentorship, Person
from mentoring_reports.roadmaps.models import RoadmapItem
from mentoring_reports.submissions.enums import DecisionKind, State
from mentoring_reports.submissions.models import Decision, Exemption, Extension, Round, SubmittedValue
from mentoring_reports.submissions.queries import standings
from portal.demonstration.loading import Demonstration, Task, adopt_port, load
from portal.demonstration.marks import LOCK
from portal.demonstration.users import MUNICIPAL_ROLES, PASSWORD, SCHOOL_ROLES
from portal.tenants.models import Domain, Organisation
from tests import databases, world
from tests.factories import client_at

pytestmark = pytest.mark.slow  # twelve schools are loaded for this module, so that no two processes should share it
BASE = dt.date(2026, 11, 21)


class Cut(Exception):
    """The load was cut off."""


def cut_after(count: int) -> Callable[[Sequence[Task]], Iterable[Task]]:
    """Return a progress that dies after so many tasks."""

    def progress(tasks: Sequence[Task]) -> Iterator[Task]:
        yield from tasks[:count]
        raise Cut

    return progress


def fingerprint(demonstration: Demonstration) -> str:
    """Return a checksum of every figure that every school handed over."""
    with tenant_context(demonstration.municipality):
        rows = list(
            SubmittedValue.objects.order_by(
                "round__code", "submission__school_name", "submission__revision", "element_code"
            ).values_list("round__code", "submission__school_name", "submission__revision", "element_code", "value")
        )
    assert rows
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def counts(demonstration: Demonstration) -> dict[str, Any]:
    """Return how many rows of each kind the demonstration has."""
    found: dict[str, Any] = {"schools": Organisation.objects.filter(municipality=demonstration.municipality).count()}
    with tenant_context(demonstration.municipality):
        found |= {model.__name__: model.objects.count() for model in (Round, Decision, SubmittedValue, Page)}
    for plan in demonstration.schools:
        with tenant_context(school_of(demonstration, plan.host_label)):
            found[plan.host_label] = [model.objects.count() for model in (Person, Mentorship, RoadmapItem, Page)]
    return found


def school_of(demonstration: Demonstration, label: str) -> Organisation:
    """Return a school by the first label of its host."""
    school: Organisation = Domain.objects.get(domain=f"{label}.{demonstration.host}").tenant
    return school


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demonstration]:
    """Load twelve schools once for this module, committed; the world of the other tests is made anew afterwards."""
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        try:
            yield load(schools=12, base=BASE)
        finally:
            databases.copy_anew()


@pytest.fixture(scope="module")
def uninterrupted(django_db_setup: None, django_db_blocker: Any) -> tuple[Any, ...]:
    """Return calendar, numbers of rows and checksum of two schools that were loaded in one go; nothing stays."""
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        with transaction.atomic():
            whole = load(schools=2, host="whole.localhost", base=BASE)
            found = whole.calendar, counts(whole), fingerprint(whole)
            transaction.set_rollback(True)
        connection.set_schema_to_public()
    return found


def states(demonstration: Demonstration, number: int) -> list[tuple[State, bool, int]]:
    """Return (state, on time, days late) of every school in a round, as things stand on the base day."""
    with pretend(demonstration.calendar.base), tenant_context(demonstration.municipality):
        round_ = Round.objects.get(code=demonstration.calendar.rounds[number].half.code)
        return [(row.state, row.on_time, row.days_late) for row in standings(round_)]


@pytest.mark.django_db
def test_the_finished_rounds_hold_every_kind_of_ending(loaded: Demonstration) -> None:
    ended = [*states(loaded, 0), *states(loaded, 1)]

    assert {State.ACCEPTED, State.MISSING, State.RETURNED, State.EXEMPT} <= {state for state, _on_time, _late in ended}
    assert any(on_time for _state, on_time, _late in ended)
    assert any(state == State.ACCEPTED and late > 0 for state, _on_time, late in ended)


@pytest.mark.django_db
def test_the_open_round_holds_something_to_do_for_everybody(loaded: Demonstration) -> None:
    now = {state for state, _on_time, _late in states(loaded, 2)}

    wanted = {State.SUBMITTED, State.RESUBMITTED, State.RETURNED, State.ACCEPTED, State.NOT_STARTED, State.EXEMPT}
    assert wanted <= now


@pytest.mark.django_db
def test_schools_were_returned_corrected_and_reopened(loaded: Demonstration) -> None:
    with tenant_context(loaded.municipality):
        kinds = set(Decision.objects.values_list("kind", flat=True))
        twice = SubmittedValue.objects.filter(submission__revision=2).exists()
        extended, exempted = Extension.objects.count(), Exemption.objects.count()

    assert kinds == set(DecisionKind.values)
    assert twice
    assert extended == 2
    assert exempted == 2


@pytest.mark.django_db
def test_what_happened_is_dated_as_it_happened(loaded: Demonstration) -> None:
    with tenant_context(loaded.municipality):
        for round_ in Round.objects.finished(BASE):
            days = [
                moment.date() for moment in Decision.objects.filter(round=round_).values_list("created_at", flat=True)
            ]

            assert days
            assert all(round_.opens <= day <= round_.closes for day in days)


@pytest.mark.django_db
def test_every_organisation_has_its_users_and_no_superuser(loaded: Demonstration) -> None:
    expected = {loaded.municipality: MUNICIPAL_ROLES} | {
        school_of(loaded, plan.host_label): SCHOOL_ROLES for plan in loaded.schools
    }
    for organisation, roles in expected.items():
        with tenant_context(organisation):
            users = get_user_model().objects.all()

            assert {user.username for user in users} == set(roles)
            assert not any(user.is_superuser for user in users)


@pytest.mark.django_db
@pytest.mark.parametrize("username", [*MUNICIPAL_ROLES, *SCHOOL_ROLES])
def test_the_printed_password_opens_the_admin(loaded: Demonstration, username: str) -> None:
    place = loaded.municipality if username in MUNICIPAL_ROLES else school_of(loaded, "school-1")
    client = client_at(place)

    response = client.post("/admin/login/", {"username": username, "password": PASSWORD, "next": "/admin/"})

    assert response.status_code == 302
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_a_roadmap_has_ten_to_twenty_five_items_some_done_some_overdue(loaded: Demonstration) -> None:
    overdue = 0
    for plan in loaded.schools:
        with tenant_context(school_of(loaded, plan.host_label)):
            items = RoadmapItem.objects.all()

            assert 10 <= items.count() <= 25
            assert items.done_by(BASE).exists()
            overdue += items.overdue_on(BASE).count()
    assert overdue > 0


@pytest.mark.django_db
def test_registers_have_the_planned_number_of_people_and_obey_the_forms_rules(loaded: Demonstration) -> None:
    for plan in loaded.schools:
        with tenant_context(school_of(loaded, plan.host_label)):
            assert Person.objects.count() == plan.people
            for mentorship in Mentorship.objects.select_related("mentor", "form"):
                mentorship.full_clean()


@pytest.mark.django_db
def test_no_public_page_names_a_person(loaded: Demonstration) -> None:
    for label in ("school-1", "rosinka", "istok"):
        school = school_of(loaded, label)
        with tenant_context(school):
            surnames = set(Person.objects.values_list("last_name", flat=True))
            root = Site.objects.get().root_page
            addresses = [page.get_url_parts()[2] for page in Page.objects.live().descendant_of(root, inclusive=True)]
        name = re.compile(rf"\b({'|'.join(surnames)})\b")

        for address in addresses:
            response = client_at(school).get(address)

            assert response.status_code == 200, address
            assert not name.search(response.content.decode()), address


@pytest.mark.django_db
def test_the_municipalitys_pages_answer(loaded: Demonstration) -> None:
    with tenant_context(loaded.municipality):
        root = Site.objects.get().root_page
        addresses = [page.get_url_parts()[2] for page in Page.objects.live().descendant_of(root, inclusive=True)]

    answers = {address: client_at(loaded.municipality).get(address).status_code for address in addresses}

    assert set(answers.values()) == {200}


@pytest.mark.django_db
def test_loading_again_changes_nothing(loaded: Demonstration) -> None:
    before = counts(loaded), fingerprint(loaded)

    again = load(schools=12, base=BASE + dt.timedelta(days=30))

    assert again == loaded
    assert (counts(again), fingerprint(again)) == before


@pytest.mark.django_db
def test_a_larger_demonstration_keeps_the_smaller_one_and_its_calendar(loaded: Demonstration) -> None:
    before = fingerprint(loaded)
    small = {plan.host_label for plan in loaded.schools}

    larger = load(schools=13, base=BASE + dt.timedelta(days=30))

    assert {plan.host_label for plan in larger.schools} - small == {"school-13"}
    assert larger.calendar == loaded.calendar
    assert fingerprint(larger) != before
    assert Organisation.objects.filter(municipality=larger.municipality).count() == 13


@pytest.mark.django_db
@pytest.mark.parametrize("done", [1, 5])
def test_an_interrupted_load_heals_to_exactly_what_an_uninterrupted_one_gives(
    uninterrupted: tuple[Any, ...], done: int
) -> None:
    with pytest.raises(Cut):
        load(schools=2, host="broken.localhost", base=BASE, progress=cut_after(done))

    healed = load(schools=2, host="broken.localhost")

    assert (healed.calendar, counts(healed), fingerprint(healed)) == uninterrupted


@pytest.mark.django_db
def test_without_a_base_day_the_open_round_is_open_today() -> None:
    demonstration = load(schools=1, host="today.localhost")

    with tenant_context(demonstration.municipality):
        assert Round.objects.open_on(today()).count() == 1
        assert Round.objects.finished(today()).count() == 2


@pytest.mark.django_db
def test_a_second_loader_is_told_to_wait() -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])

        with pytest.raises(CommandError, match="уже загружается"):
            call_command("load_demonstration", schools=1, host="waiting.localhost")
    finally:
        other.close()


@pytest.mark.django_db
def test_a_taken_host_is_refused_in_one_line(alpha: Organisation) -> None:
    with pytest.raises(CommandError, match=re.escape(world.ALPHA.host)):
        call_command("load_demonstration", schools=1, host=world.ALPHA.host)


@pytest.mark.django_db
def test_another_port_reaches_every_site(alpha: Organisation, settings: Any) -> None:
    settings.PORTAL_PORT = "9123"

    adopt_port()

    with tenant_context(alpha):
        assert Site.objects.get().port == 9123
