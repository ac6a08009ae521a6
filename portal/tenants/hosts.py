"""Which organisation a host belongs to: cached, and forgotten when a host, a name or a state changes."""

from __future__ import annotations

from typing import cast

from django.core.cache import cache
from django.db import transaction
from django_tenants.utils import get_public_schema_name, schema_context

from .models import Domain, Organisation

TIMEOUT = 3600
# After a change the lookup goes to the database for a while: a request that read the old row just before the change
# must not be able to put it back into the cache just after it.
CHANGED = "changed"
CHANGED_SECONDS = 10


def _key(host: str) -> str:
    return f"host:{host}"


def organisation_at(host: str) -> Organisation:
    """Return the organisation of a normalised host; call it in `public`. Raise `Domain.DoesNotExist` for a stranger."""
    cached = cache.get(_key(host))
    if isinstance(cached, Organisation):
        return cached
    organisation = cast(Organisation, Domain.objects.select_related("tenant").get(domain=host).tenant)
    cache.add(_key(host), organisation, TIMEOUT)
    return organisation


def forget_hosts(*hosts: str) -> None:
    """Forget what is cached for these hosts, now and again when the transaction is through."""

    def forget() -> None:
        with schema_context(get_public_schema_name()):
            cache.set_many({_key(host): CHANGED for host in hosts}, CHANGED_SECONDS)

    forget()
    transaction.on_commit(forget)
