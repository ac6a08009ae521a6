"""The encoding of a plain text: marks first, then UTF-8, then the Russian one that reads more like Russian."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FREQUENT = frozenset("оеаинтсрвлкмдпу")
# A text has no control characters; a few slip in when a table is copied.
_MOST_CONTROL = 0.01


def decode(content: bytes) -> str:
    """Return the text of the bytes; what fits no encoding becomes a replacement character."""
    return content.decode(encoding_of(content), errors="replace")


def encoding_of(content: bytes) -> str:
    """Return the name of the encoding."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    if content[:_SAMPLE].count(b"\x00") > len(content[:_SAMPLE]) // 8:
        return _utf16_without_mark(content[:_SAMPLE])
    return "utf-8" if _is_utf8(content) else _most_russian(content[:_SAMPLE])


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(sample: bytes) -> str:
    """Tell the byte order by where the zeros of Latin letters, blanks and tabs stand."""
    return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"


def _most_russian(sample: bytes) -> str:
    return max(("cp1251", "koi8-r", "cp866"), key=lambda name: _likeness(sample.decode(name, errors="replace")))


def _likeness(text: str) -> int:
    """Count frequent small letters; a wrong encoding makes capitals and frames of them."""
    return sum((char in _FREQUENT) - (char.isupper() or "─" <= char <= "╬") for char in text)


def looks_like_text(content: bytes) -> bool:
    """Tell a text from other bytes by its control characters."""
    text = decode(content[:_SAMPLE])
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    return bool(text.strip()) and odd <= max(2, len(text) * _MOST_CONTROL)
