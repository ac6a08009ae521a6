"""A replayed schema is what migrating would have made, to the last name; `migrate` touches only what lags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import get_public_schema_name

from portal.tenants.models import Organisation, SchemaTemplate
from portal.tenants.schema_state import lagging_schemas
from portal.tenants.schema_template import TEMPLATE_SCHEMA, ensure_template
from tests import databases

# What PostgreSQL knows about a schema, without object ids and with the schema's own name taken out.
CATALOGUE = {
    "columns": """
        SELECT table_name, column_name,
               -- by rank: a migrated table keeps the empty places of columns that were removed
               row_number() OVER (PARTITION BY table_name ORDER BY ordinal_position),
               data_type, is_nullable, character_maximum_length,
               replace(column_default, '{s}.', ''), is_identity, identity_generation, is_generated,
               replace(generation_expression, '{s}.', '')
        FROM information_schema.columns WHERE table_schema = '{s}'""",
    "constraints": """
        SELECT c.conname, c.contype, r.relname, replace(pg_get_constraintdef(c.oid), '{s}.', '')
        FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid WHERE c.connamespace = '{s}'::regnamespace""",
    "indexes": "SELECT indexname, replace(indexdef, '{s}.', '') FROM pg_indexes WHERE schemaname = '{s}'",
    "sequences": """
        SELECT sequencename, data_type::text, start_value, increment_by, max_value FROM pg_sequences
        WHERE schemaname = '{s}'""",
    "triggers": """
        SELECT t.tgname, r.relname FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
        WHERE r.relnamespace = '{s}'::regnamespace AND NOT t.tgisinternal""",
    "migrations": 'SELECT app, name FROM "{s}".django_migrations',
    "permissions": 'SELECT codename FROM "{s}".auth_permission',
}


def plain(value: Any) -> Any:
    """Take casts between text types and brackets out: PostgreSQL prints `IN (…)` otherwise once it was reread."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", value) if isinstance(value, str) else value


def catalogue(cursor: Any, schema: str, parts: Iterable[str] = CATALOGUE) -> dict[str, list[tuple]]:
    found = {}
    for name in parts:
        cursor.execute(CATALOGUE[name].format(s=schema))
        found[name] = sorted([tuple(map(plain, row)) for row in cursor.fetchall()], key=repr)
    return found


def test_a_replayed_schema_equals_a_migrated_one(alpha: Organisation) -> None:
    with databases.migrated() as cursor:
        migrated = catalogue(cursor, TEMPLATE_SCHEMA)
    with connection.cursor() as cursor:
        replayed = catalogue(cursor, alpha.schema_name)

    for part, rows in migrated.items():
        assert replayed[part] == rows, part
        assert part in ("triggers",) or rows, part


@pytest.mark.parametrize("schema", [get_public_schema_name(), TEMPLATE_SCHEMA])
def test_a_migrated_schema_has_everything_that_its_models_say(schema: str) -> None:
    # Migrations of apps without tables in a schema are not run there: none that makes something may be passed over.
    own = [
        model for app in apps_in(schema) for model in app.get_models(include_auto_created=True) if model._meta.managed
    ]
    with databases.migrated() as cursor:
        found = catalogue(cursor, schema, ["columns", "constraints", "indexes"])
    columns = {(table, column) for table, column, *_ in found["columns"]}
    names = {name for name, *_ in (*found["constraints"], *found["indexes"])}

    assert len(own) > 20
    assert {(one._meta.db_table, field.column) for one in own for field in one._meta.local_concrete_fields} <= columns
    ours = [one for one in own if one.__module__.startswith(("mentoring_reports", "portal", "schools"))]
    assert {given.name for one in ours for given in (*one._meta.constraints, *one._meta.indexes)} <= names


def apps_in(schema: str) -> list[AppConfig]:
    is_public = schema == get_public_schema_name()
    return [app for app in apps.get_app_configs() if (app.name in settings.SHARED_APPS) == is_public]


@pytest.mark.django_db
def test_the_template_holds_no_users_sessions_or_foreign_hosts() -> None:
    sql = ensure_template().sql

    for table in ("auth_user", "django_session", "wagtailcore_pagelogentry", "wagtailcore_modellogentry"):
        assert f"INSERT INTO {TEMPLATE_SCHEMA}.{table} " not in sql
    assert "portal.test" not in sql


@pytest.mark.django_db
def test_the_template_is_made_once_for_a_set_of_migrations() -> None:
    first, second = ensure_template(), ensure_template()

    assert first.pk == second.pk
    assert SchemaTemplate.objects.count() == 1


def test_schemas_that_lag_are_found_in_two_statements_however_many_there_are(
    municipality: Organisation, alpha: Organisation, beta: Organisation
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {alpha.schema_name}.django_migrations WHERE app = 'wagtailcore' AND name LIKE '0001%'"
        )

    with CaptureQueriesContext(connection) as queries:
        lagging = lagging_schemas([municipality.schema_name, alpha.schema_name, beta.schema_name, "nowhere"])

    assert lagging == [alpha.schema_name, "nowhere"]
    assert len(queries) == 2


@pytest.mark.django_db
def test_migrate_with_nothing_to_do_says_so_and_touches_no_schema() -> None:
    out = StringIO()

    with CaptureQueriesContext(connection) as queries:
        call_command("migrate", verbosity=1, stdout=out)

    assert out.getvalue()
    assert not [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(("ALTER", "CREATE", "INSERT"))]


@pytest.mark.committed
def test_migrate_tries_every_school_names_the_broken_one_and_fails(
    committed_tenants: tuple[Organisation, Organisation, Organisation],
) -> None:
    _, alpha, beta = committed_tenants
    with connection.cursor() as cursor:
        for school in (alpha, beta):  # as if a migration had come that neither has had
            cursor.execute(f"DELETE FROM {school.schema_name}.django_migrations WHERE app = 'wagtailredirects'")
        # Alpha's tables are there: creating them again fails. Beta's are not: it can be brought along.
        cursor.execute(f"DROP TABLE {beta.schema_name}.wagtailredirects_redirect CASCADE")

    with pytest.raises(CommandError) as error:
        call_command("migrate", verbosity=0, stdout=StringIO(), stderr=StringIO())

    assert alpha.schema_name in str(error.value)
    assert beta.schema_name not in str(error.value)
    assert lagging_schemas([alpha.schema_name, beta.schema_name]) == [alpha.schema_name]


@pytest.mark.committed
def test_a_school_whose_schema_is_gone_is_named(
    committed_tenants: tuple[Organisation, Organisation, Organisation],
) -> None:
    beta = committed_tenants[2]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {beta.schema_name} CASCADE")

    with pytest.raises(CommandError, match=beta.schema_name):
        call_command("migrate", verbosity=0, stdout=StringIO(), stderr=StringIO())


@pytest.mark.django_db
def test_check_fails_when_a_schema_lags(alpha: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {alpha.schema_name}.django_migrations WHERE app = 'wagtailredirects'")

    with pytest.raises(CommandError, match=alpha.schema_name):
        call_command("migrate", check_unapplied=True, stdout=StringIO())
