"""What can stand in the way of `make demo`, looked for before the long work; each with a line that says what to do."""

from __future__ import annotations

import socket
import tempfile
import zoneinfo
from pathlib import Path

import psycopg
from django.core.checks import CheckMessage, run_checks

NEEDED_ZONE = "Europe/Moscow"
HIGHEST_PORT = 65535
SUPERUSER_ROLE = "tenants.E030"


class Obstacle(RuntimeError):
    """The demonstration cannot start; the message is one clear line."""


def ensure_port_is_free(port: int) -> None:
    """Raise `Obstacle` when something else listens on the port, or this user may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Obstacle(
                f"Порт {port} доступен только администратору. Выберите другой: make demo PORT=8000"
            ) from None
        except OSError:
            other = port + 1 if port < HIGHEST_PORT else port - 1
            raise Obstacle(f"Порт {port} занят другой программой. Выберите другой: make demo PORT={other}") from None


def ensure_writable(*folders: Path) -> None:
    """Raise `Obstacle` when a folder cannot be made or written to."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise Obstacle(
                f"В папку {folder} нельзя записать ({error.strerror}). Дайте права на запись или задайте другую: "
                "PORTAL_VAR=/путь make demo"
            ) from None


def ensure_time_zones() -> None:
    """Raise `Obstacle` when Python knows no time zones."""
    try:
        zoneinfo.ZoneInfo(NEEDED_ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        raise Obstacle("Нет данных о часовых поясах. Установите пакет tzdata: apt-get install tzdata") from None


def ensure_database_answers(url: str) -> None:
    """Raise `Obstacle` when the database of `DATABASE_URL` does not answer; the message never holds the password."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise Obstacle(f"База данных из DATABASE_URL не отвечает: {_without_password(error, url)}") from None


def ensure_checks_pass() -> None:
    """Raise `Obstacle` when a system check refuses to start the portal. Needs Django set up and the database."""
    for message in run_checks(databases=["default"]):
        if message.is_serious():
            raise Obstacle(_in_words(message))


def _in_words(message: CheckMessage) -> str:
    if message.id == SUPERUSER_ROLE:
        return (
            "Роль базы данных в DATABASE_URL обходит защиту строк (суперпользователь или BYPASSRLS): организации "
            f"увидели бы данные друг друга. Создайте обычную роль: {message.hint}"
        )
    return f"{message.id}: {message.msg} {message.hint or ''}".strip()


def _without_password(error: psycopg.Error, url: str) -> str:
    said = " ".join(str(error).split())
    password = psycopg.conninfo.conninfo_to_dict(url).get("password")
    return said.replace(str(password), "***") if password else said
