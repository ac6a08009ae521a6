"""Texts as a file may hold them: no control characters, no half characters, nothing that turns the page's direction."""

from __future__ import annotations

import re

# What XML forbids, what nobody sees, and the marks that make a text run the other way and hide what it says.
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80  # characters; in UTF-8 with an ending less than the 255 bytes of any file system


def printable(text: str) -> str:
    """Return the text with line breaks as they are and everything unfit for a file taken out."""
    lines = _UNFIT.sub("", _LINE_ENDS.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def in_one_line(text: str) -> str:
    """Return the printable text without line breaks."""
    return " ".join(printable(text).split())


def file_name(text: str) -> str:
    """Return a readable name of a file that every system accepts, without an ending."""
    plain = " ".join(_UNSAFE_IN_NAMES.sub(" ", printable(text)).split())
    return plain[:_LONGEST_NAME].strip(" .") or "roadmap"
