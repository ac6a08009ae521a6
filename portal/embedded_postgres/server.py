"""Making the server's data, starting it, and creating what must be in it."""

from __future__ import annotations

import os
import shlex
import shutil
import time
from pathlib import Path

import psycopg
from psycopg import sql

from .cluster import BACKUP_ROLE, DATABASE, PORT, ROLE, SUPERUSER, Cluster, run
from .errors import EmbeddedPostgresError, advised, last_lines

ZONES = Path("/usr/share/zoneinfo")  # compiled into the wheel's server
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "max_locks_per_transaction": "1024",  # a schema has hundreds of relations, and they are dropped and dumped whole
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For data that are made again at will: to write without waiting for the disk.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB", "checkpoint_timeout": "1h"}
STILL_DYING = ("already exists", "still in use")  # what a server says while a killed one's children hold on


def set_up(cluster: Cluster, *, durable: bool) -> None:
    """Bring the cluster to where the application can use it; each step is skipped where it is done."""
    if not (ZONES / "UTC").exists():
        raise EmbeddedPostgresError(
            "Нет базы часовых поясов в /usr/share/zoneinfo, без неё PostgreSQL не запускается. "
            "Установите пакет tzdata (Debian, Ubuntu: apt-get install tzdata)."
        )
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    _start(cluster, {} if durable else FORGETFUL)
    _create_roles_and_database(cluster)


def _initialise(cluster: Cluster) -> None:
    """Run initdb beside the place and move the result there: a half-made one is never taken for a whole one."""
    for half_made in cluster.home.glob("data.new*"):
        shutil.rmtree(half_made, ignore_errors=True)
    fresh = cluster.home / f"data.new-{os.getpid()}"  # an orphaned initdb may still be writing into an earlier one
    # The server has no ICU. Text search makes words lower-case by lc-ctype: with plain C, «Наставники» stays as it is.
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale += ["--locale=C", "--lc-ctype=C.UTF-8"]
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    done = run(
        cluster, "initdb", "--pgdata", str(fresh), "--username", SUPERUSER, "--auth=trust", "--no-instructions",
        "--text-search-config=russian", *locale, *settings,
    )  # fmt: skip
    if done.returncode:
        said = last_lines(done.stderr)
        raise EmbeddedPostgresError(advised(f"Не удалось создать базу данных в {cluster.home}:\n{said}"))
    fresh.rename(cluster.data)


def _start(cluster: Cluster, settings: dict[str, str]) -> None:
    """Start the server; after a `kill -9` its children may hold on for some seconds, so try again for a while."""
    options = {"port": PORT, "unix_socket_directories": f'"{cluster.socket_dir}"', **settings}
    deadline = time.monotonic() + START_SECONDS
    while not cluster.answers(SUPERUSER, SUPERUSER):
        _forget_dead_server(cluster)
        logged = cluster.log.stat().st_size if cluster.log.exists() else 0
        done = run(
            cluster, "pg_ctl", "start", "--wait", "--timeout", str(START_SECONDS), "--pgdata", str(cluster.data),
            "--log", str(cluster.log), "--options", shlex.join(f"--{name}={value}" for name, value in options.items()),
        )  # fmt: skip
        if done.returncode:
            said = done.stderr + _logged_since(cluster, logged)
            if time.monotonic() > deadline or not any(words in said for words in STILL_DYING):
                raise EmbeddedPostgresError(
                    advised(f"PostgreSQL не запустился. Последнее из {cluster.log}:\n{last_lines(said)}")
                )
            time.sleep(0.3)


def _logged_since(cluster: Cluster, size: int) -> str:
    return cluster.log.read_bytes()[size:].decode(errors="replace") if cluster.log.exists() else ""


def _forget_dead_server(cluster: Cluster) -> None:
    """Remove notes of a dead server whose number another process, or a zombie, now bears: PostgreSQL would give up."""
    for note in (cluster.data / "postmaster.pid", cluster.socket_dir / f".s.PGSQL.{PORT}.lock"):
        if note.exists() and Path("/proc/self/stat").exists() and not _is_live_server(note):
            note.unlink(missing_ok=True)


def _is_live_server(note: Path) -> bool:
    try:
        pid = int(note.read_text().split()[0])
        name, state = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rsplit(") ", 1)
    except (ValueError, IndexError, OSError):
        return False
    return name == "postgres" and state[0] not in "ZX"


def _create_roles_and_database(cluster: Cluster) -> None:
    """Make the application's role (no superuser), the backups' role and the database; what is there stays."""
    with psycopg.connect(cluster.url(SUPERUSER, "template1"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")  # test databases are copies of template1
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if ROLE not in roles:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        if BACKUP_ROLE not in roles:
            connection.execute(f"CREATE ROLE {BACKUP_ROLE} LOGIN BYPASSRLS IN ROLE pg_read_all_data")
    with psycopg.connect(cluster.url(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            name = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(ROLE)))
