"""Archives (DOCX and XLSX are such) are looked over before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from .errors import UnreadableDocument

_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 60_000_000
# One part of markup: a plan of 300 rows is a megabyte; a tree of it takes ten times as much memory.
_MOST_MARKUP = 8_000_000
# Word's markup packs 10 to 40 times; a bomb, a thousand times.
_MOST_RATIO = 150
_RATIO_MATTERS_FROM = 1_000_000
_KINDS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "content.xml": "rich_text"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)


def kind_of_archive(content: bytes) -> str:
    """Return "docx" or "xlsx"; raise UnreadableDocument for any other archive."""
    with opened(content) as archive:
        names = set(archive.namelist())
    kind = next((kind for part, kind in _KINDS.items() if part in names), "unknown")
    if kind in ("docx", "xlsx"):
        return kind
    raise UnreadableDocument(kind)


def opened(content: bytes) -> zipfile.ZipFile:
    """Return the archive after a look at what it says of itself; nothing is unpacked yet."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise UnreadableDocument("damaged") from error
    _check(archive.infolist())
    return archive


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument("protected")
    if len(entries) > _MOST_ENTRIES or any(map(_is_bomb, entries)):
        raise UnreadableDocument("suspicious")
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UnreadableDocument("too_large")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    ratio = entry.file_size / max(entry.compress_size, 1)
    return entry.file_size > _RATIO_MATTERS_FROM and ratio > _MOST_RATIO


def markup(archive: zipfile.ZipFile, part: str) -> bytes:
    """Return one part of XML, never more of it than its entry says; entities and declarations are refused."""
    try:
        with archive.open(part) as stream:
            content = stream.read(_MOST_MARKUP + 1)
    except _BROKEN as error:
        raise UnreadableDocument("damaged") from error
    if len(content) > _MOST_MARKUP:
        raise UnreadableDocument("too_large")
    if declares_entities(content):
        raise UnreadableDocument("suspicious")
    return content


def declares_entities(content: bytes) -> bool:
    """Tell whether XML carries a document type: Office never writes one, attacks on parsers need it."""
    plain = content.replace(b"\x00", b"")  # UTF-16 as well
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain
