"""The characters of a PDF page with their places, and the text of any set of them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

# A gap wider than this share of the letters' height is a blank.
_BLANK = 0.22
_SAME_LINE = 0.5


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box; the page's origin is at the bottom left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the box."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


class Chars:
    """All characters of a page that are to be seen."""

    def __init__(self, page: Any) -> None:
        text = page.get_textpage()
        count = text.count_chars()
        box = [ctypes.c_double() for _ in range(4)]
        self.all = [char for n in range(max(count, 0)) if (char := _char(text.raw, n, box))]
        text.close()


def _char(text: Any, number: int, box: list[ctypes.c_double]) -> Char | None:
    # A hyphen at the end of a line is told by a sign of its own, since a word may go on below.
    hyphen = pdfium.FPDFText_IsHyphen(text, number) == 1
    code = ord("-") if hyphen else pdfium.FPDFText_GetUnicode(text, number)
    if code <= 32 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:  # noqa: PLR2004
        return None
    if not pdfium.FPDFText_GetLooseCharBox(text, number, _rectangle):
        return None
    return Char(chr(code), _rectangle.left, _rectangle.bottom, _rectangle.right, _rectangle.top)


_rectangle = pdfium.FS_RECTF()


def lines_of(chars: Iterable[Char], same: float = _SAME_LINE) -> list[list[Char]]:
    """Return characters by line, from top to bottom, each line from left to right.

    `same` is the share of the letters' height up to which a difference in height is none.
    """
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: -char.bottom):  # a box's top differs from letter to letter
        height = max(char.top - char.bottom, 1.0)
        if lines and abs(lines[-1][0].bottom - char.bottom) < height * same:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda char: char.left) for line in lines]


def text_of(chars: Iterable[Char]) -> str:
    """Return the text of characters, a line for every line of them."""
    return "\n".join(map(line_text, lines_of(chars)))


def line_text(line: list[Char]) -> str:
    """Return the text of one line; a wide gap is a blank."""
    written = ""
    before: Char | None = None
    for char in line:
        if before and char.left - before.right > _BLANK * max(char.top - char.bottom, before.top - before.bottom) * 0.7:
            written += " "
        written += char.text
        before = char
    return written
