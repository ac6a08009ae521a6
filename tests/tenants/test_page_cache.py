"""Anonymous pages come from the cache of their own host, and any change is seen at once."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context
from wagtail.models import Page

from portal.tenants.actions import change_school
from portal.tenants.models import Organisation
from schools.models import HomePage
from tests.factories import CURATOR, client_at, login


def body(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


def test_the_second_reading_asks_the_database_nothing(alpha: Organisation) -> None:
    client = client_at(alpha)
    client.get("/")

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/")

    assert response.status_code == 200
    assert len(queries) == 0


def test_each_host_has_its_own_pages(alpha: Organisation, beta: Organisation) -> None:
    first = body(client_at(alpha))

    second = body(client_at(beta))

    assert "Школа № 1" in first
    assert "Гимназия № 2" in second
    assert "Школа № 1" not in second


def test_a_published_change_is_seen_at_once(alpha: Organisation) -> None:
    client = client_at(alpha)
    before = body(client)
    with tenant_context(alpha):
        home = HomePage.objects.get()
        home.title = "Новое имя главной"
        home.save_revision().publish()

    after = body(client)

    assert "Новое имя главной" not in before
    assert "Новое имя главной" in after


def test_an_unpublished_page_is_gone_at_once(alpha: Organisation) -> None:
    client = client_at(alpha)
    with tenant_context(alpha):
        page = Page.objects.filter(depth=3, live=True).first()
        path = page.relative_url(None) or page.url_path.split("/", 2)[2]
    path = "/" + path.lstrip("/")
    assert client.get(path).status_code == 200

    with tenant_context(alpha):
        page.specific.unpublish()

    assert client.get(path).status_code == 404


def test_a_change_in_one_school_leaves_the_others_pages_in_the_cache(alpha: Organisation, beta: Organisation) -> None:
    client = client_at(beta)
    client.get("/")
    with tenant_context(alpha):
        HomePage.objects.get().save_revision().publish()

    with CaptureQueriesContext(connection) as queries:
        client.get("/")

    assert len(queries) == 0


def test_a_renamed_school_is_seen_in_the_municipalitys_directory_at_once(
    municipality: Organisation, alpha: Organisation
) -> None:
    client = client_at(municipality)
    with tenant_context(municipality):
        path = Page.objects.get(slug="shkoly").specific.get_url_parts()[2]
    before = body(client, path)

    change_school(school=alpha, short_name="Школа имени Примера")

    assert "Школа имени Примера" not in before
    assert "Школа имени Примера" in body(client, path)


def test_someone_who_is_logged_in_is_never_answered_from_the_cache(alpha: Organisation) -> None:
    client_at(alpha).get("/")
    curator = login(alpha, CURATOR)

    with CaptureQueriesContext(connection) as queries:
        curator.get("/")

    assert len(queries) > 0


def test_what_someone_logged_in_saw_is_not_kept(alpha: Organisation) -> None:
    curator = login(alpha, CURATOR)
    page = body(curator)

    anonymous = body(client_at(alpha))

    assert "wagtail-userbar" in page
    assert "wagtail-userbar" not in anonymous


def test_a_page_that_was_not_found_is_looked_for_again(alpha: Organisation) -> None:
    client = client_at(alpha)

    assert client.get("/nothing-here/").status_code == 404
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/nothing-here/").status_code == 404

    assert len(queries) > 0


def test_different_filters_are_different_pages(municipality: Organisation) -> None:
    client = client_at(municipality)

    first = client.get("/?page=1").content
    with CaptureQueriesContext(connection) as queries:
        client.get("/?page=2")

    assert first
    assert len(queries) > 0


def test_a_changed_state_is_seen_at_once_on_a_cached_page(alpha: Organisation) -> None:
    client = client_at(alpha)
    assert client.get("/").status_code == 200

    with schema_context(get_public_schema_name()):
        alpha.state = "suspended"
        alpha.save()

    assert client.get("/").status_code == 503
