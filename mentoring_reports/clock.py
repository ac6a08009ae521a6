"""Whole days, in the municipality's time zone: one place says what day it is.

Everything that a round judges by (`today`) or records (`now`) asks here, so that a demonstration and a test can act
on another day through the ordinary actions, without a mock and without writing to tables that refuse changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

NOON = dt.time(12)
_pretended: ContextVar[dt.datetime | None] = ContextVar("pretended", default=None)


def now() -> dt.datetime:
    """Return this moment, aware."""
    return _pretended.get() or timezone.now()


def today() -> dt.date:
    """Return today's date in the current time zone."""
    return timezone.localdate(now())


@contextmanager
def pretend(day: dt.date, at: dt.time = NOON) -> Iterator[None]:
    """Make it `day` for the code inside, in this thread or task only. Nothing reached by a request calls this."""
    token = _pretended.set(timezone.make_aware(dt.datetime.combine(day, at)))
    try:
        yield
    finally:
        _pretended.reset(token)
