"""Files in the database, in pieces: whole or not there, behind the same rights on every machine, never public."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django_tenants.utils import tenant_context

from mentoring_reports.clock import now
from mentoring_reports.tenancy import current_organisation

from .enums import MadeState
from .errors import Cancelled, TakenOver
from .manifest import digest
from .models import MadeWorkbook, WorkbookPart
from .standing import used_in

if TYPE_CHECKING:
    from .export import WorkbookFile

PIECE = 1024 * 1024
USUAL_DAYS = 3 * 366


@transaction.atomic
def keep(workbook: MadeWorkbook, file: WorkbookFile) -> MadeWorkbook:
    """Keep a finished file: its pieces and the word that it is made appear at once.

    Raises `TakenOver` where another worker has it, `Cancelled` where nobody wants it any more.
    """
    row = MadeWorkbook.objects.light().select_for_update().get(pk=workbook.pk)
    if row.attempt != workbook.attempt or row.state != MadeState.RUNNING:
        raise TakenOver
    if row.cancel_requested:
        raise Cancelled
    for number, start in enumerate(range(0, len(file.content), PIECE)):
        WorkbookPart.objects.create(workbook=row, number=number, content=file.content[start : start + PIECE])
    for name, value in _facts(file).items():
        setattr(row, name, value)
    row.save()
    return row


def pieces(workbook: MadeWorkbook) -> Iterator[bytes]:
    """Yield a file piece by piece; it may be read after the request, when another tenant is current."""
    organisation = current_organisation()
    return _pieces(workbook.pk, -(-workbook.size // PIECE), organisation)


def content(workbook: MadeWorkbook) -> bytes:
    """Return a file whole."""
    return b"".join(pieces(workbook))


def remove_old() -> int:
    """Remove the files of workbooks older than `MENTORING_WORKBOOKS_KEPT_DAYS`, and return how many there were.

    The manifest stays, so that a file that comes back is still known.
    """
    days = int(getattr(settings, "MENTORING_WORKBOOKS_KEPT_DAYS", USUAL_DAYS))
    old = MadeWorkbook.objects.kept().older_than(now() - dt.timedelta(days=days))
    removed = 0
    for workbook in old.light():
        removed += remove(workbook)
    return removed


@transaction.atomic
def remove(workbook: MadeWorkbook) -> int:
    """Remove a workbook's file; 0 where it is gone already."""
    done = MadeWorkbook.objects.kept().filter(pk=workbook.pk).update(removed_at=now())
    WorkbookPart.objects.filter(workbook=workbook.pk).delete()
    return done


def _pieces(workbook_id: int, count: int, organisation: object) -> Iterator[bytes]:
    for number in range(count):
        with tenant_context(organisation):
            part = WorkbookPart.objects.get(workbook=workbook_id, number=number)
        yield bytes(part.content)


def _facts(file: WorkbookFile) -> dict[str, object]:
    manifest = file.manifest
    rows = manifest.get("rows", 0)
    return {
        "state": MadeState.DONE,
        "made_at": now(),
        "name": file.name,
        "size": len(file.content),
        "sha256": hashlib.sha256(file.content).hexdigest(),
        "digest": digest(manifest),
        "manifest": manifest,
        "rounds": [one["id"] for one in manifest["rounds"]],
        "revisions": len(manifest["revisions"]),
        "unreadable": len(manifest["unreadable"]),
        "used": used_in(manifest),
        "rows_total": rows,
        "rows_done": rows,
    }
