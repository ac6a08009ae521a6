"""Creating organisations: a row with a state, then one transaction that replays the template. Repeating it heals."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from .addresses import normalise_host
from .closed_rounds import freeze_closed_rounds_of
from .content import content_for
from .errors import HostTaken, ProvisioningError, UnknownGrouping, WrongHost
from .invitations import create_editor, send_invitation
from .models import Domain, Organisation, OrganisationKind, OrganisationState, OrganisationType, Territory
from .schema_template import ensure_template, replay

HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
SCHEMA_NAME_LENGTH = 48


@dataclass(frozen=True, kw_only=True)
class NewOrganisation:
    """What is known about an organisation before it is created."""

    kind: str
    name: str
    host: str
    short_name: str = ""
    municipality: Organisation | None = None
    organisation_type: OrganisationType | None = None
    territory: Territory | None = None
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None


def create_school(  # noqa: PLR0913  (a school is described by this much)
    *,
    name: str,
    host: str,
    organisation_type: OrganisationType,
    territory: Territory,
    short_name: str = "",
    opened_on: dt.date | None = None,
    closed_on: dt.date | None = None,
    editor: str = "",
) -> Organisation:
    """Create a school of the territory's municipality, or heal one that was left half-made; invite its editor.

    Raise `WrongHost`, `HostTaken` or `ProvisioningError`; then nothing but the state of the row has changed.
    """
    organisation = provision(
        NewOrganisation(
            kind=OrganisationKind.SCHOOL,
            name=name,
            short_name=short_name,
            host=host,
            municipality=territory.municipality,
            organisation_type=organisation_type,
            territory=territory,
            opened_on=opened_on,
            closed_on=closed_on,
        )
    )
    if editor:
        with tenant_context(organisation):
            send_invitation(create_editor(editor))
    return organisation


def create_municipality(*, name: str, host: str, short_name: str = "") -> Organisation:
    """Create a municipality, or heal one that was left half-made."""
    return provision(NewOrganisation(kind=OrganisationKind.MUNICIPALITY, name=name, short_name=short_name, host=host))


def find_grouping(municipality: Organisation, *, type_code: str, territory: str) -> tuple[OrganisationType, Territory]:
    """Return a type by its code or name and a territory by its name; raise `UnknownGrouping` naming those there are."""
    types = {**{t.name.lower(): t for t in OrganisationType.objects.all()}}
    types |= {t.code.lower(): t for t in OrganisationType.objects.all()}
    territories = {t.name.lower(): t for t in municipality.territories.all()}
    if type_code.lower() not in types:
        known = ", ".join(sorted({t.code for t in types.values()}))
        raise UnknownGrouping(
            _("There is no type “%(given)s”. Known: %(known)s.") % {"given": type_code, "known": known}
        )
    if territory.lower() not in territories:
        known = ", ".join(sorted(t.name for t in territories.values()))
        raise UnknownGrouping(
            _("There is no territory “%(given)s”. Known: %(known)s.") % {"given": territory, "known": known}
        )
    return types[type_code.lower()], territories[territory.lower()]


def provision(new: NewOrganisation) -> Organisation:
    """Reserve the row and the host, then make the schema; an active organisation at this host is returned as it is."""
    ensure_template()
    with schema_context(get_public_schema_name()):
        organisation = _reserve(new)
        if organisation.is_active:
            return organisation
        try:
            _fill(organisation, new.host)
        except Exception as error:
            _record_failure(organisation, error)
            raise
    return organisation


@transaction.atomic
def _reserve(new: NewOrganisation) -> Organisation:
    """Return the row for this host, made now or left by an earlier try."""
    host = normalise_host(new.host)
    if not HOST.fullmatch(host):
        raise WrongHost(_("“%(host)s” is not a host name.") % {"host": new.host})
    domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    if domain:
        existing: Organisation = domain.tenant
        if existing.kind != new.kind or existing.name != new.name:
            raise HostTaken(_("The host %(host)s belongs to “%(name)s”.") % {"host": host, "name": existing.name})
        return existing
    freeze_closed_rounds_of(new.municipality)
    organisation = Organisation.objects.create(
        schema_name=_free_schema_name(new.kind, host),
        kind=new.kind,
        name=new.name,
        short_name=new.short_name or new.name[:100],
        municipality=new.municipality,
        organisation_type=new.organisation_type,
        territory=new.territory,
        opened_on=new.opened_on,
        closed_on=new.closed_on,
    )
    Domain.objects.create(domain=host, tenant=organisation, is_primary=True)
    return organisation


def _fill(organisation: Organisation, host: str) -> None:
    """Replay the template into the organisation's schema and make it active: all of it or nothing."""
    with transaction.atomic():
        locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if not locked.is_active:
            with connection.cursor() as cursor:  # a leftover of a try that died holds nothing of anybody's
                cursor.execute(f'DROP SCHEMA IF EXISTS "{organisation.schema_name}" CASCADE')
            replay(organisation.schema_name)
            with tenant_context(organisation):
                content_for(organisation.kind).adapt(organisation, host=normalise_host(host))
        organisation.state = OrganisationState.ACTIVE
        organisation.state_note = ""
        organisation.save(update_fields=["state", "state_note"])


def _record_failure(organisation: Organisation, error: Exception) -> None:
    if isinstance(error, ProvisioningError) and organisation.is_active:
        return
    organisation.state = OrganisationState.FAILED
    organisation.state_note = str(error)[:2000]
    with schema_context(get_public_schema_name()):
        organisation.save(update_fields=["state", "state_note"])


def _free_schema_name(kind: str, host: str) -> str:
    """Return a schema name made from the host's first label that no organisation has yet."""
    label = re.sub(r"[^a-z0-9]+", "_", host.split(".", maxsplit=1)[0]).strip("_")[:SCHEMA_NAME_LENGTH]
    stem = f"{kind}_{label}"
    name, number = stem, 1
    while Organisation.objects.filter(schema_name=name).exists():
        number += 1
        name = f"{stem}_{number}"
    return name
