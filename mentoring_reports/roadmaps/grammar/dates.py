"""Dates in figures, as they stand in a plain text."""

from __future__ import annotations

import re

from .words import ROMANS

FIRST_YEAR, LAST_YEAR = 1990, 2100
_TOO_OLD = 70  # a two-digit year from here on is of the last century
_ROMAN_MONTH = r"[ivx]{1,4}"

# Alternatives in the order of trying: the longer form first.
DATE = re.compile(
    rf"""(?<![\d]) (?:
      (?P<y1>\d{{4}}) (?P<s1>[-./]) (?P<m1>\d{{1,2}}) (?P=s1) (?P<d1>\d{{1,2}}) (?!\d) (?:t(?=\d))?
    | (?P<d2>\d{{1,2}}) \s?(?P<s2>[./])[.]?\s? (?P<m2>\d{{1,2}}|{_ROMAN_MONTH}) \s?(?P=s2)[.]?\s? (?P<y2>\d{{4}}|\d\d)
      (?!\d|[./]\d)
    | (?P<d3>\d{{1,2}}) [-,.] (?P<m3>\d{{1,2}}) [-,.] (?P<y3>\d{{4}}) (?!\d|[./]\d)
    | (?P<m4>\d{{1,2}}) [./] (?P<y4>(?:19|20)\d\d) (?!\d|[./]\d)
    | (?P<d5>\d{{1,2}}) (?:[.]|/(?=0\d|1[0-2])) (?P<m5>\d{{1,2}}) (?!\d|[./,]\d|\s?%)
    )""",
    re.VERBOSE,
)


def written(match: re.Match[str]) -> tuple[int, int, int] | None:
    """Return year, month and day; 0 for what is not written; None for figures that are no date at all."""
    for form in "1235":
        if match[f"d{form}"]:
            return _checked(match, form)
    month = int(match["m4"])
    return (int(match["y4"]), month, 0) if 1 <= month <= 12 else None  # noqa: PLR2004


def _checked(match: re.Match[str], form: str) -> tuple[int, int, int] | None:
    month, day = _month(match[f"m{form}"]), int(match[f"d{form}"])
    if form == "5":
        return (0, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None  # noqa: PLR2004
    year = full_year(match[f"y{form}"])
    return (year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None


def full_year(figures: str) -> int:
    """Return a year of two or four figures as a number."""
    year = int(figures)
    if len(figures) > 2:  # noqa: PLR2004
        return year
    return year + (1900 if year >= _TOO_OLD else 2000)


def _month(figures: str) -> int:
    return int(figures) if figures.isdigit() else ROMANS.get(figures, 0)
