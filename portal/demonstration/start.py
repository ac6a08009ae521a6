"""The program behind `make demo`: every step says what it does, every obstacle in one line what to do about it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import django

from portal.embedded_postgres import EmbeddedPostgresError

from .obstacles import (
    Obstacle,
    ensure_checks_pass,
    ensure_database_answers,
    ensure_port_is_free,
    ensure_time_zones,
    ensure_writable,
)
from .terminal import complain, say

ROOT = Path(__file__).resolve().parents[2]
HIGHEST_PORT = 65535
FAILED = 2


def main(arguments: list[str] | None = None) -> int:
    """Set the demonstration up and serve it; return the exit code. Nothing is imported from Django before its time."""
    options = _parse(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
    os.environ["PORTAL_PORT"] = str(options.port)
    try:
        _prepare(options)
        _load(options)
    except KeyboardInterrupt:
        complain("\nОстановлено. Загруженное сохранено, следующий запуск продолжит с этого места.")
        return FAILED
    except (EmbeddedPostgresError, Obstacle) as error:
        complain(f"Демонстрация не запущена. {error}")
        return FAILED
    if options.serve:
        _serve(options.port)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m portal.demonstration", description="Демонстрация портала.")
    parser.add_argument("--port", type=_port, default=8000, help="порт, 8000 по умолчанию")
    parser.add_argument("--host", default="portal.localhost", help="имя портала, portal.localhost по умолчанию")
    parser.add_argument("--schools", type=_size, default=12, help="сколько организаций, 12 по умолчанию")
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="папка для свода, out по умолчанию")
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="всё сделать, но не запускать сайт")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"порт от 1 до {HIGHEST_PORT}")
    return port


def _size(text: str) -> int:
    if (size := int(text)) < 1:
        raise argparse.ArgumentTypeError("нужна хотя бы одна организация")
    return size


def _prepare(options: argparse.Namespace) -> None:
    """Look for obstacles from the cheapest to the dearest, start the database, set Django up."""
    if options.serve:
        ensure_port_is_free(options.port)
    ensure_time_zones()
    ensure_writable(Path(os.environ.get("PORTAL_VAR", ROOT / "var")), options.out)
    url = os.environ.get("DATABASE_URL")
    if url:
        say("Подключаюсь к базе данных из DATABASE_URL…")
        ensure_database_answers(url)
    else:
        say("Запускаю встроенный PostgreSQL…")
    django.setup()
    ensure_checks_pass()


def _load(options: argparse.Namespace) -> None:
    from .running import load_and_tell  # noqa: PLC0415  (models need Django set up)

    load_and_tell(schools=options.schools, host=options.host, port=options.port, out=options.out)


def _serve(port: int) -> None:
    """Become the server: Ctrl-C goes straight to it, and it leaves quietly. The database stays up for the next time.

    A worker beside it makes workbooks; it stops when the server is gone, however that came about.
    """
    subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "run_jobs", "--with-parent"], cwd=ROOT)  # noqa: S603
    say("Портал работает. Остановить: Ctrl-C")
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "portal.demonstration.web_worker.QuietWorker", "--workers", "2", "--threads", "4"]
    command += ["--log-level", "warning", "--graceful-timeout", "3", "--chdir", str(ROOT)]
    os.execv(sys.executable, command)  # noqa: S606  (our own arguments)
