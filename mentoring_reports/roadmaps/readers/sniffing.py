"""What kind of file it is, by its content; the name only tells kinds of text apart."""

from __future__ import annotations

from .archives import kind_of_archive
from .encodings import looks_like_text
from .errors import UnreadableDocument

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"AT&TFORM")
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")


def kind_of(content: bytes, name: str) -> str:
    """Return the kind of reader the content needs; raise UnreadableDocument where there is none."""
    if not content.strip():
        raise UnreadableDocument("empty")
    if content.startswith(_COMPOUND_FILE):
        raise UnreadableDocument(_kind_of_compound(content))
    if content.startswith(b"PK"):
        return kind_of_archive(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return _kind_of_text(content, name)


def _kind_of_compound(content: bytes) -> str:
    """Return why a file of the old Office container is not read; a protected new one hides in it, too."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "protected"
    return "old_excel" if "Workbook".encode("utf-16-le") in content else "old_word"


def _kind_of_text(content: bytes, name: str) -> str:
    if content.lstrip().startswith(b"{\\rtf"):
        raise UnreadableDocument("rich_text")
    if content.startswith(_PICTURES) and not looks_like_text(content):
        raise UnreadableDocument("scan")
    if not looks_like_text(content):
        raise UnreadableDocument("unknown")
    return "csv" if name.lower().endswith(_TABLE_SUFFIXES) else "text"
