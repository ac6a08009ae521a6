"""What of the demonstration is already there: said by comments on the schemas, written in the same transaction.

The comments need no table of their own, and a comment is there exactly when what it speaks of is.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

FILLED = "demonstration: filled"
LOCK = 20260901  # any number that nothing else in the portal locks


class AlreadyLoading(RuntimeError):
    """Another process is loading the demonstration into this database."""


@dataclass(frozen=True)
class Mark:
    """The day that all dates were derived from, and how many schools have their whole history."""

    base: dt.date
    schools: int = 0

    @classmethod
    def read(cls, schema: str) -> Mark | None:
        """Return the mark of a municipality's schema; None where no demonstration was begun."""
        try:
            said = json.loads(comment_on(schema))["demonstration"]
            return cls(dt.date.fromisoformat(said["base"]), said["schools"])
        except (ValueError, TypeError, KeyError):
            return None

    def write(self, schema: str) -> None:
        """Keep the mark."""
        set_comment(schema, json.dumps({"demonstration": {"base": self.base.isoformat(), "schools": self.schools}}))


def comment_on(schema: str) -> str:
    """Return a schema's comment, empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [schema])
        row = cursor.fetchone()
    return (row and row[0]) or ""


def set_comment(schema: str, text: str) -> None:
    """Replace a schema's comment."""
    statement = sql.SQL("COMMENT ON SCHEMA {} IS {}").format(sql.Identifier(schema), sql.Literal(text))
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def only_one() -> Iterator[None]:
    """Let one process load at a time; raise `AlreadyLoading` to the second. A process that dies lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyLoading("Демонстрация уже загружается другим процессом. Дождитесь его и повторите.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
