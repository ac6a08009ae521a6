"""Parts of a month: beginning, middle and end, ten days, weeks and halves. The days are a convention, and doubted."""

from __future__ import annotations

import re
from calendar import monthrange

from .codes import Doubt
from .dates import full_year
from .line import Line, Rule, pattern
from .points import Point

_MONTH = r"(?:месяц )?[gm](?P<month>\d+)(?: месяц)?(?: y(?P<y>\d+)| n(?P<yy>\d\d)(?= год ))?(?: год)*"
_NAMED = {"начало": (1, 10), "середина": (11, 20), "конец": (21, 0)}
_LENGTHS = {"неделя": 7, "декада": 10, "половина": 15}
_LAST = {"декада": 21, "половина": 16}
_ANY_YEAR = 2001  # not a leap year
_MOST = {"неделя": 5, "декада": 3, "половина": 2}


def _named(line: Line, match: re.Match[str]) -> str:
    line.doubt(Doubt.APPROXIMATE)
    return _put(line, match, *_NAMED[match["part"]])


def _counted(line: Line, match: re.Match[str]) -> str | None:
    unit = match["unit"]
    first = int(match["n"])
    last = int(match["last"] or first)
    if not 1 <= first <= last <= _MOST[unit]:
        return None
    if unit == "неделя":
        line.doubt(Doubt.APPROXIMATE)
    end = 0 if last == _MOST[unit] else last * _LENGTHS[unit]
    return _put(line, match, (first - 1) * _LENGTHS[unit] + 1, end)


def _final(line: Line, match: re.Match[str]) -> str:
    unit = match["unit"]
    if unit == "неделя":
        line.doubt(Doubt.APPROXIMATE)
    days = monthrange(_ANY_YEAR, int(match["month"]))[1]
    return _put(line, match, _LAST.get(unit, days - 6), 0)  # the last week of a month is taken as its last seven days


def _put(line: Line, match: re.Match[str], first: int, last: int) -> str:
    month = int(match["month"])
    year = int(match["y"] or 0) or (full_year(match["yy"]) if match["yy"] else None)
    return line.put(Point((month, first), (month, last), "part", year, ends_early=False))


PARTS: tuple[Rule, ...] = (
    (pattern(rf"(?<!до )(?P<part>начало|середина|конец) {_MONTH}"), _named),
    (
        pattern(rf"[rno](?P<n>\d)(?: (?:-|и|,) [rno](?P<last>\d))? (?P<unit>неделя|декада|половина) {_MONTH}"),
        _counted,
    ),
    (pattern(rf"последний (?P<unit>неделя|декада|половина) {_MONTH}"), _final),
)
