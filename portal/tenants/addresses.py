"""Addresses of tenants: links in letters and on pages lead to the right host."""

from __future__ import annotations

from django.conf import settings

from mentoring_reports.tenancy import tenant_connection

from .models import Domain, Organisation


def normalise_host(host: str) -> str:
    """Return a host name as it is stored: no port, lower case, no trailing dot, no leading `www.`."""
    return host.split(":", maxsplit=1)[0].strip().lower().rstrip(".").removeprefix("www.")


def address_of(host: str) -> str:
    """Return the full address of a host, for instance `https://school-5.example.ru`."""
    port = f":{settings.PORTAL_PORT}" if settings.PORTAL_PORT else ""
    return f"{settings.PORTAL_SCHEME}://{host}{port}"


def organisation_url(organisation: Organisation, path: str = "/") -> str:
    """Return the address of a page of an organisation, at its primary host; empty if it has no host."""
    domain = Domain.objects.filter(tenant=organisation, is_primary=True).first()
    return address_of(domain.domain) + path if domain else ""


def base_url() -> str:
    """Return the address of the current tenant; outside of a tenant, the first municipality's."""
    tenant = tenant_connection.tenant
    domains = Domain.objects.filter(is_primary=True)
    if isinstance(tenant, Organisation):
        domain = domains.filter(tenant=tenant).first()
    else:
        domain = domains.filter(tenant__kind="municipality").order_by("pk").first()
    return address_of(domain.domain) if domain else address_of("localhost")
