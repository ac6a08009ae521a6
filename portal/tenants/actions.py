"""Changes to organisations that the municipality makes; rows of `public` are written in `public`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context
from wagtail.models import Site

from .closed_rounds import freeze_closed_rounds_of
from .errors import ProvisioningError
from .models import Domain, Organisation, OrganisationState
from .page_cache import forget_pages

CHANGEABLE = ("name", "short_name", "organisation_type", "territory", "opened_on", "closed_on")


def change_school(*, school: Organisation, **fields: Any) -> Organisation:
    """Change a school's name, grouping or dates. Submitted reports keep the names they were handed over with."""
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(", ".join(sorted(unknown)))
    freeze_closed_rounds_of(school.municipality)
    with schema_context(get_public_schema_name()):
        for name, value in fields.items():
            setattr(school, name, value)
        school.save(update_fields=list(fields))
    with tenant_context(school):
        Site.objects.filter(is_default_site=True).update(site_name=school.short_name)
        forget_pages()
    return school


def suspend(*, school: Organisation, reason: str) -> None:
    """Close an active school's hosts for a while: they answer 503, and nothing is lost."""
    _change_state(school, OrganisationState.ACTIVE, OrganisationState.SUSPENDED, reason)


def resume(*, school: Organisation) -> None:
    """Open a suspended school's hosts again."""
    _change_state(school, OrganisationState.SUSPENDED, OrganisationState.ACTIVE, "")


def _change_state(school: Organisation, before: str, after: str, note: str) -> None:
    with schema_context(get_public_schema_name()), transaction.atomic():
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=school.pk)
        if locked.state != before:
            raise ProvisioningError(
                _("“%(name)s” is %(state)s: this cannot be done now.")
                % {"name": locked.short_name, "state": locked.get_state_display()}
            )
        locked.state, locked.state_note = after, note
        locked.save(update_fields=["state", "state_note"])
    school.state, school.state_note = after, note


def move_to_host(*, organisation: Organisation, host: str) -> Domain:
    """Make `host` the organisation's primary host; the old one goes on leading there. Its Site follows."""
    with schema_context(get_public_schema_name()):
        domain, _created = Domain.objects.get_or_create(domain=host, tenant=organisation, defaults={"is_primary": True})
        domain.is_primary = True
        domain.save()
    with tenant_context(organisation):
        Site.objects.filter(is_default_site=True).update(hostname=host)
        Site.clear_site_root_paths_cache()
        forget_pages()
    return domain
