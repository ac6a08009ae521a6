"""Real workers for the tests, on the test database; and a way to hold them in the middle of their work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

LONGEST = 60  # seconds that a test waits before it fails


def start_worker(*arguments: str) -> subprocess.Popen[bytes]:
    """Start a worker that is thought dead after some seconds of silence."""
    place = connection.settings_dict
    user, password, host = (quote(place[name], safe="") for name in ("USER", "PASSWORD", "HOST"))
    url = f"postgresql://{user}:{password}@{host}:{place['PORT']}/{place['NAME']}"
    command = [sys.executable, "manage.py", "run_jobs", "--heartbeat", "0.2", "--dead-after", "4", *arguments]
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for something that others do."""
    last = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.05)


@contextmanager
def held() -> Iterator[None]:
    """Hold whoever makes a workbook in the middle: another connection locks what it reads."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE public.mentoring_submissions_decision IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        other.rollback()
        other.close()
