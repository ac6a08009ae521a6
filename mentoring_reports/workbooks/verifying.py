"""Is a file that comes back ours, unchanged, and still current? Asked in the municipality's schema."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

from .manifest import DIGEST, MUNICIPALITY, data_of, read_back
from .models import MadeWorkbook
from .standing import Change, superseded

MOST_UNPACKED = 2 * 1024**3  # bytes: an archive that says more is not looked into
logger = logging.getLogger(__name__)


class Kind(StrEnum):
    """What a file turned out to be."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    CHANGED = "changed"
    UNKNOWN = "unknown"  # says that it is ours, but nothing is known of it here
    FOREIGN = "foreign"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found; `same_figures` says of a changed file whether its figures are as they were."""

    kind: Kind
    sha256: str
    workbook: MadeWorkbook | None = None
    changes: Sequence[Change] = ()
    same_figures: bool | None = None
    municipality: str = ""

    @property
    def is_ours(self) -> bool:
        """Say whether it is known here."""
        return self.workbook is not None


def verify(file: bytes) -> Verdict:
    """Say what a file is."""
    checksum = hashlib.sha256(file).hexdigest()
    workbook = MadeWorkbook.objects.done().filter(sha256=checksum).first()
    if workbook:
        changes = superseded(workbook.manifest)
        kind = Kind.SUPERSEDED if changes else Kind.CURRENT
        return Verdict(kind=kind, sha256=checksum, workbook=workbook, changes=changes)
    said = read_back(file)
    if said is None:
        return Verdict(kind=Kind.FOREIGN, sha256=checksum)
    workbook = MadeWorkbook.objects.done().filter(digest=said[DIGEST]).first()
    if workbook is None:
        return Verdict(kind=Kind.UNKNOWN, sha256=checksum, municipality=said.get(MUNICIPALITY, ""))
    return Verdict(
        kind=Kind.CHANGED,
        sha256=checksum,
        workbook=workbook,
        changes=superseded(workbook.manifest),
        same_figures=_same_figures(file, workbook.manifest),
    )


def _same_figures(file: bytes, manifest: dict[str, Any]) -> bool | None:
    """Say whether the rows of «Данные» are those that were written; None where they cannot be read."""
    if _unpacked(file) > MOST_UNPACKED:
        return None
    try:
        found = data_of(file, most=manifest["rows"])
    except Exception:
        logger.warning("A workbook that came back cannot be read.", exc_info=True)
        return None
    return None if found is None else found == manifest["data_sha256"]


def _unpacked(file: bytes) -> int:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return sum(entry.file_size for entry in archive.infolist())
