"""Years for points that are written without one: from their neighbours, from a year beside them, from the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from .codes import Doubt, Period
from .points import Point
from .stretches import Stretch

_LONG = ("year", "school_year")


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch's first and last day; None where it is open or no year is known."""

    start: dt.date | None
    end: dt.date | None


def settled(found: list[Stretch], period: Period | None) -> tuple[list[Stretch], set[Doubt]]:
    """Return the stretches with a year at every point that one can be found for."""
    doubts: set[Doubt] = set()
    found = _from_context(found)
    found = [_paired(stretch) for stretch in found]
    found = _from_neighbours(found, period, doubts)
    return [_from_period(stretch, period, doubts) for stretch in found], doubts


def days(stretch: Stretch) -> Days:
    """Return the days of a stretch whose years are settled."""
    first, last = stretch.first, stretch.last
    if first.year is None or (last and last.year is None):
        return Days(None, None)
    start = first.start(first.year)
    if stretch.mode == "within":
        return Days(start, _end(stretch))
    if stretch.mode == "since":
        return Days(start, None)
    if stretch.mode == "by":
        return Days(None, first.end(first.year))
    before = start - dt.timedelta(days=1)
    return Days(None, first.until(first.year) if stretch.mode == "until" else before)


def _end(stretch: Stretch) -> dt.date:
    last = stretch.last or stretch.first
    year = last.year or 0
    return last.until(year) if stretch.ends_before else last.end(year)


def _from_context(found: list[Stretch]) -> list[Stretch]:
    """Give a year that stands by itself («сентябрь, 2022», «2022-2023 уч. год: май») to the points without one."""
    contexts = [s for s in found if s.mode == "within" and not s.last and s.first.grain in _LONG and s.first.year]
    if len(contexts) != 1 or not any(_is_open(stretch) for stretch in found):
        return found
    context, place = contexts[0].first, found.index(contexts[0])
    rest = [stretch for stretch in found if stretch is not contexts[0]]
    if context.grain == "school_year" and context.year is not None:
        return [_in_school_year(stretch, context.year) for stretch in rest]
    near = max(place - 1, 0)
    rest[near] = _in_year(rest[near], context.year, at_end=place > 0)
    return rest


def _is_open(stretch: Stretch) -> bool:
    return stretch.first.year is None or (stretch.last is not None and stretch.last.year is None)


def _in_school_year(stretch: Stretch, year: int) -> Stretch:
    """Give the school year to the stretch's last point; its first one follows, be it in the year before."""
    first, last = stretch.first, stretch.last
    if last and not last.year:
        return stretch.with_points(first, last.in_school_year(year))
    return stretch.with_points(first if first.year else first.in_school_year(year), last)


def _in_year(stretch: Stretch, year: int | None, *, at_end: bool) -> Stretch:
    if at_end and stretch.last and not stretch.last.year:
        return replace(stretch, last=replace(stretch.last, year=year))
    return stretch if stretch.first.year else replace(stretch, first=replace(stretch.first, year=year))


def _paired(stretch: Stretch) -> Stretch:
    """Give both ends of a stretch a year where one of them has it: «август – май 2023» begins in 2022."""
    first, last = stretch.first, stretch.last
    if last is None or (first.year is None) == (last.year is None):
        return stretch
    goes_over = _goes_over(first, last)
    if last.year is not None:
        return stretch.with_points(first.in_year(last.year - goes_over), last)
    return stretch.with_points(first, last.in_year((first.year or 0) + goes_over))


def _goes_over(first: Point, last: Point) -> bool:
    """Say whether a stretch runs over the turn of a year; «с 20.09 по 10.09» is a slip and not a year's length."""
    return last.first < first.first and not (first.grain == last.grain == "day" and first.first[0] == last.first[0])


def _from_neighbours(found: list[Stretch], period: Period | None, doubts: set[Doubt]) -> list[Stretch]:
    """Let a list share the year that stands at its end, or else the one before: «сентябрь, январь 2023»."""
    found = list(found)
    for place in range(len(found) - 2, -1, -1):
        found[place] = _near(found[place], found[place + 1], -1, period, doubts)
    for place in range(1, len(found)):
        found[place] = _near(found[place], found[place - 1], 1, period, doubts)
    return found


def _near(stretch: Stretch, other: Stretch, step: int, period: Period | None, doubts: set[Doubt]) -> Stretch:
    year = other.first.year
    if stretch.first.year is not None or year is None:
        return stretch
    goes_over = stretch.first.first > other.first.first if step < 0 else stretch.first.first < other.first.first
    candidates = [year + step, year] if goes_over else [year, year + step]
    chosen = next((y for y in candidates if period and _rank(_with_year(stretch, y), period)[0] == 0), candidates[0])
    if chosen != year:
        doubts.add(Doubt.YEAR_INFERRED)
    return _with_year(stretch, chosen)


def _with_year(stretch: Stretch, year: int) -> Stretch:
    first, last = stretch.first.in_year(year), stretch.last
    return stretch.with_points(first, last.in_year(year + _goes_over(first, last)) if last else None)


def _from_period(stretch: Stretch, period: Period | None, doubts: set[Doubt]) -> Stretch:
    if stretch.first.year is not None:
        return stretch
    if period is None:
        doubts.add(Doubt.YEAR_UNKNOWN)
        return stretch
    doubts.add(Doubt.YEAR_INFERRED)
    years = range(period.start.year - 1, period.end.year + 2)
    ranked = sorted((_rank(_with_year(stretch, year), period), year) for year in years)
    best = ranked[0][0][0]
    possible = [year for rank, year in ranked if rank[0] == best]
    if best == _OUTSIDE or len(possible) > 1:
        doubts.add(Doubt.AMBIGUOUS)
    return _with_year(stretch, possible[0])


_INSIDE, _PARTLY, _OUTSIDE = 0, 1, 2


def _rank(stretch: Stretch, period: Period) -> tuple[int, int]:
    """Return how well a reading fits the plan: inside it, partly, or by how many days it misses it."""
    found = days(stretch)
    start, end = found.start or found.end, found.end or found.start
    if start is None or end is None:
        return _OUTSIDE, 0
    if period.start <= start and end <= period.end:
        return _INSIDE, 0
    if start <= period.end and end >= period.start:
        return _PARTLY, 0
    if _is_end_of_current_year(stretch, period):
        return _PARTLY, 0
    return _OUTSIDE, max((period.start - end).days, (start - period.end).days)


def _is_end_of_current_year(stretch: Stretch, period: Period) -> bool:
    """Say whether it is the end of a school year in which the plan goes on: plans often end in May already."""
    first = stretch.first
    if first.grain != "school_year" or stretch.mode != "by" or first.year is None:
        return False
    return first.start(first.year) <= period.end and first.end(first.year) >= period.start
