"""The databases of the tests: made once for the same code, then copied, which PostgreSQL does in a second.

`base` has the migrations and the school template, `world` the municipality and the two schools as well. Every process
of a parallel run gets a copy of `world`, and so does it after a test that committed a change of structure. Both stay in
the cluster until the code that they were made by is another; whoever comes first makes them, the others wait.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from portal.tenants.content_types import content_types
from portal.tenants.schema_template import TEMPLATE_SCHEMA, ensure_template
from tests import world

PREFIX = "test_pristine"
# What migrations, the template and the seeds are made by.
STRUCTURE = (
    "portal/tenants", "portal/website", "portal/settings", "portal/*/migrations", "schools",
    "mentoring_reports/*.py", "mentoring_reports/*/migrations",
)  # fmt: skip
# What else has a say in what the world looks like.
CODE = ("portal", "schools", "mentoring_reports", "fixtures", "locale", "tests/*.py")
SOURCES = {".py", ".po", ".json"}


@contextmanager
def copied_from_the_world() -> Iterator[None]:
    """Let a test database be created as a copy of the world, which is made first where that is needed."""
    with mock.patch.dict(connection.settings_dict["TEST"], TEMPLATE=the_world()):
        yield


def copy_anew() -> None:
    """Throw the test database away and copy the world again; never outside of a test database."""
    name = str(connection.settings_dict["NAME"])
    if not name.startswith("test_"):
        raise RuntimeError("This is not a test database.")
    connections.close_all()
    _run("DROP DATABASE {} WITH (FORCE)", name)
    _run("CREATE DATABASE {} TEMPLATE {}", name, the_world())
    content_types.forget()
    connection.set_schema_to_public()


@contextmanager
def migrated() -> Iterator[Any]:
    """Give a cursor in the database whose template schema was migrated the long way, and not replayed."""
    parameters = {**connection.get_connection_params(), "dbname": _name("base", STRUCTURE)}
    with psycopg.connect(**parameters) as other, other.cursor() as cursor:
        yield cursor


def the_world() -> str:
    """Return the name of the database with the world in it."""
    folder = settings.VAR_DIR / "test"
    folder.mkdir(parents=True, exist_ok=True)
    base, made = _name("base", STRUCTURE), _name("world", CODE)
    with (folder / "pristine.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = _there()
        if made not in there:
            _drop(there - {base})
            if base not in there:
                _make(base, ensure_template)
            _make(made, _fill_world, template=base)
    return made


@cache  # who edits a file while the tests run goes on with the world that they began with
def _name(kind: str, places: tuple[str, ...]) -> str:
    """Return a name that is another one as soon as one of the files is."""
    files = {settings.BASE_DIR / "requirements.txt"}
    for place in places:
        for found in settings.BASE_DIR.glob(place):
            files |= {path for path in (found.rglob("*") if found.is_dir() else [found]) if path.suffix in SOURCES}
    return f"{PREFIX}_{kind}_{_digest(files)}"


def _digest(files: Iterable[Path]) -> str:
    parts = [f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes() for path in sorted(files)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _there() -> set[str]:
    """Return the databases that are ready to be copied."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        return {row[0] for row in cursor.fetchall()}


def _make(name: str, fill: Callable[[], Any], template: str | None = None) -> None:
    """Make a database and fill it. It gets its name at last, so that a half-made one is never taken for a whole one."""
    half_made = f"{PREFIX}_half_made"
    usual = connection.settings_dict["NAME"]
    with mock.patch.dict(connection.settings_dict["TEST"], NAME=half_made, TEMPLATE=template):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        connection.set_schema_to_public()
        fill()
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = usual
    _run("ALTER DATABASE {} RENAME TO {}", half_made, name)


def _fill_world() -> None:
    """Create the world; drop the schema that the template was dumped from: unneeded, it would be copied each time."""
    world.create()
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{TEMPLATE_SCHEMA}" CASCADE')


def _drop(names: Iterable[str]) -> None:
    for name in names:
        _run("DROP DATABASE {} WITH (FORCE)", name)


def _run(statement: str, *names: str) -> None:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
