"""Row-level security of the shared tables: the statements that migrations run, and the one door past them.

A row belongs to a school and to that school's municipality. The current schema (django-tenants sets the search path)
says who is asking, so nothing the code above forgets can show one school's rows to another. In `public` nothing is
visible, except inside `every_school()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django_tenants.utils import get_public_schema_name, get_tenant_model, schema_context

SETTING = "mentoring.every_school"


def _tenants() -> str:
    return f"{get_public_schema_name()}.{get_tenant_model()._meta.db_table}"


def own_id() -> str:
    """Return SQL for the id of the organisation whose schema is current (evaluated once a statement)."""
    # No value from outside goes into any of these statements: names of tables come from the models.
    return f"(SELECT o.id FROM {_tenants()} o WHERE o.schema_name = current_schema())"  # noqa: S608


def own_municipality_id() -> str:
    """Return SQL for the id of the current organisation's municipality (its own, if it is one)."""
    return f"(SELECT coalesce(o.municipality_id, o.id) FROM {_tenants()} o WHERE o.schema_name = current_schema())"  # noqa: S608


def opened() -> str:
    """Return SQL that is true only in `public`, inside `every_school()`."""
    return f"(current_schema() = '{get_public_schema_name()}' AND current_setting('{SETTING}', true) = 'on')"


def by_municipality() -> str:
    """Return SQL: the row is the current municipality's, or every school is open."""
    return f"municipality_id = {own_id()} OR {opened()}"


def by_school_or_municipality() -> str:
    """Return SQL: the row is the current school's or the current municipality's, or every school is open."""
    return f"school_id = {own_id()} OR {by_municipality()}"


def written_by_school_or_municipality() -> str:
    """Return SQL for new rows: a school writes its own rows, under its own municipality only."""
    return f"(school_id = {own_id()} AND municipality_id = {own_municipality_id()}) OR {by_municipality()}"


def seen_by_whole_municipality() -> str:
    """Return SQL: the row belongs to the current organisation's municipality."""
    return f"municipality_id = {own_municipality_id()} OR {opened()}"


def protect(  # noqa: PLR0913  (one argument a verb)
    table: str, *, select: str, insert: str = "", update: str = "", update_check: str = "", delete: str = ""
) -> list[str]:
    """Return the statements that force row security on a table; a verb left empty is refused to everybody."""
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_select ON {table} FOR SELECT USING ({select})",
    ]
    if insert:
        statements.append(f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({insert})")
    if update:
        check = update_check or update
        statements.append(f"CREATE POLICY {table}_update ON {table} FOR UPDATE USING ({update}) WITH CHECK ({check})")
    if delete:
        statements.append(f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({delete})")
    return statements


def freeze(table: str) -> list[str]:
    """Return the statements that make a table append-only: a change is refused loudly, not silently skipped."""
    return [
        f"CREATE FUNCTION {table}_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'rows of {table} are never changed or deleted' "
        "USING ERRCODE = 'insufficient_privilege'; END $$",
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_frozen()",
    ]


@contextmanager
def every_school() -> Iterator[None]:
    """Open the rows of all schools to the code inside, in `public` and in one transaction."""
    with schema_context(get_public_schema_name()), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, 'on', true)", [SETTING])
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config(%s, 'off', true)", [SETTING])
