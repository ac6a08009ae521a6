"""What breaks on Wagtail with django-tenants, seen elsewhere: here it does not."""

from __future__ import annotations

import datetime as dt
import threading
import time
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry

from portal.tenants import middleware
from portal.tenants.models import Organisation
from schools.models import HomePage
from tests.factories import CURATOR, PASSWORD, client_at, login, make_user, search_path

Tenants = tuple[Organisation, Organisation, Organisation]


@pytest.mark.parametrize("alias", sorted(settings.CACHES))
def test_what_one_school_caches_another_does_not_get(alpha: Organisation, beta: Organisation, alias: str) -> None:
    with tenant_context(alpha):
        caches[alias].set("wagtail_site_root_paths", "of alpha")

    with tenant_context(beta):
        seen = caches[alias].get("wagtail_site_root_paths")

    assert seen is None


def test_root_paths_cached_in_one_school_do_not_lead_there_from_another(
    alpha: Organisation, beta: Organisation
) -> None:
    with tenant_context(alpha):
        Site.get_site_root_paths()

    with tenant_context(beta):
        address = Page.objects.filter(depth=2).first().full_url

    assert address.startswith("http://beta.portal.test")


def test_a_session_of_one_school_is_nobodys_in_another(alpha: Organisation, beta: Organisation) -> None:
    curator = login(alpha, CURATOR)
    with tenant_context(beta):  # the same primary key and password hash, the worst case
        twin = make_user(beta, CURATOR)
    elsewhere = client_at(beta)
    elsewhere.cookies = curator.cookies

    at_home, abroad = curator.get("/admin/"), elsewhere.get("/admin/")

    assert twin.pk
    assert at_home.status_code == 200
    assert abroad.status_code == 302
    assert "/login/" in abroad["Location"]


def test_the_session_cookie_is_for_one_host_only(alpha: Organisation) -> None:
    make_user(alpha, CURATOR)

    response = client_at(alpha).post("/admin/login/", {"username": "curator", "password": PASSWORD})

    assert response.status_code == 302
    assert response.cookies[settings.SESSION_COOKIE_NAME]["domain"] == ""


def test_files_of_one_school_are_not_found_at_another(alpha: Organisation, beta: Organisation) -> None:
    with tenant_context(alpha):
        name = default_storage.save("images/secret.txt", ContentFile(b"of alpha"))
        url = default_storage.url(name)

    at_home, abroad = client_at(alpha).get(url), client_at(beta).get(url)
    climbing = client_at(beta).get(f"/media/../{alpha.schema_name}/{name}")
    by_schema = client_at(beta).get(f"/media/{alpha.schema_name}/{name}")

    assert b"".join(at_home.streaming_content) == b"of alpha"
    assert [abroad.status_code, climbing.status_code, by_schema.status_code] == [404, 404, 404]


def test_files_outside_of_the_picture_folders_are_not_served(alpha: Organisation) -> None:
    with tenant_context(alpha):
        name = default_storage.save("documents/order.txt", ContentFile(b"private"))

    assert client_at(alpha).get(f"/media/{name}").status_code == 404


def test_a_picture_of_the_same_name_keeps_its_own_rendition(alpha: Organisation, beta: Organisation) -> None:
    urls = {}
    for school, size in ((alpha, (64, 48)), (beta, (640, 480))):
        with tenant_context(school):
            image = get_image_model().objects.create(title="Эмблема", file=get_test_image_file(size=size))
            urls[school.schema_name] = image.get_rendition("width-500").width

    assert urls == {alpha.schema_name: 64, beta.schema_name: 500}


def test_a_new_thread_starts_in_public(alpha: Organisation) -> None:
    seen: list[str] = []

    def work() -> None:
        seen.append(connection.schema_name)
        connection.close()

    with tenant_context(alpha):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    assert seen == [get_public_schema_name()]


def test_the_search_path_is_set_once_a_context_not_once_a_query(alpha: Organisation) -> None:
    with tenant_context(alpha), CaptureQueriesContext(connection) as queries:
        list(Page.objects.all())
        list(Page.objects.all())

    assert sum("SEARCH_PATH" in query["sql"].upper() for query in queries) <= 1


def test_the_schema_is_right_again_after_an_error_in_the_middle(
    alpha: Organisation, municipality: Organisation
) -> None:
    with tenant_context(municipality):
        with pytest.raises(ZeroDivisionError), tenant_context(alpha):
            raise ZeroDivisionError
        path = search_path()

    assert municipality.schema_name in path
    assert alpha.schema_name not in path


def test_a_search_finds_other_cases_of_a_word(alpha: Organisation) -> None:
    with tenant_context(alpha):
        home = HomePage.objects.get()
        home.title = "Наставники нашей школы"
        home.save_revision().publish()

        found = [page.title for page in Page.objects.search("наставник")]

    assert "Наставники нашей школы" in found


def test_permissions_are_right_although_content_types_have_other_ids_elsewhere(
    alpha: Organisation, beta: Organisation
) -> None:
    curators = {school.schema_name: make_user(school, CURATOR) for school in (alpha, beta)}
    with tenant_context(beta):  # as after a table was recreated: the id has moved, and the permissions with it
        old = ContentType.objects.get(app_label="wagtaildocs", model="document")
        ContentType.objects.filter(pk=old.pk).update(model="moved")
        new = ContentType.objects.create(app_label="wagtaildocs", model="document")
        Permission.objects.filter(content_type_id=old.pk).update(content_type=new)
    policy = policy_registry.get_by_type(get_document_model())

    allowed = {}
    for school in (alpha, beta):
        with tenant_context(school):
            allowed[school.schema_name] = curators[school.schema_name] in policy.users_with_any_permission(["add"])

    assert new.pk != old.pk
    assert allowed == {alpha.schema_name: True, beta.schema_name: True}


def test_content_types_stay_cached_when_the_registry_of_models_changes(alpha: Organisation) -> None:
    with tenant_context(alpha):
        ContentType.objects.get_for_model(HomePage)

    apps.clear_cache()  # as a model does that is defined late

    with tenant_context(alpha), CaptureQueriesContext(connection) as statements:
        ContentType.objects.get_for_model(HomePage)
    assert [query["sql"] for query in statements if "SET search_path" not in query["sql"]] == []


def test_content_types_are_cached_for_each_schema_by_itself(alpha: Organisation, beta: Organisation) -> None:
    with tenant_context(beta):
        ContentType.objects.filter(app_label="schools", model="homepage").update(model="moved")
        moved = ContentType.objects.create(app_label="schools", model="homepage").pk
    ids = {}
    for school in (alpha, beta, alpha, beta):
        with tenant_context(school):
            ids[school.schema_name] = ContentType.objects.get_for_model(HomePage).pk

    with tenant_context(alpha), CaptureQueriesContext(connection) as queries:
        again = ContentType.objects.get_for_model(HomePage).pk

    assert ids[beta.schema_name] == moved
    assert ids[alpha.schema_name] == again != moved
    assert not [query for query in queries if "content_type" in query["sql"]]


def test_deleting_a_page_works_in_both_kinds_of_tenant(alpha: Organisation, municipality: Organisation) -> None:
    for organisation in (alpha, municipality):
        with tenant_context(organisation):
            page = Page.objects.filter(depth=3).first()
            page.specific.delete()

            assert not Page.objects.filter(pk=page.pk).exists()


def test_scheduled_pages_are_published_in_every_school(alpha: Organisation, beta: Organisation) -> None:
    for school in (alpha, beta):
        with tenant_context(school):
            page = Page.objects.filter(depth=3).first().specific
            page.title = "Вышло по расписанию"
            page.go_live_at = timezone.now() + dt.timedelta(seconds=0.4)
            page.save_revision().publish()
    time.sleep(0.5)

    call_command("in_every_tenant", "publish_scheduled", stdout=StringIO())

    for school in (alpha, beta):
        with tenant_context(school):
            assert Page.objects.filter(title="Вышло по расписанию", live=True).exists()


@pytest.mark.committed
def test_a_command_over_all_tenants_tries_each_and_names_the_broken_one(committed_tenants: Tenants) -> None:
    _, alpha, beta = committed_tenants
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {alpha.schema_name}.wagtailcore_revision CASCADE")
    err = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("in_every_tenant", "publish_scheduled", stdout=StringIO(), stderr=err)

    assert alpha.schema_name in str(error.value)
    assert beta.schema_name not in str(error.value)
    assert "wagtailcore_revision" in err.getvalue()


def test_a_database_that_is_down_is_said_plainly(alpha: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(host: str) -> Organisation:
        raise OperationalError("connection refused")

    monkeypatch.setattr(middleware, "organisation_at", down)

    response = client_at(alpha).get("/")

    assert response.status_code == 503
    assert "База данных" in response.content.decode()


def test_a_database_that_goes_away_in_the_middle_is_said_plainly(
    alpha: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: HomePage, *args: Any, **kwargs: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(HomePage, "serve", gone)

    assert client_at(alpha).get("/").status_code == 503


def test_users_of_one_school_are_not_users_of_another(alpha: Organisation, beta: Organisation) -> None:
    make_user(alpha, CURATOR)

    with tenant_context(beta):
        assert not get_user_model().objects.filter(username="curator").exists()


def test_letters_of_a_school_link_to_its_own_host(alpha: Organisation) -> None:
    with tenant_context(alpha):
        address = str(settings.WAGTAILADMIN_BASE_URL)
    with schema_context(get_public_schema_name()):
        elsewhere = str(settings.WAGTAILADMIN_BASE_URL)

    assert (address, elsewhere) == ("http://alpha.portal.test", "http://portal.test")


def test_an_unknown_host_shows_a_page_that_needs_no_tenant(db: None) -> None:
    response = Client().get("/admin/login/", headers={"host": "nobody.test"})

    assert response.status_code == 404
