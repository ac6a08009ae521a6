"""`record_bounce`: reads a letter that came back from standard input. For the mail server's pipe; see docs/mail.md."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _

from mentoring_reports.letters.bounces import read_bounce, record

LARGEST = 1024 * 1024  # a bounce is small; what is larger is cut
TRY_AGAIN_LATER = 75  # EX_TEMPFAIL: the mail server keeps the message and calls again


class Command(BaseCommand):
    """Never refuse a message: whatever is not a bounce of ours is taken and forgotten."""

    help = "Notes a bounce (RFC 3464) given on standard input at the letter that it is about."
    stealth_options = ("stdin",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the address that the message came to, where the mail server knows it."""
        parser.add_argument("--recipient", default="", metavar="ADDRESS", help="the address it was delivered to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, note, and say in a line what it was."""
        content: bytes = options.get("stdin", sys.stdin.buffer).read(LARGEST)
        bounce = read_bounce(content, options["recipient"])
        if bounce is None:
            self.stdout.write(_("Not a bounce: left alone."))
            return
        try:
            known = record(bounce)
        except OperationalError as error:
            raise CommandError(_("The database does not answer."), returncode=TRY_AGAIN_LATER) from error
        self.stdout.write(_("The bounce is noted.") if known else _("There is no such letter: left alone."))
