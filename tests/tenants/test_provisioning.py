"""A new school: complete, its own, without anybody else's users; and a broken try heals."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django_tenants.utils import schema_exists, tenant_context
from wagtail.models import GroupPagePermission, Page, Site

from portal.tenants import provisioning
from portal.tenants.errors import HostTaken, WrongHost
from portal.tenants.models import Organisation, OrganisationType, Territory
from portal.tenants.provisioning import create_school


def arguments(**given: str) -> dict:
    return {
        "name": "Лицей № 3",
        "host": "gamma.portal.test",
        "organisation_type": OrganisationType.objects.get(code="school"),
        "territory": Territory.objects.get(name="Центр"),
        **given,
    }


@pytest.fixture
def world(municipality: Organisation) -> Organisation:
    return municipality


def test_a_new_school_answers_at_its_host(world: Organisation) -> None:
    create_school(**arguments())

    response = Client().get("/", headers={"host": "gamma.portal.test"})

    assert response.status_code == 200
    assert "Лицей № 3" in response.content.decode()


def test_a_new_school_has_its_pages_groups_and_a_site_equal_to_its_host(world: Organisation) -> None:
    school = create_school(**arguments())

    with tenant_context(school):
        site = Site.objects.get()
        pages = {type(page).__name__ for page in Page.objects.live().specific()}
        permitted = set(GroupPagePermission.objects.values_list("group__name", flat=True))

    assert site.hostname == "gamma.portal.test"
    assert {"HomePage", "MentoringPage", "RoadmapPage", "DocumentsPage", "PracticesIndexPage", "NewsIndexPage"} <= pages
    assert {"Кураторы", "Редакторы"} <= permitted


def test_a_new_school_has_no_users_and_no_sessions(world: Organisation) -> None:
    school = create_school(**arguments())

    with tenant_context(school):
        assert not get_user_model().objects.exists()
        assert not Session.objects.exists()


def test_the_invited_editor_is_the_only_user_and_sets_a_password_at_the_schools_host(world: Organisation) -> None:
    school = create_school(**arguments(), editor="Curator@gamma.test")

    with tenant_context(school):
        user = get_user_model().objects.get()
        groups = set(user.groups.values_list("name", flat=True))
    link = re.search(r"http://gamma\.portal\.test(/\S+)", mail.outbox[0].body)
    assert link
    page = Client().get(link.group(1), headers={"host": "gamma.portal.test"}, follow=True)

    assert (user.email, user.has_usable_password(), groups) == ("curator@gamma.test", False, {"Кураторы"})
    assert mail.outbox[0].to == ["curator@gamma.test"]
    assert page.status_code == 200
    assert 'name="new_password1"' in page.content.decode()


def test_running_again_changes_nothing(world: Organisation) -> None:
    first = create_school(**arguments())
    with tenant_context(first):
        Group.objects.create(name="Своя группа")

    second = create_school(**arguments())

    assert first.pk == second.pk
    with tenant_context(second):
        assert Group.objects.filter(name="Своя группа").exists()


def test_a_try_that_died_is_recorded_and_heals_when_repeated(
    world: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(schema: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.half (id int)")
        raise RuntimeError("no space left")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(provisioning, "replay", broken)
        create_school(**arguments())
    failed = Organisation.objects.get(name="Лицей № 3")
    during = Client().get("/", headers={"host": "gamma.portal.test"}).status_code

    healed = create_school(**arguments())

    assert (failed.state, failed.state_note) == ("failed", "no space left")
    assert during == 503
    assert healed.is_active
    assert Client().get("/", headers={"host": "gamma.portal.test"}).status_code == 200


def test_a_row_left_by_a_killed_process_with_half_a_schema_heals(world: Organisation) -> None:
    left = Organisation.objects.create(
        schema_name="school_gamma",
        kind="school",
        name="Лицей № 3",
        short_name="Лицей № 3",
        municipality=world,
        organisation_type=OrganisationType.objects.get(code="school"),
        territory=Territory.objects.get(name="Центр"),
    )
    left.domains.create(domain="gamma.portal.test", is_primary=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA school_gamma; CREATE TABLE school_gamma.wagtailcore_page (id int)")

    healed = create_school(**arguments())

    assert (healed.pk, healed.is_active) == (left.pk, True)


def test_a_host_of_another_organisation_is_refused_and_nothing_is_left(world: Organisation) -> None:
    before = Organisation.objects.count()

    with pytest.raises(HostTaken, match="Школа № 1"):
        create_school(**arguments(host="alpha.portal.test"))

    assert Organisation.objects.count() == before


@pytest.mark.parametrize("host", ["", "пример.рф", "a b.test", "-a.test", "a..b", "a" * 64 + ".test", 'x".test', "a;b"])
def test_what_is_no_host_name_is_refused(world: Organisation, host: str) -> None:
    with pytest.raises(WrongHost):
        create_school(**arguments(host=host))


def test_equal_first_labels_get_schemas_of_their_own(world: Organisation) -> None:
    first = create_school(**arguments(host="same.one.test"))
    second = create_school(**arguments(host="same.two.test", name="Лицей № 4"))

    assert first.schema_name != second.schema_name
    assert schema_exists(first.schema_name)
    assert schema_exists(second.schema_name)


def test_the_connection_is_where_it_was_afterwards(world: Organisation) -> None:
    with tenant_context(world):
        create_school(**arguments())

        assert connection.schema_name == world.schema_name
        assert Site.objects.get().hostname == "portal.test"


def test_the_command_creates_a_school_and_prints_its_address(world: Organisation) -> None:
    out = StringIO()

    call_command(
        "create_school", name="Лицей № 3", host="gamma.portal.test", type="school", territory="центр", stdout=out
    )

    assert "http://gamma.portal.test/" in out.getvalue()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"type": "academy"}, "school"),
        ({"territory": "Луна"}, "Заречье"),
        ({"host": "alpha.portal.test"}, "Школа № 1"),
        ({"editor": "not-an-address"}, "адрес"),
    ],
)
def test_the_command_says_what_is_wrong_and_what_is_known(world: Organisation, given: dict, said: str) -> None:
    options = {"name": "Лицей № 3", "host": "gamma.portal.test", "type": "school", "territory": "Центр", **given}

    with pytest.raises(CommandError, match=said):
        call_command("create_school", **options)

    assert not Organisation.objects.filter(name="Лицей № 3").exists()
