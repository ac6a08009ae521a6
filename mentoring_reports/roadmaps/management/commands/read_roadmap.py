"""`read_roadmap FILE`: prints the plans of a document as JSON; no database is touched."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.importing.importer import Days, read_plans
from mentoring_reports.roadmaps.readers.errors import UnreadableDocument
from mentoring_reports.roadmaps.readers.reading import MOST_BYTES, read_document

_UNREADABLE = 2
_LAYOUTS = ("%Y-%m-%d", "%d.%m.%Y")


class Command(BaseCommand):
    """Read one document; exit with 2 and one line where it cannot be read."""

    help = "Reads the roadmaps of a document (DOCX, XLSX, PDF, CSV or text) and prints them as JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and what overrules it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="start", type=day, metavar="DATE", help="first day of the plan")
        parser.add_argument("--to", dest="end", type=day, metavar="DATE", help="last day of the plan")
        parser.add_argument("--split-lists", action="store_true", help="one activity for each entry of a list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the reading."""
        period = self._period(options["start"], options["end"])
        try:
            document = read_document(_content(options["file"]), options["file"].name)
        except UnreadableDocument as error:
            self._refuse(str(error))
        reading = read_plans(document, period=period, split_lists=options["split_lists"])
        self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))

    def _period(self, start: dt.date | None, end: dt.date | None) -> Days | None:
        if start is None and end is None:
            return None
        if start is None or end is None or end < start:
            self._refuse(_("Give both the first and the last day of the plan, in this order."))
        return start, end

    def _refuse(self, words: str) -> NoReturn:
        self.stderr.write(words)
        sys.exit(_UNREADABLE)


def day(text: str) -> dt.date:
    """Return the day of 2022-09-01 or 01.09.2022."""
    for layout in _LAYOUTS:
        try:
            return dt.datetime.strptime(text, layout).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(_("A date is written as 2022-09-01 or 01.09.2022."))


def _content(path: Path) -> bytes:
    """Return a file's bytes; one that is too large is not read at all."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableDocument("too_large")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("missing") from error
