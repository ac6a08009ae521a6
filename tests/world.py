"""One municipality and two schools, committed to the test database, and how to make them anew."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.indicators.builtin import install_builtin_form
from portal.tenants.models import Organisation, OrganisationType, SchemaTemplate, Territory
from portal.tenants.provisioning import create_municipality, create_school
from portal.tenants.schema_template import ensure_template, fingerprint

# Shared tables that the tests start without; the template and the record of migrations stay.
KEPT_TABLES = ("django_migrations", "tenants_schematemplate")


@dataclass(frozen=True)
class Place:
    """A tenant of the tests."""

    name: str
    host: str
    schema_name: str


MUNICIPALITY = Place("Город Примеров", "portal.test", "municipality_portal")
ALPHA = Place("Школа № 1", "alpha.portal.test", "school_alpha")
BETA = Place("Гимназия № 2", "beta.portal.test", "school_beta")


@contextmanager
def without_building_the_template() -> Iterator[None]:
    """Let `migrate` make the shared tables only; `share_template` does the rest."""
    with mock.patch("portal.tenants.management.commands.migrate.ensure_template"):
        yield


def share_template() -> None:
    """Build the template, or take the one that another process or an earlier run built from the same files."""
    kept = settings.VAR_DIR / "test" / f"template-{_digest_of_code()}.sql"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            SchemaTemplate.objects.create(fingerprint=fingerprint(), sql=kept.read_text(encoding="utf-8"))
        else:
            kept.write_text(ensure_template().sql, encoding="utf-8")


def _digest_of_code() -> str:
    """Return a digest of all that a template is made from: migrations, what fills a schema, the packages' versions."""
    root = settings.BASE_DIR
    filling = ("portal/tenants", "portal/website", "portal/settings", "schools")
    files = {
        root / "requirements.txt",
        *root.glob("mentoring_reports/**/migrations/*.py"),
        *root.glob("portal/**/migrations/*.py"),
        *(path for name in filling for path in (root / name).rglob("*.py")),
    }
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:16]


def create() -> None:
    """Create the municipality with its lists and built-in form, and the two schools."""
    connection.set_schema_to_public()
    school = OrganisationType.objects.create(code="school", name="Школа", order=1)
    gymnasium = OrganisationType.objects.create(code="gymnasium", name="Гимназия", order=2)
    municipality = create_municipality(name=MUNICIPALITY.name, host=MUNICIPALITY.host)
    centre = Territory.objects.create(municipality=municipality, name="Центр", order=1)
    river = Territory.objects.create(municipality=municipality, name="Заречье", order=2)
    with tenant_context(municipality):
        install_builtin_form(municipality)
    create_school(name=ALPHA.name, host=ALPHA.host, organisation_type=school, territory=centre)
    create_school(name=BETA.name, host=BETA.host, organisation_type=gymnasium, territory=river)
    connection.set_schema_to_public()


def organisations() -> tuple[Organisation, Organisation, Organisation]:
    """Return municipality, alpha and beta."""
    connection.set_schema_to_public()
    found = {o.schema_name: o for o in Organisation.objects.all()}
    return found[MUNICIPALITY.schema_name], found[ALPHA.schema_name], found[BETA.schema_name]


def remake() -> None:
    """Drop every tenant and every shared row, then create the world anew; never outside of a test database."""
    if not str(connection.settings_dict["NAME"]).startswith("test_"):
        raise RuntimeError("This is not a test database.")
    connection.set_schema_to_public()
    with transaction.atomic(), connection.cursor() as cursor:
        schemas = list(Organisation.objects.values_list("schema_name", flat=True))
        for schema in schemas:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)", [list(KEPT_TABLES)]
        )
        tables = ", ".join(f'"{row[0]}"' for row in cursor.fetchall())
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    create()
