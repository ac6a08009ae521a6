"""The reading of one deadline: the families of rules in their order, and what they make together."""

from __future__ import annotations

from mentoring_reports.roadmaps.recurrence import Recurrence

from . import phrases
from .codes import Doubt, Kind, Period
from .dating import counted_reading, dated_reading
from .encoding import encode
from .line import Line
from .outcome import Reading
from .plain import plain
from .repeating import both_ends, repetition
from .scanning import scan
from .stretches import stretches

# Codes that may be left over: they say nothing that was not read.
_IDLE_WORDS = """
, - / и в на с к по у за год срок дата далее период месяц число этап весь учебный включительно течение протяжение время
реализация ориентировочно день итог момент однократно
"""
_IDLE = frozenset(_IDLE_WORDS.split())
# Doubts about days that a text without a reading has none of.
_OF_DATES = frozenset({Doubt.YEAR_INFERRED, Doubt.YEAR_UNKNOWN, Doubt.APPROXIMATE, Doubt.AMBIGUOUS})
_SIGNS = " .,;:-_/\n\t«»„“”\"'()"  # a text of these alone is an empty cell
_EARLIEST, _LATEST = 1900, 2200  # years that a plan may lie in


def read(text: str, period: Period | None) -> Reading:
    """Return the reading of any text; never raises."""
    line_of_text, cut = plain(text)
    codes, doubts = encode(line_of_text)
    if not line_of_text.strip(_SIGNS):
        return Reading(Kind.UNSCHEDULED, warnings=(Doubt.EMPTY,))
    line = Line(codes.rstrip(" ,"), _in_order(period), doubts)  # a comma at the end parts nothing
    if cut:
        line.doubt(Doubt.TOO_LONG)
    return _finished(_read(line), line)


def _in_order(period: Period | None) -> Period | None:
    """Return the period, its days in order; one that no plan ever had (the year 1, a thousand years) is not known."""
    if period is None:
        return None
    start, end = sorted(period)
    return Period(start, end) if start.year >= _EARLIEST and end.year <= _LATEST else None


def _read(line: Line) -> Reading | None:
    twice = both_ends(line)
    phrases.name_school_years(line)
    scan(line)
    if not all(point.is_possible() for point in line.points):
        line.doubt(Doubt.IMPOSSIBLE_DATE, Doubt.NOT_UNDERSTOOD)
        return None
    again = repetition(line) or twice
    undated = _undated(line)
    found = stretches(line)
    dated = dated_reading(found, line) if found else None
    if again:
        return _repeated(again, dated, line)
    if dated and undated and undated.kind == Kind.WHOLE_PERIOD and found[0].mode != "since":
        line.doubt(Doubt.AMBIGUOUS)
    return dated or undated


def _undated(line: Line) -> Reading | None:
    """Return what a text without dates of its own means: the narrowest reading of those that its phrases allow."""
    scheduled = phrases.schedule(line)
    ends_with_plan = phrases.plan_end(line)
    counted = phrases.from_start(line)
    is_whole = phrases.whole_period(line)
    if counted:
        return counted_reading(counted, line)
    if phrases.event(line):
        return Reading(Kind.RELATIVE)
    if ends_with_plan:
        return _of_plan(Kind.BY_DATE, line)
    if is_whole:
        return _of_plan(Kind.WHOLE_PERIOD, line)
    return Reading(Kind.UNSCHEDULED) if scheduled or _is_once(line) else None


def _is_once(line: Line) -> bool:
    once = phrases.once(line)
    if once and "@" not in line.codes:
        line.doubt(Doubt.AMBIGUOUS)
    return once


def _of_plan(kind: Kind, line: Line) -> Reading:
    if line.period is None:
        line.doubt(Doubt.PERIOD_UNKNOWN)
        return Reading(kind)
    return Reading(kind, None if kind == Kind.BY_DATE else line.period.start, line.period.end)


def _repeated(again: Recurrence, dated: Reading | None, line: Line) -> Reading:
    if dated:
        return Reading(Kind.RECURRING, dated.start, dated.end, again)
    start, end = line.period or (None, None)
    return Reading(Kind.RECURRING, start, end, again)


def _finished(found: Reading | None, line: Line) -> Reading:
    """Add the doubts that only the whole reading shows."""
    if found is None:
        line.doubt(Doubt.NOT_UNDERSTOOD)
        return Reading(Kind.UNSCHEDULED, warnings=_unique(line.doubts, without=_OF_DATES))
    if not set(line.codes.split()) <= _IDLE:
        line.doubt(Doubt.PARTLY_UNDERSTOOD)
    if "ориентировочно" in line.codes:
        line.doubt(Doubt.APPROXIMATE)
    if is_outside(found, line.period):
        line.doubt(Doubt.OUTSIDE_PERIOD)
    return Reading(found.kind, found.start, found.end, found.recurrence, _unique(line.doubts))


def is_outside(found: Reading, period: Period | None) -> bool:
    """Say whether a day that is known lies before or after the plan."""
    known = [day for day in (found.start, found.end) if day]
    return period is not None and any(not period.start <= day <= period.end for day in known)


def _unique(doubts: list[Doubt], *, without: frozenset[Doubt] = frozenset()) -> tuple[Doubt, ...]:
    return tuple(doubt for doubt in Doubt if doubt in doubts and doubt not in without)
