"""The folder that a server lives in: `var_dir/postgres`, or as root a link from there to a place its user can reach."""

from __future__ import annotations

import fcntl
import os
import pwd
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .cluster import Account, Cluster, digest
from .errors import EmbeddedPostgresError


def cluster_in(var_dir: Path) -> Cluster:
    """Return the cluster of a folder, made or not."""
    home = (var_dir.resolve() / "postgres").resolve()
    return Cluster(home=home, account=account(home))


def account(home: Path) -> Account:
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
def locked(var_dir: Path) -> Iterator[None]:
    """Let one process at a time make or start the server."""
    var_dir.mkdir(parents=True, exist_ok=True)
    with (var_dir / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare_home(var_dir: Path) -> Cluster:
    """Make the folder that the server can reach, and return the cluster in it."""
    link = var_dir.resolve() / "postgres"
    account = cluster_in(var_dir).account
    if link.is_symlink() and not link.exists():
        raise EmbeddedPostgresError(
            f"Данных базы больше нет в {link.readlink()}. Верните их из резервной копии или удалите ссылку {link}, "
            "чтобы начать с пустой базы."
        )
    if os.geteuid() == 0 and not link.exists() and not account.may_enter(var_dir.resolve()):
        link.symlink_to(_reachable_home(var_dir))
    link.mkdir(mode=0o700, exist_ok=True)
    cluster = cluster_in(var_dir)
    if os.geteuid() == 0:
        os.chown(cluster.home, account.uid, account.gid)
    _own_socket_dir(cluster)
    return cluster


def _reachable_home(var_dir: Path) -> str:
    """Make a new home: one of the same name may still serve a folder that was moved, or be all that is left of one."""
    base = "/var/lib" if os.access("/var/lib", os.W_OK) else "/var/tmp"  # noqa: S108  (made 0700)
    return tempfile.mkdtemp(prefix=f"mentoring-portal-{digest(var_dir.resolve())}-", dir=base)


def _own_socket_dir(cluster: Cluster) -> None:
    folder = cluster.socket_dir
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and folder.lstat().st_uid == 0:
        os.chown(folder, cluster.account.uid, cluster.account.gid)
    if folder.is_symlink() or folder.lstat().st_uid != cluster.account.uid:
        raise EmbeddedPostgresError(f"Папка {folder} принадлежит другому пользователю. Удалите её и повторите.")
    folder.chmod(0o700)
