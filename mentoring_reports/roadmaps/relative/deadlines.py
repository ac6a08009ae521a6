"""Deadlines counted from a school's own first day: «в течение 10 дней с начала», «до конца второй недели». Pure.

What the grammar reads by itself (months, quarters, the whole period, «первый месяц») it reads here too, in a plan that
begins on that day. The rules below add what counts from the plan's beginning or back from its end. A phrase that counts
from another event, whose day nobody knows yet, stays without dates and says so: no day is ever invented.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from mentoring_reports.roadmaps.deadlines import Deadline, Doubt, Kind, Period, read_deadline

from .days import Span, after, before, nth, working_days
from .words import alike

_UNIT = r"(?P<unit>работы|день|неделя|месяц|квартал|полугодие|год)"
_MANY = rf"(?:(?P<n>\d{{1,3}}) )?{_UNIT}"
# What a plan is called. «Начало занятий» or «окончание конкурса» is another event.
_PLAN = (
    r"(?: (?:реализации|действия|исполнения|выполнения|внедрения|программы|пн|проекта|периода|плана|мероприятий плана|"
    r"дорожной карты|дк|целевой модели|цмн|модели|системы|наставничества|этого|настоящей|данной|срока))"
)
_FROM = rf"(?:с|со|от|после) (?:(?:день|момента|даты) )?(?:начала|старта|запуска){_PLAN}*"
_SCHOOL = r"(?:с|со|от|после) (?:(?:день|момента|даты) )?(?:начала|старта)(?: нового)? учгод"
_END = rf"(?:окончания|завершения|конца|конец|окончании){_PLAN}*"
_WITHIN = r"(?:в течение|в срок до|за|не позднее|не позже|до|в срок|в период)"

Found = Span | None
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Period], Found]]


def _number(match: re.Match[str]) -> int:
    return int(match["n"] or 1)


def _first_of_school_year(period: Period) -> dt.date | None:
    day = dt.date(period.start.year, 9, 1)
    return day if period.start <= day <= period.end else None


def _within(match: re.Match[str], period: Period) -> Found:
    return working_days(period.start, match["unit"], _number(match))


def _within_school_year(match: re.Match[str], period: Period) -> Found:
    first = _first_of_school_year(period)
    return working_days(first, match["unit"], _number(match)) if first else None


def _later(match: re.Match[str], period: Period) -> Found:
    day = after(period.start, match["unit"], _number(match))
    return Span(period.start if match["latest"] else None, day)


def _to_end_of(match: re.Match[str], period: Period) -> Found:
    span = nth(period.start, match["unit"], int(match["o"]))
    return replace(span, start=None) if span else None


def _from_to(match: re.Match[str], period: Period) -> Found:
    first, last = (nth(period.start, match["unit"], int(match[name])) for name in ("a", "b"))
    return Span(first.start, last.end) if first and last and first.end <= last.end else None


def _counted(match: re.Match[str], period: Period) -> Found:
    return nth(period.start, match["unit"], int(match["o"]))


def _last(match: re.Match[str], period: Period) -> Found:
    first = before(period.end + dt.timedelta(days=1), match["unit"], _number(match))
    return Span(first, period.end, (Doubt.COUNTED_FROM_END,))


def _before_end(match: re.Match[str], period: Period) -> Found:
    return Span(None, before(period.end, match["unit"], _number(match)), (Doubt.COUNTED_FROM_END,))


def _day_of_month(match: re.Match[str], period: Period) -> Found:
    month, day = nth(period.start, "месяц", int(match["o"])), int(match["day"])
    if not month or not month.start or not 1 <= day <= 28:  # noqa: PLR2004  (the days that every month has)
        return None
    found = month.start.replace(day=day)
    doubts = () if month.start.day == 1 else (Doubt.AMBIGUOUS,)
    return Span(None, found if found >= month.start else after(found, "месяц", 1), doubts)


_RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"{_WITHIN} {_MANY} {_FROM}", _within),
        (rf"{_WITHIN} {_MANY} {_SCHOOL}", _within_school_year),
        (rf"(?P<latest>не поздн\w+ (?:чем )?)?(?:через|спустя) {_MANY} {_FROM}", _later),
        (rf"(?:до|к|не поздн\w+) (?:конца|концу|окончания) #(?P<o>\d+) {_UNIT}{_PLAN}*", _to_end_of),
        (rf"(?:с|со) #(?P<a>\d+) по #(?P<b>\d+) {_UNIT}{_PLAN}*", _from_to),
        (rf"(?:в течение |в )?#(?P<a>\d+)(?: и |-)#?(?P<b>\d+) {_UNIT}{_PLAN}*", _from_to),
        (rf"(?:в |на |в течение )?#(?P<o>\d+) (?P<unit>квартал|полугодие|год){_PLAN}+", _counted),
        (r"(?P<unit>месяц|неделя) (?:№ ?)?#?(?P<o>\d{1,2})", _counted),
        (rf"(?:в )?#(?P<o>1) (?P<unit>день){_PLAN}*", _counted),
        (rf"(?:в |за |на |в течение )?последн\w+ {_MANY}{_PLAN}*", _last),
        (rf"(?:не поздн\w+ (?:чем )?)?за {_MANY} до {_END}", _before_end),
        (rf"(?:до|не позднее) (?P<day>\d{{1,2}}) числа #(?P<o>\d+) месяц{_PLAN}*", _day_of_month),
        (rf"в день начала{_PLAN}*", lambda _match, period: Span(period.start, period.start)),
        (rf"до начала{_PLAN}+", lambda _match, period: Span(None, before(period.start, "день", 1))),
        (rf"(?:не поздн\w+ чем )?за {_MANY} до начала{_PLAN}+", lambda match, period: Span(
            None, before(period.start, match["unit"], _number(match)))),
    )
)  # fmt: skip
_BEGINNING_WITH = re.compile(r"начиная со? #(\d+) (месяц|неделя)")


def dated_from(deadline: Deadline, start_day: dt.date, period: tuple[dt.date, dt.date]) -> Deadline:
    """Return the deadline with the days that it means in a plan that begins on `start_day` and ends with the period.

    The text stays. What cannot be dated has no days and the doubt `event_unknown`.
    """
    plan = Period(start_day, max(start_day, period[1]))
    found = read_deadline(deadline.text, plan)
    phrase = alike(deadline.text)
    if span := _span(phrase, plan):
        return _dated(deadline.text, span, plan)
    if found.recurrence:
        return _begun_later(found, phrase, plan)
    if found.kind == Kind.RELATIVE and not (found.start or found.end):
        return replace(found, warnings=(*found.warnings, Doubt.EVENT_UNKNOWN))
    return found


def deadline_in(text: str, first: dt.date, last: dt.date) -> Deadline:
    """Return what a template's deadline means in a plan of these days."""
    return dated_from(read_deadline(text), first, Period(first, last))


def _span(phrase: str, plan: Period) -> Found:
    """Return the days by the first rule that fits the whole phrase; none where there are no such days."""
    for pattern, rule in _RULES:
        match = pattern.fullmatch(phrase)
        try:
            span = rule(match, plan) if match else None
        except (ValueError, OverflowError):  # a day before the year 1 or after 9999
            continue
        if span and (span.start is None or span.start <= span.end):
            return span
    return None


def _dated(text: str, span: Span, plan: Period) -> Deadline:
    doubts = span.doubts if Doubt.COUNTED_FROM_END in span.doubts else (*span.doubts, Doubt.COUNTED_FROM_START)
    known = [day for day in (span.start, span.end) if day]
    if any(not plan.start <= day <= plan.end for day in known):
        doubts = (*doubts, Doubt.OUTSIDE_PERIOD)
    return Deadline(text, Kind.RELATIVE, span.start, span.end, None, doubts)


def _begun_later(found: Deadline, phrase: str, plan: Period) -> Deadline:
    """Let «ежемесячно, начиная со второго месяца» begin with that month."""
    match = _BEGINNING_WITH.search(phrase)
    span = nth(plan.start, match[2], int(match[1])) if match else None
    if span is None or span.start is None or span.start > plan.end:
        return found
    return replace(found, start=span.start)
