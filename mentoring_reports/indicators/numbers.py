"""Numbers as Russian readers type and read them: «1 234,5». Pure functions."""

from __future__ import annotations

import re
from decimal import Decimal

from .checking import MOST_DIGITS_BEFORE_POINT, is_sensible, written

PLACES = 4  # as many as the database keeps
_SPACES = "[ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
_NUMBER = re.compile(
    rf"(?P<sign>[+\-\N{{MINUS SIGN}}]?)(?P<whole>[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+|[0-9]+)(?:[.,](?P<part>[0-9]+))?"
)
_LONGEST = MOST_DIGITS_BEFORE_POINT * 3


class NotANumber(ValueError):
    """The text is no number of a sensible size."""


def read_number(text: str) -> Decimal | None:
    """Read a number with a comma or a point and thousands parted by spaces; None when empty. Raises `NotANumber`."""
    stripped = text.strip()
    if not stripped:
        return None
    match = _NUMBER.fullmatch(stripped) if len(stripped) <= _LONGEST else None
    if match is None or len(match["part"] or "") > PLACES:
        raise NotANumber(stripped[:_LONGEST])
    sign = "-" if match["sign"] in {"-", "\N{MINUS SIGN}"} else ""
    number = Decimal(f"{sign}{re.sub(_SPACES, '', match['whole'])}.{match['part'] or 0}")
    if not is_sensible(number):
        raise NotANumber(stripped)
    return number


def write_number(value: Decimal | None) -> str:
    """Write a number so that `read_number` reads the same one; nothing for a missing number."""
    return "" if value is None else written(value, PLACES)
