"""`python -m portal.demonstration`: what it says when it cannot start, and that it does everything when it can."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
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
    url = embedded_postgres.superuser_url(settings.VAR_DIR / embedded_postgres.TESTS)

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


@pytest.mark.slow
@pytest.mark.skipif(not EMBEDDED, reason="starts an embedded server of its own")
def test_from_nothing_to_a_served_portal_that_keeps_its_data_and_leaves_quietly(tmp_path: Path) -> None:
    var, out, port = tmp_path / "var", tmp_path / "out", free_port()
    arguments = ("--schools", "2", "--port", str(port), "--out", str(out))
    try:
        first = start(*arguments, "--no-serve", PORTAL_VAR=str(var))
        code, page, said = serve_and_interrupt(*arguments, port=port, var=var)
    finally:
        embedded_postgres.stop(var)

    assert first.returncode == 0, first.stderr
    assert f"http://school-1.portal.localhost:{port}/" in first.stdout
    assert PASSWORD in first.stdout
    assert "шаблон школы" in first.stdout
    (book,) = out.glob("svod-*.xlsx")
    assert "Средняя школа № 1" in text_of(book)
    assert "Школа № 1" in page
    assert code == 0, said
    assert "Traceback" not in said
    for long_work in ("шаблон школы", "Загружаю"):
        assert long_work not in said


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def text_of(book: Path) -> str:
    """Return everything that is written in a workbook."""
    sheets = openpyxl.load_workbook(book).worksheets
    return "\n".join(str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)


def serve_and_interrupt(*arguments: str, port: int, var: Path) -> tuple[int, str, str]:
    """Start serving, read a school's home page, press Ctrl-C; return exit code, page and what was said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.demonstration", *arguments],
        cwd=ROOT,
        env={**os.environ, "PORTAL_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        page = read_when_ready(port, "school-1.portal.localhost")
        process.send_signal(signal.SIGINT)
        said, _nothing = process.communicate(timeout=30)
    finally:
        process.kill()
    return process.returncode, page, said


def read_when_ready(port: int, host: str) -> str:
    """Return the home page of a host as soon as the server answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            connection.request("GET", "/", headers={"Host": f"{host}:{port}"})
            return connection.getresponse().read().decode()
        except ConnectionError:
            time.sleep(0.3)
        finally:
            connection.close()
    raise AssertionError("the server did not answer")
