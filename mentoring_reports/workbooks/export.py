"""Making the consolidated workbook of a round: one snapshot of the database, one file in memory."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mentoring_reports.submissions.consolidation import Consolidation, consolidate
from mentoring_reports.submissions.models import Round

from .sheets import registered
from .writer import Book


class WorkbookFile(NamedTuple):
    """A finished workbook."""

    name: str
    content: bytes


def consolidated_workbook(round_: Round, *, compared: Round | None = None) -> WorkbookFile:
    """Return the workbook of a round in the municipality's language; call it in the municipality's schema."""
    with translation.override(settings.LANGUAGE_CODE), one_snapshot():
        compared = compared or previous_round(round_)
        return write_workbook(consolidate(round_, compared=compared))


def write_workbook(consolidation: Consolidation) -> WorkbookFile:
    """Return the workbook of what was read; the same figures give the same bytes."""
    round_ = consolidation.round
    made = consolidation.last_accepted_at or timezone.make_aware(dt.datetime.combine(round_.opens, dt.time()))
    title = _("%(round)s: consolidated report, %(municipality)s") % {
        "round": round_.title,
        "municipality": round_.municipality.name,
    }
    book = Book(title=title, author=round_.municipality.name, created=made.replace(tzinfo=None, microsecond=0))
    for sheet in registered():
        page = book.page(sheet.title())
        sheet.write(page, consolidation)
        page.finish()
    return WorkbookFile(_file_name(round_, made.date()), book.to_bytes())


def previous_round(round_: Round) -> Round | None:
    """Return the round before this one, by its period."""
    earlier = Round.objects.filter(municipality_id=round_.municipality_id, period_end__lt=round_.period_end)
    return earlier.order_by("-period_end", "-pk").first()


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Read everything inside from one snapshot, so that no acceptance in between splits the file.

    Inside a transaction that has begun already (a test, a caller's own), its isolation is the caller's business.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _file_name(round_: Round, made: dt.date) -> str:
    """Return a file name with the round and the date, without characters that file systems refuse."""
    title = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", round_.title).strip()[:80]
    name = _("Consolidated report")
    return f"{name} {title} {made:%Y-%m-%d}.xlsx"
