"""The numbers of activities: as written, also where they stand in the text; holes are warned about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .records import Record

_IN_TEXT = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3})[.)]?\s+(?=\S)(?!\d)", re.DOTALL)
_OF_TITLE = re.compile(r"((?:[IVXLC]{1,6}|[ІХV]{1,4}|\d{1,2}(?:\.\d{1,2}){0,3}))[.)]?\s+(\S.*)", re.DOTALL)
_NAMED = re.compile(
    r"(?:раздел|этап|блок|модуль|направление|задача|глава|часть|шаг)\s*№?\s*(\d{1,2}|[IVXLC]{1,5})\b", re.IGNORECASE
)
# «II полугодие»: which of them it is, not the title's number.
_COUNTED_TIME = re.compile(
    r"[IVХІ\d]{1,3}\s?(?:-?[а-я]{1,2}\s)?(?:полугоди|квартал|кв\b|четверт|триместр|семестр|недел|декад)", re.IGNORECASE
)
_NUMBERED_TEXTS = 0.6


def plain_number(text: str) -> str:
    """Return a number without the dot or bracket after it."""
    return text.strip().removeprefix("№").strip().rstrip(".) ")


def number_of_title(text: str) -> tuple[str, str]:
    """Return a title's number, "" without one, and the title: «II. …» loses its number, «Раздел 2. …» keeps it."""
    named = _NAMED.match(text)
    if named:
        return named[1], text
    match = None if _COUNTED_TIME.match(text) else _OF_TITLE.fullmatch(text)
    return (match[1], match[2].strip()) if match else ("", text)


def numbers_in_texts(records: Sequence[Record]) -> bool:
    """Tell whether the activities carry their numbers in the text, there being no column for them."""
    texts = [record.text("activity") for record in records if record.text("activity")]
    found = [match[1] for text in texts if (match := _IN_TEXT.match(text))]
    return len(found) > 1 and len(set(found)) > 1 and len(found) >= len(texts) * _NUMBERED_TEXTS


def number_taken(text: str) -> tuple[str, str]:
    """Return the number at a text's beginning and the text without it."""
    match = _IN_TEXT.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def holes(numbers: Sequence[str]) -> list[str]:
    """Return, for each number, the warning that it deserves: after a hole, out of order, again; "" for none."""
    warnings = []
    last: dict[str, int] = {}
    for number in numbers:
        parent, _, own = number.rpartition(".")
        warnings.append(_warning(last.get(parent), int(own)) if own.isdecimal() else "")
        if own.isdecimal():
            last[parent] = int(own)
    return warnings


def _warning(before: int | None, own: int) -> str:
    if before is None:
        return "number_gap" if own > 1 else ""
    if own == before:
        return "number_repeated"
    if own < before:
        return "" if own == 1 else "number_order"
    return "number_gap" if own > before + 1 else ""
