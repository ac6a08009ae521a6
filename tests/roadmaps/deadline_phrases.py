"""Phrases as schools write them, how each is read, and why; in a plan from 1 September 2022 to 31 August 2023.

A line of `deadline_phrases.txt`: the text | the kind | first day .. last day | the recurrence | doubts | the reason.
Days are `D.M.YYYY`; `plan` stands for the plan's own first and last day, `-` for none. `\\n` in a text is a line break,
`_` a no-break space.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, NamedTuple

PLAN = (dt.date(2022, 9, 1), dt.date(2023, 8, 31))


class Phrase(NamedTuple):
    """One line of the table."""

    text: str
    kind: str
    start: dt.date | None
    end: dt.date | None
    recurrence: dict[str, Any] | None
    warnings: frozenset[str]
    reason: str


def _day(text: str) -> dt.date | None:
    if text == "-":
        return None
    day, month, year = (int(part) for part in text.split("."))
    return dt.date(year, month, day)


def _phrase(line: str) -> Phrase:
    text, kind, span, recurrence, warnings, reason = line.split(" | ")
    start, end = PLAN if span == "plan" else [_day(part) for part in (span.split("..") if ".." in span else "--")]
    again = None if recurrence == "-" else json.loads(recurrence)
    doubts = frozenset(warnings.split()) - {"-"}
    return Phrase(text.replace("\\n", "\n").replace("_", "\xa0"), kind, start, end, again, doubts, reason)


def phrases() -> list[Phrase]:
    """Return every line of the table; a line with # is a heading."""
    lines = Path(__file__).with_suffix(".txt").read_text().splitlines()
    return [_phrase(line) for line in lines if not line.startswith("#")]
