"""Which schemas lag behind the code: asked of all of them in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader
from psycopg import sql


@cache
def expected_migrations() -> tuple[str, ...]:
    """Return `app.name` of every migration that the code brings, in order of name."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return tuple(sorted(f"{app}.{name}" for app, name in loader.graph.nodes))


def lagging_schemas(schemas: Sequence[str]) -> list[str]:
    """Return those of `schemas` where a migration is missing, or that are missing themselves; one statement or two."""
    if not schemas:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname FROM pg_tables WHERE tablename = 'django_migrations' AND schemaname = ANY(%s)",
            [list(schemas)],
        )
        present = {row[0] for row in cursor.fetchall()}
        complete = _complete(cursor, [schema for schema in schemas if schema in present])
    return [schema for schema in schemas if schema not in complete]


def _complete(cursor: CursorWrapper, schemas: list[str]) -> set[str]:
    if not schemas:
        return set()
    ask = sql.SQL(
        "SELECT {name} WHERE NOT EXISTS (SELECT name FROM expected EXCEPT SELECT app || '.' || name FROM {table})"
    )
    parts = [ask.format(name=sql.Literal(name), table=sql.Identifier(name, "django_migrations")) for name in schemas]
    statement = sql.SQL("WITH expected AS (SELECT unnest(%s::text[]) AS name) ") + sql.SQL(" UNION ALL ").join(parts)
    cursor.execute(statement, [list(expected_migrations())])
    return {row[0] for row in cursor.fetchall()}
