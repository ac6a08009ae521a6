"""Lists inside a cell: one activity by default, one for each entry where it is asked for."""

from __future__ import annotations

import re

from .cleaning import flat

_MARK = r"(?:\d{1,2}[.)]|[а-я]\)|[-–—•▪●·*])"
_AT_LINE = re.compile(rf"^\s*{_MARK}\s*(?=\D)", re.MULTILINE)
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=\s))\d{1,2}\)\s*(?=\S)")
_DASHED = re.compile(r"(?:(?<=^)|(?<=[:;.]\s))[–—•▪●-]\s+(?=\S)")
_LEAST = 2


def entries_of(text: str) -> list[str]:
    """Return the entries of the list that a text is, each with the words before the list; [text] for no list."""
    for mark in (_AT_LINE, _NUMBERED, _DASHED):
        pieces = [flat(piece).strip(" ;") for piece in mark.split(text)]
        entries = [piece for piece in pieces[1:] if piece]
        if len(entries) >= _LEAST:
            return [_with_words_before(pieces[0], entry) for entry in entries]
    return _after_colon(flat(text))


def _with_words_before(before: str, entry: str) -> str:
    return f"{before} {entry}" if before else entry


def _after_colon(text: str) -> list[str]:
    """Return the entries parted by semicolons after a colon."""
    before, colon, rest = text.partition(":")
    entries = [entry.strip() for entry in rest.split(";") if entry.strip()]
    if not colon or len(entries) < _LEAST:
        return [text]
    return [f"{before}: {entry}" for entry in entries]
