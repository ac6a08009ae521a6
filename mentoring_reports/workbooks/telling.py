"""How a worker tells of its progress and hears that it should stop, while its own transaction only reads a snapshot."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from django.db import connection
from procrastinate.exceptions import JobAborted

from mentoring_reports.clock import now
from mentoring_reports.tenancy import current_organisation

from .errors import Cancelled, TakenOver
from .models import MadeWorkbook

EVERY = 0.4  # seconds: as often as somebody who watches wants to know
SQL = (
    f"UPDATE {MadeWorkbook._meta.db_table} SET rows_done = %s, rows_total = %s, seen_at = %s "  # noqa: S608  (our own table)
    "WHERE id = %s AND attempt = %s AND state = 'running' RETURNING cancel_requested"
)


class Teller:
    """Writes how far a workbook is, over a connection of its own, at most every `EVERY` seconds.

    Called with rows done and in all. Raises `Cancelled` where nobody wants the file any more, `TakenOver` where
    another worker makes it, and `JobAborted` where this worker is to stop. Inside a transaction that has begun already
    nobody else sees the row: there is nobody to tell.
    """

    def __init__(self, workbook: MadeWorkbook, should_stop: Callable[[], bool]) -> None:
        self._place = (workbook.pk, workbook.attempt)
        self._should_stop = should_stop
        self._connection: Any = None
        self._next = 0.0

    def __enter__(self) -> Self:
        if connection.in_atomic_block:
            return self
        own: Any = connection.copy()
        own.set_tenant(current_organisation())
        self._connection = own
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._connection:
            self._connection.close()

    def __call__(self, done: int, total: int) -> None:
        """Tell, when it is time."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        if self._should_stop():
            raise JobAborted
        if self._connection:
            self._tell(done, total)

    def _tell(self, done: int, total: int) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(SQL, [done, total, now(), *self._place])
            answer = cursor.fetchone()
        if answer is None:
            raise TakenOver
        if answer[0]:
            raise Cancelled
