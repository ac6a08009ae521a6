"""The rules for deadlines without days of their own: the whole period, a separate schedule, another event."""

from __future__ import annotations

import re

from .codes import Doubt
from .line import Line, pattern
from .points import school_year

_END = r"(?= (?:, )?(?:(?:до|с|к|не|поздний|в|от|срок) )*@\d+ | $)"
_REST = rf"(?: (?:на|за) @\d+| (?!@)\S+)*?{_END}"

_SCHEDULE = pattern(
    r"(?:согласно|в соответствие|(?:по|с) (?:отдельный )*график|(?:по |в )?отдельный|по мера"
    r"|(?:по|при|в случае) необходимость|(?:по|на|при) (?:согласование|запрос)|при|уточняется|необходимость)" + _REST
)
_ONCE = pattern(r"(?:[nr]1 )?раз|однократно")
_HOLIDAYS = pattern(r"(?:(?:в|на|во|период|день|время|течение) )*(?:s\d (?:(?:и|,|-) s\d )*)?каникулы(?:(?: ,)? s\d)*")
_FROM_START = pattern(
    r"(?:(?:в|на|за) )?(?P<within>течение )?(?:o(?P<o>\d)|(?P<n>[nr]\d+))(?: - [on](?P<last>\d+))?"
    r"(?: n(?P<many>\d+))? (?P<unit>месяц|неделя|день)(?: реализация| период| этап| с начало)*(?= (?:,|$)| $)"
)
_DURATION = pattern(
    r"(?:(?:в|не|за|на|до) )*(?:(?:течение|поздний|через|за|менее|срок) )*(?:чем )?(?:за )?(?:весь )?"
    r"(?:n\d+ (?:- n\d+ )?|x )?(?:рабочий )?(?:день|неделя|месяц|час|сутки|квартал|четверть|полугодие|декада)"
    rf"(?P<from> (?:с|от|после|до|по|перед){_REST})?"
)
_EVENT = pattern(
    r"(?:(?:не|поздний) )*(?:после|перед|накануне|через|по (?:окончание|итог)|с (?:день|момент|дата|начало)"
    rf"|(?:до|к|в|за) (?:начало|середина|конец|день|момент)(?! @)|на этап|(?:в )?ход(?! весь | реализация )){_REST}"
)
_PLAN_END = pattern(
    r"(?:(?:до|к|по|на|в) )?(?:конец|(?<=до )окончание) (?:весь )*(?:(?P<year>год)|период|реализация|срок)"
    r"(?: (?:реализация|период|год))*"
)
_SCHOOL_YEAR = pattern(
    r"(?P<counted>(?:день|неделя|месяц|час|сутки|квартал|декада) (?:с|от|после|до|перед) (?:(?:день|момент|дата) )?)?"
    r"(?P<part>начало|середина|конец) (?:весь )?(?:учебный|у) год"
)
_WHOLE = re.compile(
    r"(?<= )(?:(?:в|на|за|у|весь|период|реализация|учебный|год|срок|время|этап|течение|протяжение|ход"
    r"|постоянно|регулярно|-) )+"
)


def whole_period(line: Line) -> bool:
    """Take out a phrase of the whole period and say whether there was one."""
    for match in _WHOLE.finditer(line.codes):
        words = match[0].split()
        following = line.codes[match.end() :]
        if _is_whole(words, following):
            _doubts_of_whole(line, words)
            line.codes = f"{line.codes[: match.start()]}, {following}"
            return True
    return False


def _is_whole(words: list[str], following: str) -> bool:
    if {"постоянно", "регулярно"} & set(words):
        return True
    if following.startswith("@") or following.startswith(("n", "x", "?")):
        return False
    lasting = {"течение", "протяжение", "весь", "ход"} & set(words)
    if lasting:
        return bool({"период", "реализация", "год", "срок", "время"} & set(words)) or words[-1] in {
            "течение",
            "протяжение",
        }
    return "реализация" in words or words[-2:] == ["учебный", "год"] or words in (["год"], ["период"], ["весь", "год"])


def _doubts_of_whole(line: Line, words: list[str]) -> None:
    if "регулярно" in words or ("учебный" in words and not line.is_school_plan):
        line.doubt(Doubt.AMBIGUOUS)


def schedule(line: Line) -> bool:
    """Take out a phrase that leaves the days to another paper or to need, and say whether there was one."""
    found = line.take(_SCHEDULE)
    if found and ("@" in found[0] or "d" in found[0]):
        line.doubt(Doubt.AMBIGUOUS)
    holidays = line.take(_HOLIDAYS)
    if holidays:
        line.doubt(Doubt.AMBIGUOUS)
    return bool(found or holidays)


def once(line: Line) -> bool:
    """Take out «однократно»: it says how often, and not when."""
    return line.take(_ONCE) is not None


def plan_end(line: Line) -> bool:
    """Take out «до конца года», «до конца периода», and say whether there was one."""
    found = line.take(_PLAN_END)
    if found and found["year"]:
        line.doubt(Doubt.AMBIGUOUS)
    return found is not None


def name_school_years(line: Line) -> None:
    """Make a point of «учебный год» where its beginning or end is meant."""
    line.codes = line.codes.replace(" до окончание ", " до конец ").replace(" к окончание ", " к конец ")
    line.rewrite(_SCHOOL_YEAR, _named_school_year)


def _named_school_year(line: Line, match: re.Match[str]) -> str | None:
    """Leave «5 дней с начала учебного года»: it counts from that day, and is not the year."""
    again = {"каждый", "раз"} & set(line.codes[: match.start()].split()[-3:])
    if match["counted"] and not again:
        return None
    return f"{match['counted'] or ''}{match['part']} {line.put(school_year(None))}"


def from_start(line: Line) -> tuple[int, int, str] | None:
    """Take out «первый месяц», «первые две недели»: the first and last unit, counted from the plan's first day."""
    found = _FROM_START.search(line.codes)
    if not found or (found["within"] and found["n"]):  # «в течение 1 месяца» is a duration
        return None
    first = int(found["o"] or found["n"][1:])
    last = int(found["last"] or found["many"] or first)
    if not 1 <= first <= last or (found["unit"] == "день" and not found["many"]):
        return None
    line.take(_FROM_START)
    return first, last, found["unit"]


def event(line: Line) -> bool:
    """Take out a phrase that counts from another event, and say whether there was one."""
    duration = line.take(_DURATION)
    if duration and not duration["from"]:
        line.doubt(Doubt.AMBIGUOUS)
    found = line.take(_EVENT)
    taken = "".join(match[0] for match in (duration, found) if match)
    if "@" in taken:
        line.doubt(Doubt.AMBIGUOUS)
    return bool(duration or found)
