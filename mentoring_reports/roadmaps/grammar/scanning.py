"""The rules that find points in time in a line of codes, in the order they are tried."""

from __future__ import annotations

import re

from . import points
from .codes import Doubt
from .dates import full_year
from .line import Line, Rule, pattern
from .parts import PARTS

_YEAR = r"(?: y(?P<y>\d+)| n(?P<yy>\d\d)(?= год ))?(?: год)*"
_SCHOOL = r"(?P<u> учебный| у)?(?: год)*"
_JOINS = r"(?:-|,|/|и|по|до)"
# The first months of quarters, half-years (calendar, school) and school terms, with their last ones.
_SPANS = {
    "K": {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)},
    "P": {1: (1, 6), 2: (7, 12)},
    "S": {1: (9, 12), 2: (1, 5)},
    "C": {1: (9, 10), 2: (11, 12), 3: (1, 3), 4: (4, 5)},
}
_UNITS = {"квартал": "K", "полугодие": "P", "четверть": "C"}
_SEASONS = ((12, 2), (3, 5), (6, 8), (9, 11))


def scan(line: Line) -> None:
    """Put a point in the place of everything that names one."""
    line.apply(RULES[:_SPREADING])
    for _ in range(6):
        before = line.codes
        line.apply(_SPREAD)
        if line.codes == before:
            break
    line.apply(RULES[_SPREADING:])
    line.apply(_WITH_WEEKDAY)


def _year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups.get("y") or 0) or (full_year(groups["yy"]) if groups.get("yy") else 0)


def _school_year(line: Line, match: re.Match[str]) -> str | None:
    first, last = full_year(match["a"]), full_year(match["b"])
    if last != first + 1:
        return None
    if not match["u"]:
        line.doubt(Doubt.AMBIGUOUS)
    return line.put(points.school_year(first))


def _one_school_year(line: Line, match: re.Match[str]) -> str:
    line.doubt(Doubt.AMBIGUOUS)
    return line.put(points.year_of(int(match["a"])))


def _day(line: Line, match: re.Match[str]) -> str:
    if match["form"] == "m":
        line.doubt(Doubt.AMBIGUOUS)
    return f"d{_year(match)}.{match['month']}.{match['day']}"


def _day_of_month(line: Line, match: re.Match[str]) -> str | None:
    """Read «май, до 20 числа» as «до 20 мая», unless something comes back every month."""
    if re.search(r" (?:ежемесячно|каждый|по|-) ", line.codes):
        return None
    return f"{match['until'] or ''}d{_year(match)}.{match['month']}.{match['day']}"


def _spread_day(_line: Line, match: re.Match[str]) -> str | None:
    year, month, day = match["date"].split(".")
    if int(match["day"]) >= int(day):
        return None
    return f"d{year}.{month}.{match['day']} {match['join']} d{match['date']}"


def _unit(line: Line, match: re.Match[str]) -> str | None:
    unit = _UNITS[match["unit"]]
    if unit == "P" and (match["u"] or (not _year(match) and line.is_school_plan) or match["school"]):
        unit = "S"
    number = int(match["n"])
    tail = f" {match['school']}" if match["school"] else ""
    return f"q{unit}{number}.{_year(match)}{tail}" if number in _SPANS[unit] else None


def _spread_unit(_line: Line, match: re.Match[str]) -> str | None:
    known = int(match["n"]) in _SPANS[match["unit"]]
    return f"q{match['unit']}{match['n']}.{match['y']} {match['join']} {match['rest']}" if known else None


def _unit_point(line: Line, match: re.Match[str]) -> str:
    unit, year = match["unit"], int(match["y"])
    first, last = _SPANS[unit][int(match["n"])]
    if unit == "C":
        line.doubt(Doubt.APPROXIMATE)
    if unit == "S":
        line.doubt(Doubt.AMBIGUOUS)
    return line.put(points.months(first, last, year))


def _date(line: Line, match: re.Match[str]) -> str:
    year, month, day = (int(part) for part in match["date"].split("."))
    return line.put(points.day(month, day, year))


def _month(line: Line, match: re.Match[str]) -> str:
    return line.put(points.month(int(match["month"]), _year(match)))


def _season(line: Line, match: re.Match[str]) -> str:
    line.doubt(Doubt.APPROXIMATE)
    return line.put(points.months(*_SEASONS[int(match["s"])], _year(match)))


def _day_alone(line: Line, match: re.Match[str]) -> str | None:
    """Leave out the name of a day's weekday: «15.09.2022 (четверг)» is that day, and no other Thursday."""
    return match["point"] if line.point(match["point"]).grain == "day" else None


_SPREAD: tuple[Rule, ...] = (
    (pattern(rf"n(?P<day>\d+) (?P<join>{_JOINS}) d(?P<date>\S+)"), _spread_day),
    (
        pattern(rf"[rno](?P<n>\d) (?P<join>{_JOINS}) (?P<rest>q(?P<unit>[A-Z])\d\.(?P<y>\d+))"),
        _spread_unit,
    ),
)
_YEAR_IN_BRACKETS = pattern(r"(?P<month>[gm]\d+) , (?P<year>y\d+(?: год)*) ,(?= (?:-|до|по|$)| $)")
_WITH_WEEKDAY: tuple[Rule, ...] = (
    (pattern(r"(?P<point>@\d+)(?: ,)? w\d(?! (?:и|,) w)"), _day_alone),
    (pattern(r"(?<!по )(?<!каждый )(?<!еженедельно )w\d(?: ,)? (?P<point>@\d+)"), _day_alone),
)
RULES: tuple[Rule, ...] = (
    (_YEAR_IN_BRACKETS, lambda _line, match: f"{match['month']} {match['year']}"),
    (pattern(r"от d\S+(?! (?:до|по|-) )"), lambda _line, _match: "?"),  # the date of a document: «приказ от …»
    (pattern(rf"y(?P<a>\d+)(?: [-,/])? y(?P<b>\d+){_SCHOOL}"), _school_year),
    (pattern(rf"y(?P<a>\d+) [-/,] n(?P<b>\d\d){_SCHOOL}"), _school_year),
    (pattern(r"n(?P<a>\d\d) [-/] n(?P<b>\d\d)(?P<u> учебный| у)(?: год)*"), _school_year),
    (pattern(r"y(?P<a>\d+) (?:учебный|у)(?: год)*"), _one_school_year),
    (
        pattern(
            rf"[gm](?P<month>\d+){_YEAR}(?: ,)? (?P<until>(?:(?:не|в|срок) )*(?:до|поздний|к) )?n(?P<day>\d+) число"
            r"(?! (?:каждый|месяц|отчетный|следующий))"
        ),
        _day_of_month,
    ),
    (pattern(rf"n(?P<day>\d+) (?:число )?(?P<form>[gm])(?P<month>\d+)(?: месяц)?{_YEAR}"), _day),
    (pattern(rf"o(?P<day>\d) (?P<form>g)(?P<month>\d+)(?: месяц)?{_YEAR}"), _day),
    (
        pattern(
            rf"[rno](?P<n>\d) (?:- )?(?P<unit>квартал|полугодие|четверть)"
            rf"(?: ,)?(?: (?P<school>@\d+))?{_YEAR}(?P<u> учебный| у)?(?: год)*"
        ),
        _unit,
    ),
    (pattern(r"d(?P<date>\S+)(?: год)*"), _date),
    (pattern(r"q(?P<unit>[A-Z])(?P<n>\d)\.(?P<y>\d+)"), _unit_point),
    *PARTS,
    (pattern(rf"(?:месяц )?[gm](?P<month>\d+)(?: месяц)?{_YEAR}"), _month),
    (pattern(r"#(?P<month>\d+)\.(?P<y>\d+)(?: год)*"), _month),
    (
        pattern(rf"(?<!каникулы )(?<!каникулы , )s(?P<s>\d)(?: период)?(?!(?: (?:и|,|-) s\d)* каникулы ){_YEAR}"),
        _season,
    ),
    (pattern(r"y(?P<y>\d+)(?: год)*"), lambda line, match: line.put(points.year_of(int(match["y"])))),
)
_SPREADING = 10  # the rules before the one that makes points of dates
