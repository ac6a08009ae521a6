"""The daily job, on the day that a test names."""

from __future__ import annotations

import datetime as dt
import io

from django.core.management import call_command

from mentoring_reports.clock import pretend

DAY = dt.timedelta(days=1)


def send(on: dt.date, at: dt.time = dt.time(8), only: str = "") -> str:
    """Run `send_notices`; return what it says."""
    out = io.StringIO()
    with pretend(on, at):
        call_command("send_notices", stdout=out, stderr=out, only=only)
    return out.getvalue()
