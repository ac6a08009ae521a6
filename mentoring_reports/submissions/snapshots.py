"""Reading everything as it was at one moment, whatever is accepted meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[bool]:
    """Read everything inside from one snapshot, so that no acceptance in between splits it; say whether it is one.

    Inside a transaction that has begun already (a test, a caller's own), its isolation is the caller's business.
    """
    if connection.in_atomic_block:
        yield False
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield True
