"""The numbers that Word shows before paragraphs of a list; they stand in no run of text."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LEVELS = 9


class Numbering:
    """Counts the paragraphs of each list, level by level."""

    def __init__(self, part: etree._Element | None) -> None:
        self._levels = _levels(part) if part is not None else {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)

    def label(self, paragraph: etree._Element) -> str:
        """Return the number or bullet of a paragraph, and count it; "" outside of lists."""
        list_id = _value(paragraph.find("{*}pPr/{*}numPr/{*}numId"))
        level = _number(_value(paragraph.find("{*}pPr/{*}numPr/{*}ilvl")))
        formats = self._levels.get(list_id)
        if not formats or level not in formats:
            return ""
        self._count(list_id, level, formats)
        return self._written(list_id, level, formats)

    def _count(self, list_id: str, level: int, formats: dict[int, tuple[str, str, int]]) -> None:
        counts = self._counts[list_id]
        counts[level] = counts[level] + 1 if counts[level] else formats[level][2]
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)

    def _written(self, list_id: str, level: int, formats: dict[int, tuple[str, str, int]]) -> str:
        if formats[level][0] == "bullet":
            return "–"

        def counted(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            kind, _, start = formats.get(of, ("decimal", "", 1))
            return _spelled(self._counts[list_id][of] or start, kind) if 0 <= of < _LEVELS else ""

        return re.sub(r"%(\d)", counted, formats[level][1])


def _levels(part: etree._Element) -> dict[str, dict[int, tuple[str, str, int]]]:
    """Return, by list, what each level looks like: (kind, pattern such as "%1.%2.", first number)."""
    abstract = {_attribute(node, "abstractNumId"): _formats(node) for node in part.iterfind("{*}abstractNum")}
    lists = {_attribute(node, "numId"): _value(node.find("{*}abstractNumId")) for node in part.iterfind("{*}num")}
    return {list_id: abstract.get(of, {}) for list_id, of in lists.items()}


def _formats(node: etree._Element) -> dict[int, tuple[str, str, int]]:
    return {
        _number(_attribute(level, "ilvl")): (
            _value(level.find("{*}numFmt")) or "decimal",
            _value(level.find("{*}lvlText")),
            _number(_value(level.find("{*}start")) or "1"),
        )
        for level in node.iterfind("{*}lvl")
    }


def _spelled(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        roman = _roman(min(number, 399))
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("russianLower", "russianUpper"):
        letter = _RUSSIAN[(number - 1) % len(_RUSSIAN)]
        return letter if kind == "russianLower" else letter.upper()
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, digits in _ROMAN:
        written += digits * (number // value)
        number %= value
    return written


def _value(node: etree._Element | None) -> str:
    return "" if node is None else _attribute(node, "val")


def _attribute(node: etree._Element, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004
