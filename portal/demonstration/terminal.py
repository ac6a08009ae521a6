"""What `make demo` says on the terminal. Russian as it stands: most is said before Django and its translations run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .loading import Demonstration

SHOWN = 12
ROLES = {
    "curator": "куратор",
    "editor": "редактор",
    "methodist": "методист",
    "department": "управление образования",
}


def say(text: str) -> None:
    """Write a line and show it at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write what went wrong."""
    sys.stderr.write(f"{text}\n")


def table(demonstration: Demonstration, password: str, port: int) -> str:
    """Return addresses and logins of every role; beyond a dozen of schools the first ones stand for the others."""
    rows = [("Организация", "Адрес", "Логины (админка: адрес + admin/)")]
    rows.append(_row(demonstration.municipality.short_name, demonstration.host, port, "department", "methodist"))
    shown = demonstration.schools[:SHOWN]
    rows += [_row(plan.short_name, demonstration.host_of(plan), port, "curator", "editor") for plan in shown]
    left = len(demonstration.schools) - len(shown)
    lines = [*_aligned(rows), f"… и ещё {left}: см. каталог организаций на портале"] if left else _aligned(rows)
    roles = ", ".join(f"{login} — {name}" for login, name in ROLES.items())
    return "\n".join(["", *lines, "", f"Пароль у всех один: {password}", f"Роли: {roles}.", ""])


def _row(name: str, host: str, port: int, *logins: str) -> tuple[str, str, str]:
    return name, f"http://{host}:{port}/", ", ".join(logins)


def _aligned(rows: list[tuple[str, str, str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    lines = [f"  {row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]
    return [lines[0], "  " + "─" * (len(lines[0]) - 2), *lines[1:]]
