"""A text made plain: one spelling of spaces, dashes, letters and numerals, whatever the document made of them."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 1000
_LOOKALIKES = str.maketrans("aceopxykmthbі", "асеорхукмтнви")
_REPLACED = str.maketrans({"ё": "е", "№": "#", "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None})
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\u02d7\uff0d\u30fc\u2500]")
_BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[^\W\d_])")
# What a keyboard without roman numerals, or a recogniser of scans, makes of them before «квартал» and «полугодие».
_ROMAN_LIKE = re.compile(
    r"(?<!\w)([1lі|i]{1,3}|[1lі|i][vу]|пi|п|ш|[1lіi]{1,3}у)(?=[\s.-]*(?:-?(?:й|ый|ой|е|я)\s+)?(?:кв|полуг|п/г|чет))"
)
_ROMAN_TYPED = {"п": "ii", "ш": "iii", "пi": "iii"}
_ONE = re.compile("[1lі|]")
_MARKER = re.compile(r"^\s*(?:\d{1,2}\)|[-•▪●·*])\s*(?=\S)")
_ORDINAL = re.compile(r"(?<=\d)\s?-?\s?(?:ого|его|го|ому|му|ое|е|ая|я|ый|ой|й|ю|ей|х)(?![^\W_])")
_CLOCK = re.compile(r"(?<![\d.,:])(?:(?<!\w)в\s)?\d{1,2}:\d{2}(?::\d{2})?(?![\d:])\s?(?:час\w*|ч\b)?")


def plain(text: str) -> tuple[str, bool]:
    """Return the text in small letters with plain signs, and whether it was cut."""
    cut = len(text) > MOST_CHARACTERS
    line = text[:MOST_CHARACTERS].translate(_REPLACED).casefold().replace("ё", "е")
    line = unicodedata.normalize("NFKC", line)[: 2 * MOST_CHARACTERS].casefold()
    line = _DASHES.sub("-", line.replace("\r", "\n"))
    line = _ROMAN_LIKE.sub(_roman, _BROKEN.sub("\x1f", line))
    return _ORDINAL.sub("", _CLOCK.sub(" ", _MARKER.sub("", line))), cut


def cyrillic(word: str) -> str:
    """Return the word with Latin letters that look like Cyrillic ones put right."""
    return word.translate(_LOOKALIKES)


def _roman(match: re.Match[str]) -> str:
    found = match[1]
    if found == "1":
        return found
    return _ROMAN_TYPED.get(found) or _ONE.sub("i", found).replace("у", "v")
