"""Is this an XLSX file that may be opened at all? Looked at as an archive, before any parser sees it."""

from __future__ import annotations

import io
import zipfile
import zlib

from .errors import HasMacros, Locked, NotAWorkbook, TooLarge

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 12 * 1024 * 1024
MOST_ENTRIES = 300
MOST_RATIO = 300  # of what an entry unpacks to; sheets of empty cells reach about 60
SMALL = 256 * 1024  # below this no ratio matters
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx under a password
WORKBOOK = "xl/workbook.xml"
ENCRYPTED = 0x1


def ensure_harmless(content: bytes) -> None:
    """Raise `TooLarge`, `Locked`, `NotAWorkbook` or `HasMacros`; nothing when the file may be parsed."""
    if len(content) > MOST_BYTES:
        raise TooLarge
    if content.startswith(COMPOUND_FILE):
        raise Locked
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _ensure_small(archive.infolist())
            _ensure_workbook(archive.infolist())
            _ensure_plain_xml(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise NotAWorkbook from None


def _ensure_small(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TooLarge
    if any(entry.file_size > SMALL and entry.file_size > MOST_RATIO * entry.compress_size for entry in entries):
        raise TooLarge


def _ensure_workbook(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Locked
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise HasMacros
    if WORKBOOK not in names or len(set(names)) < len(names):
        raise NotAWorkbook


def _ensure_plain_xml(archive: zipfile.ZipFile) -> None:
    """Unpack every entry once: its size and sum are checked on the way, and no XML may declare entities."""
    for entry in archive.infolist():
        text = archive.read(entry).replace(b"\0", b"")  # the same look at UTF-16
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise NotAWorkbook
