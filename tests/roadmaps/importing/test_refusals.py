from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from mentoring_reports.roadmaps.readers.errors import UnreadableDocument
from mentoring_reports.roadmaps.readers.reading import read_document

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sparse() -> bytes:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


CASES = {
    "nothing": (b" \n", "empty"),
    "old Word": (COMPOUND + "WordDocument".encode("utf-16-le"), "old_word"),
    "old Excel": (COMPOUND + "Workbook".encode("utf-16-le"), "old_excel"),
    "password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected"),
    "rich text": (b"{\\rtf1 text}", "rich_text"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "scan"),
    "other bytes": (bytes(range(256)) * 16, "unknown"),
    "broken archive": (b"PK\x03\x04" + b"x" * 100, "damaged"),
    "other archive": (packed({"a.txt": b"text"}), "unknown"),
    "bomb": (packed({"word/document.xml": b" " * 30_000_000}), "suspicious"),
    "entities": (
        packed({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><a>&b;</a>'}),
        "suspicious",
    ),
    "sparse sheet": (sparse(), "too_large"),
    "broken PDF": (b"%PDF-1.4\nnothing", "damaged"),
    "100 MB of text": (b"a" * 100_000_000, "too_large"),
    "10,000 rows": ("Мероприятие\tСрок\n".encode() * 10_000, "too_large"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_read_is_refused_with_the_reason(case):
    content, code = CASES[case]
    with pytest.raises(UnreadableDocument) as refused:
        read_document(content, "plan.docx")
    assert refused.value.code == code
    assert "\n" not in str(refused.value)
