"""The rules for what comes back: «ежемесячно», «1 раз в квартал», «до 25 числа каждого месяца», «по вторникам»."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from mentoring_reports.roadmaps.recurrence import Recurrence, Unit

from .codes import Doubt
from .line import Line, pattern

_UNITS: dict[str, Unit] = {
    "день": "day",
    "сутки": "day",
    "неделя": "week",
    "месяц": "month",
    "квартал": "quarter",
    "четверть": "term",
    "триместр": "term",
    "полугодие": "half_year",
    "год": "year",
    "период": "year",
}
_ADVERBS: dict[str, Unit] = {
    "ежедневно": "day",
    "еженедельно": "week",
    "ежемесячно": "month",
    "ежеквартально": "quarter",
    "ежечетвертно": "term",
    "ежегодно": "year",
}
_OF_A_YEAR: dict[int, Unit] = {2: "half_year", 4: "quarter", 12: "month"}
_MOST_TIMES, _MOST_UNITS = 31, 12
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})"
_ADVERB = "|".join(_ADVERBS)
_UNTIL = r"(?P<until>(?:(?:не|в|срок) )*(?:до|поздний|к|по) )?"
_EVERY = r"(?:каждый|отчетный|следующий|за)"
Build = Callable[[Line, re.Match[str]], Recurrence | None]


_BOTH_ENDS = pattern(
    r"(?:(?:в|на|к) )?начало(?: учебный)?(?: год| период)? (?:и|,)(?: (?:в|на|к))? конец(?: учебный)? (?:год|период)"
)


def both_ends(line: Line) -> Recurrence | None:
    """Take out «в начале и в конце года»: that is done twice, on days that nobody has named."""
    if not line.take(_BOTH_ENDS):
        return None
    line.doubt(Doubt.AMBIGUOUS)
    return Recurrence("half_year")


def repetition(line: Line) -> Recurrence | None:
    """Take out everything that says how often; return the first of it that makes sense."""
    found = None
    for rule, build in RULES:
        match = rule.search(line.codes)
        made = build(line, match) if match else None
        if made:
            line.take(rule)
            found = found or made
    return found


def _day_of_month(line: Line, match: re.Match[str]) -> Recurrence | None:
    day = int(match["day"])
    if not 1 <= day <= 31:  # noqa: PLR2004
        return None
    if match.groupdict().get("twice"):
        return Recurrence("month", times=2)
    every: Literal["month", "quarter"] = "quarter" if "квартал" in match[0] else "month"
    if every == "quarter" or not re.search("месяц|ежемесячно|каждый", match[0]):
        line.doubt(Doubt.AMBIGUOUS)
    return Recurrence(every, day=day, exact=not match["until"])


def _weekday_of_month(_line: Line, match: re.Match[str]) -> Recurrence | None:
    nth = -1 if match["nth"] == "последний" else int(match["nth"][1:])
    return Recurrence("month", weekday=int(match["weekday"]), nth=nth) if nth in {-1, 1, 2, 3, 4, 5} else None


def _weekday(line: Line, match: re.Match[str]) -> Recurrence:
    if match["more"]:
        return Recurrence("week", times=1 + match["more"].count("w"))
    if match["how"] == "в":
        line.doubt(Doubt.AMBIGUOUS)
    return Recurrence("week", weekday=int(match["weekday"]))


def _times(line: Line, match: re.Match[str]) -> Recurrence | None:
    words = {"дважды": 2, "трижды": 3}
    times = words.get(match["times"]) or int(match["n"] or "1")
    interval = int(match["interval"] or "1")
    if match["more"] or match["unit"] == "период":
        line.doubt(Doubt.AMBIGUOUS)
    return _usual(_UNITS[match["unit"]], times, interval)


def _usual(every: Unit, times: int, interval: int) -> Recurrence | None:
    if not (1 <= times <= _MOST_TIMES and 1 <= interval <= _MOST_UNITS):
        return None
    if every == "year" and interval == 1 and times in _OF_A_YEAR:
        return Recurrence(_OF_A_YEAR[times])
    return Recurrence(every, times=times, interval=interval)


def _each(_line: Line, match: re.Match[str]) -> Recurrence | None:
    number = match["n"] or match["o"] or "1"
    return _usual(_UNITS[match["unit"]], 1, int(number))


def _yearly(line: Line, match: re.Match[str]) -> Recurrence | None:
    point = line.point(match["a"] or match["b"])
    month, day = point.first
    if point.year or point.grain not in {"day", "month"}:
        return None
    if point.grain == "day":
        return Recurrence("year", month=month, day=day, exact=not match["until"])
    if match["until"]:  # «до сентября»: the month before is the last one
        line.doubt(Doubt.UNTIL_MONTH)
        month = month - 1 or 12
    return Recurrence("year", month=month)


def _adverb(_line: Line, match: re.Match[str]) -> Recurrence:
    return Recurrence(_ADVERBS[match["adverb"]])


RULES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (
        pattern(
            rf"(?:(?:{_ADVERB}|каждый (?:месяц|квартал)) (?:, )?)?{_UNTIL}(?P<twice>n\d+ (?:и|,) )?n(?P<day>\d+) число"
            rf"(?: {_EVERY})*(?: (?:месяц|квартал))?(?: ,)?(?: {_EVERY})*(?: (?:период|месяц|квартал))?(?: ,)?"
            r"(?: ежемесячно)?"
        ),
        _day_of_month,
    ),
    (
        pattern(rf"(?:ежемесячно|ежеквартально) (?:, )?{_UNTIL}n(?P<day>\d+)(?! (?:день|рабочий|неделя|раз|-|и) )"),
        _day_of_month,
    ),
    (
        pattern(
            r"(?:ежемесячно (?:, )?)?(?:(?:в|каждый) )*(?P<nth>последний|[on]\d) w(?P<weekday>\d)"
            r"(?: каждый)?(?: месяц)?"
        ),
        _weekday_of_month,
    ),
    (
        pattern(
            r"(?:еженедельно (?:, )?)?(?:(?P<how>по|каждый|в) )?(?:каждый )?w(?P<weekday>\d)"
            r"(?P<more>(?: (?:и|,) w\d)+)?(?: (?:каждый )?неделя)?"
        ),
        _weekday,
    ),
    (
        pattern(
            rf"(?:не (?:редкий|менее|чаще) )?(?:[nr](?P<n>\d+)(?P<more> (?:-|и|,|до) n\d+)? )?"
            rf"(?P<times>раз|дважды|трижды)(?: (?:в|за|на|/))?(?: (?:течение|протяжение))?(?: весь| каждый)*"
            rf"(?: n(?P<interval>\d+)(?: - n\d+)?)?(?: учебный)? {_UNIT}(?: учебный)?"
        ),
        _times,
    ),
    (
        pattern(
            rf"(?:(?:в|по|на|за|к) )?(?:(?:конец|начало|итог|течение) )?каждый(?: n(?P<n>\d+)| o(?P<o>\d))?"
            rf"(?: учебный)? {_UNIT}"
        ),
        _each,
    ),
    (
        pattern(rf"(?:ежегодно|каждый год)(?: ,)? {_UNTIL}(?:в )?(?P<a>@\d+)(?P<b>)(?! (?:-|по|,|и) )"),
        _yearly,
    ),
    (pattern(rf"{_UNTIL}(?:в )?(?P<b>@\d+)(?P<a>)(?: ,)? (?:ежегодно|каждый год)"), _yearly),
    (pattern(rf"(?P<adverb>{_ADVERB})"), _adverb),
)
