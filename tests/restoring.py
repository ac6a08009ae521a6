"""Taking back what a test committed: the rows of the tables that it wrote to, instead of the whole database.

PostgreSQL counts the rows written to each table, its own catalogue included. Between two marks the counts say which
tables a test wrote to, rolled back or not; those get the world's rows again. A test that changed more than rows
(made a school, dropped a table) has written to the catalogue: after it the database is copied anew.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from portal.embedded_postgres import TESTS, superuser_url
from portal.tenants.content_types import content_types
from tests import databases

Table = tuple[str, str]
Mark = dict[Table, int]
WRITTEN = """
    SELECT s.schemaname, s.relname, s.n_tup_ins + s.n_tup_upd + s.n_tup_del
    FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE NOT c.relisshared AND s.schemaname <> 'pg_toast' AND s.relname NOT LIKE 'pg_statistic%'
"""
END_OTHERS = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
LONGEST = 30  # seconds that a connection may take to end


def is_foreign() -> bool:
    """Say whether the server is one that we are no superuser of."""
    return bool(os.environ.get("DATABASE_URL"))


def mark() -> Mark:
    """Return how many rows were written so far, by table."""
    if is_foreign():
        return {}
    connections.close_all()
    with _as_superuser(_name()) as cursor:
        written = _written(cursor)
    connection.set_schema_to_public()
    return written


def restore(since: Mark) -> None:
    """Make the test database what the world is, given what was written before the test."""
    connections.close_all()
    if is_foreign() or not _took_back(since):
        databases.copy_anew()
    content_types.forget()
    connection.set_schema_to_public()


def _took_back(since: Mark) -> bool:
    """Take the written rows back, or say that it was more than rows."""
    with _as_superuser(_name()) as cursor:
        changed = [table for table, count in _written(cursor).items() if since.get(table, 0) != count]
        if any(schema == "pg_catalog" for schema, _name in changed):
            return False
        with cursor.connection.transaction():
            cursor.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor foreign keys
            for table in changed:
                _fill(cursor, table)
            _wind_back(cursor)
    return True


def _fill(cursor: psycopg.Cursor[Any], table: Table) -> None:
    name = sql.Identifier(*table)
    cursor.execute(sql.SQL("DELETE FROM {}").format(name))
    if rows := _rows_in_the_world(table):
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
            copy.write(rows)


def _wind_back(cursor: psycopg.Cursor[Any]) -> None:
    """Let sequences give the numbers again that they gave to the test."""
    for (name, start), last in _sequences(cursor).items():
        right = _sequences_of_the_world()[name, start]
        if last != right:
            cursor.execute("SELECT setval(%s, %s, %s)", [name, start if right is None else right, right is not None])


def _sequences(cursor: psycopg.Cursor[Any]) -> dict[tuple[str, int], int | None]:
    cursor.execute("SELECT format('%I.%I', schemaname, sequencename), start_value, last_value FROM pg_sequences")
    return {(name, start): last for name, start, last in cursor.fetchall()}


@cache
def _sequences_of_the_world() -> dict[tuple[str, int], int | None]:
    with _as_superuser(databases.the_world()) as cursor:
        return _sequences(cursor)


@cache
def _rows_in_the_world(table: Table) -> bytes:
    with (
        _as_superuser(databases.the_world()) as cursor,
        cursor.copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(*table))) as copy,
    ):
        return b"".join(copy)


def _written(cursor: psycopg.Cursor[Any]) -> Mark:
    """Return the counts, once every other connection has added its own: at the latest, it does when it ends."""
    last = time.monotonic() + LONGEST
    while cursor.execute(END_OTHERS).fetchone() != (0,):
        assert time.monotonic() < last, "a connection to the test database does not end"
        time.sleep(0.005)
    return {(schema, name): count for schema, name, count in cursor.execute(WRITTEN).fetchall()}


@contextmanager
def _as_superuser(database: str) -> Iterator[psycopg.Cursor[Any]]:
    """Give a cursor of the cluster's superuser, whom neither row security nor append-only rules hold up."""
    url = superuser_url(settings.VAR_DIR / TESTS, database)
    with psycopg.connect(url, autocommit=True) as other, other.cursor() as cursor:
        yield cursor


def _name() -> str:
    name = str(connection.settings_dict["NAME"])
    if not name.startswith("test_"):
        raise RuntimeError("This is not a test database.")
    return name
