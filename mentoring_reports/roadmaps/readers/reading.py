"""The door to the readers: the kind is found by the content, not by the name."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from . import delimited, docx, pdf, text, xlsx  # noqa: F401  (each registers its reader)
from .document import MOST_CHARACTERS, MOST_CHARACTERS_OF_CELL, MOST_ROWS, Document, Row
from .errors import UnreadableDocument
from .narrowing import narrowed
from .registry import reader_of
from .sniffing import kind_of

logger = logging.getLogger(__name__)

# A roadmap of a large school is 200 KB; with pictures in it, a few megabytes.
MOST_BYTES = 20_000_000
MOST_BYTES_OF_TEXT = 4_000_000


def read_document(content: bytes, name: str = "") -> Document:
    """Return the rows of an uploaded file; raise UnreadableDocument for what cannot be read."""
    if len(content) > MOST_BYTES:
        raise UnreadableDocument("too_large")
    try:
        kind = kind_of(content, name)
        if kind in ("text", "csv") and len(content) > MOST_BYTES_OF_TEXT:
            raise UnreadableDocument("too_large")
        rows = _bounded(reader_of(kind)(content))
        return Document(kind, narrowed(rows) if kind == "xlsx" else rows)
    except UnreadableDocument:
        raise
    except Exception as error:
        logger.warning("a document could not be read", exc_info=True)
        raise UnreadableDocument("damaged") from error


def read_text(pasted: str) -> Document:
    """Return the rows of a text that somebody pasted."""
    return read_document(pasted.encode("utf-8", errors="replace"), "pasted.txt")


def _bounded(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows that hold text, as long as they are a roadmap's worth."""
    kept, characters = [], 0
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        kept.append(row)
        characters += sum(map(len, row.cells))
        long = max(map(len, row.cells)) > MOST_CHARACTERS_OF_CELL
        if long or len(kept) > MOST_ROWS or characters > MOST_CHARACTERS:
            raise UnreadableDocument("too_large")
    if not kept:
        raise UnreadableDocument("empty")
    return tuple(kept)
