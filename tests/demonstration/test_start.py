"""`python -m portal.demonstration`: what it says when it cannot start, and that it does everything when it can."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from portal import embedded_postgres
from portal.demonstration.users import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED = not os.environ.get("DATABASE_URL")


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as `make demo` does, with an environment of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PORTAL_VAR"}}
    return subprocess.run(
        [sys.executable, "-m", "portal.demonstration", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    """Check that it stopped with one clear line and no traceback."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    for words in said:
        assert words in done.stderr


def test_a_busy_port_is_named_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = start("--port", str(port), PORTAL_VAR=str(tmp_path / "var"))

    assert_refused(done, f"Порт {port} занят", "make demo PORT=")
    assert not (tmp_path / "var").exists()


def test_a_port_that_does_not_exist_is_refused() -> None:
    done = start("--port", "70000")

    assert done.returncode == 2
    assert "порт от 1 до 65535" in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    done = start("--no-serve", "--out", str(tmp_path), PORTAL_VAR="/proc/portal")

    assert_refused(done, "/proc/portal", "нельзя записать")


def test_an_output_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = start("--no-serve", "--out", str(tmp_path / "file" / "out"), PORTAL_VAR=str(tmp_path / "var"))

    assert_refused(done, "file/out", "нельзя записать")


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    done = start(
        "--no-serve",
        "--out",
        str(tmp_path),
        PORTAL_VAR=str(tmp_path),
        DATABASE_URL="postgres://portal:very-secret@127.0.0.1:1/portal",
    )

    assert_refused(done, "DATABASE_URL не отвечает")
    assert "very-secret" not in done.stderr + done.stdout


@pytest.mark.skipif(not EMBEDDED, reason="the superuser's address is known for the embedded server only")
def test_a_superusers_role_is_refused_with_what_to_do(tmp_path: Path) -> None:
    url = embedded_postgres.superuser_url(settings.VAR_DIR)

    done = start("--no-serve", "--out", str(tmp_path), PORTAL_VAR=str(tmp_path), DATABASE_URL=url)

    assert_refused(done, "суперпользователь", "CREATE ROLE")


def test_missing_time_zones_are_said_with_the_package_to_install() -> None:
    program = (
        "import sys; sys.modules['tzdata'] = None\n"
        "from portal.demonstration.obstacles import Obstacle, ensure_time_zones\n"
        "try:\n    ensure_time_zones()\nexcept Obstacle as obstacle:\n    print(obstacle)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONTZPATH": "", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "apt-get install tzdata" in done.stdout


@pytest.mark.skipif(not EMBEDDED, reason="starts an embedded server of its own")
def test_from_nothing_to_a_workbook_and_a_second_start_that_keeps_everything(tmp_path: Path) -> None:
    var, out = tmp_path / "var", tmp_path / "out"
    arguments = ("--no-serve", "--schools", "2", "--port", "8123", "--out", str(out))
    try:
        first = start(*arguments, PORTAL_VAR=str(var))
        second = start(*arguments, PORTAL_VAR=str(var))
    finally:
        embedded_postgres.stop(var)

    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert "http://school-1.portal.localhost:8123/" in first.stdout
    assert PASSWORD in first.stdout
    assert "шаблон школы" in first.stdout
    assert "шаблон школы" not in second.stdout
    assert "Загружаю" not in second.stderr
    (book,) = out.glob("svod-*.xlsx")
    assert re.fullmatch(r"svod-\d{4}-\d\d-[12]\.xlsx", book.name)
    assert "Школы" in openpyxl.load_workbook(book).sheetnames
