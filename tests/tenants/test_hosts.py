"""From a request's host to a tenant: spelling, strangers, states, previews."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from portal.tenants.actions import move_to_host, resume, suspend
from portal.tenants.addresses import base_url, normalise_host, organisation_url
from portal.tenants.errors import ProvisioningError
from portal.tenants.middleware import TenantMiddleware
from portal.tenants.models import Domain, Organisation
from tests.factories import client_at


@pytest.mark.parametrize(
    "host", ["alpha.portal.test", "ALPHA.Portal.Test", "alpha.portal.test.", "www.alpha.portal.test"]
)
def test_a_host_is_recognised_however_it_is_spelt(alpha: Organisation, host: str) -> None:
    response = Client().get("/", headers={"host": host})

    assert response.status_code == 200
    assert connection.schema_name == alpha.schema_name


@pytest.mark.parametrize("host", ["gamma.portal.test", "portal.test.evil.example", "127.0.0.1", "localhost"])
def test_an_unknown_host_is_not_found_and_no_tenant_answers(alpha: Organisation, host: str) -> None:
    response = Client().get("/", headers={"host": host})

    assert response.status_code == 404
    assert connection.schema_name == get_public_schema_name()


def test_a_forwarded_host_header_does_not_choose_the_school(alpha: Organisation, beta: Organisation) -> None:
    client_at(alpha).get("/", headers={"x-forwarded-host": "beta.portal.test"})

    assert connection.schema_name == alpha.schema_name


@pytest.mark.parametrize("state", ["provisioning", "failed", "suspended"])
def test_a_school_that_is_not_active_answers_503_and_says_when_to_come_back(alpha: Organisation, state: str) -> None:
    alpha.state = state
    alpha.save()

    response = client_at(alpha).get("/")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "no-store" in response["Cache-Control"]


def test_suspending_is_seen_at_once_although_the_host_was_cached(alpha: Organisation) -> None:
    client = client_at(alpha)
    assert client.get("/").status_code == 200

    suspend(school=alpha, reason="Ремонт")
    suspended = client.get("/").status_code
    resume(school=alpha)

    assert (suspended, client.get("/").status_code) == (503, 200)


def test_a_school_that_is_suspended_cannot_be_suspended_again(alpha: Organisation) -> None:
    suspend(school=alpha, reason="Ремонт")

    with pytest.raises(ProvisioningError, match="Школа № 1"):
        suspend(school=alpha, reason="Ещё раз")


def test_a_new_host_leads_to_the_school_at_once_and_its_links_follow(alpha: Organisation) -> None:
    stranger = Client().get("/", headers={"host": "new.portal.test"}).status_code

    move_to_host(organisation=alpha, host="new.portal.test")

    assert stranger == 404
    assert Client().get("/", headers={"host": "new.portal.test"}).status_code == 200
    assert organisation_url(alpha) == "http://new.portal.test/"


def test_a_dummy_request_stays_in_the_tenant_that_made_it(alpha: Organisation, beta: Organisation) -> None:
    request = RequestFactory().get("/", headers={"host": "beta.portal.test"})
    request.is_dummy = True  # as Wagtail's preview does
    middleware = TenantMiddleware(lambda _request: None)

    with tenant_context(alpha):
        middleware.process_request(request)

        assert connection.schema_name == alpha.schema_name
        assert request.tenant == alpha


def test_links_lead_to_the_current_tenants_host(alpha: Organisation, municipality: Organisation) -> None:
    with tenant_context(alpha):
        of_school = base_url()
    with schema_context(get_public_schema_name()):
        of_nobody = base_url()

    assert (of_school, of_nobody) == ("http://alpha.portal.test", "http://portal.test")


def test_a_removed_host_leads_nowhere_at_once(alpha: Organisation) -> None:
    with schema_context(get_public_schema_name()):
        extra = Domain.objects.create(domain="extra.portal.test", tenant=alpha, is_primary=False)
    assert Client().get("/", headers={"host": "extra.portal.test"}).status_code == 200

    with schema_context(get_public_schema_name()):
        extra.delete()

    assert Client().get("/", headers={"host": "extra.portal.test"}).status_code == 404


@pytest.mark.parametrize(
    ("given", "stored"),
    [("A.B:8000", "a.b"), ("a.b.", "a.b"), ("www.a.b", "a.b"), (" a.b ", "a.b")],
)
def test_hosts_are_normalised(given: str, stored: str) -> None:
    assert normalise_host(given) == stored
