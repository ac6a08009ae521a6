"""`run_jobs`: works through the queue, for a service manager; any number may run at once."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from mentoring_reports.jobs.worker import Rhythm, work


class Command(BaseCommand):
    """Take jobs until told to stop; what a dead worker has left is taken up."""

    help = "Works in the background: makes workbooks. Run one or more, on any machine; stop with SIGTERM."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take when to stop, and the rhythm."""
        usual = Rhythm()
        parser.add_argument("--until-idle", action="store_true", help="stop when the queue is empty")
        parser.add_argument("--with-parent", action="store_true", help="stop when the parent process is gone")
        parser.add_argument("--heartbeat", type=float, default=usual.heartbeat, metavar="SECONDS")
        parser.add_argument("--dead-after", type=float, default=usual.dead_after, metavar="SECONDS")
        parser.add_argument("--stop-within", type=float, default=usual.stop_within, metavar="SECONDS")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        rhythm = Rhythm(
            heartbeat=options["heartbeat"], dead_after=options["dead_after"], stop_within=options["stop_within"]
        )
        asyncio.run(work(rhythm=rhythm, until_idle=options["until_idle"], with_parent=options["with_parent"]))
