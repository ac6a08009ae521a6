"""Points joined to stretches: «с … по …», «…–…», «до …», «не позднее …», «с …», or a point by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from .codes import Doubt
from .line import Line, pattern
from .points import Point, month

Mode = Literal["within", "until", "by", "before", "since"]
_MODES: dict[str, Mode] = {"до": "until", "к": "until", "поздний": "by", "по": "by", "перед": "before", "до!": "before"}

_EDGES = (
    (pattern(r"(?:до|к) окончание (?P<a>@\d+)"), r"по \g<a>"),
    (pattern(r"(?:до|к|по) конец (?P<a>@\d+)"), r"по \g<a>"),
    (pattern(r"(?:до|к) начало (?P<a>@\d+)"), r"до! \g<a>"),
    # «до 10 июня, до 15 декабря» are two last days, not a first and a last one
    (pattern(r"(?P<mode>до|поздний|к) (?P<a>@\d+)(?: ,)?(?= (?:до|не поздний|к) @)"), r"\g<mode> \g<a> и"),
)
_PART = pattern(r"(?P<part>начало|середина|конец) (?P<a>@\d+)")
_STRETCH = pattern(
    r"(?:(?:(?:не|в|срок|на|от) )*(?P<mode>до|до!|к|по|поздний|перед|с|после|ранний)(?: в)? )?(?P<a>@\d+)"
    r"(?:(?: ,)? (?P<join>(?:- )?(?:по|до|не поздний)|-) (?P<b>@\d+))?(?P<all> ,? ?включительно)?"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one point to another, or one point and how it is meant."""

    mode: Mode
    first: Point
    last: Point | None = None
    ends_before: bool = False  # «с сентября до мая»

    def with_points(self, first: Point, last: Point | None) -> Stretch:
        """Return the same with other points."""
        return replace(self, first=first, last=last)


def stretches(line: Line) -> list[Stretch]:
    """Take every point out of the line and return what they make up, in order."""
    for rule, better in _EDGES:
        line.codes = rule.sub(better, line.codes)
    line.rewrite(_PART, _part)
    found = [_stretch(line, match) for match in _STRETCH.finditer(line.codes)]
    line.codes = _STRETCH.sub(",", line.codes)
    return found


def _part(line: Line, match: re.Match[str]) -> str:
    """Return the first or last ten days of a longer stretch, or its middle month's."""
    point = line.point(match["a"])
    if point.grain == "day":
        return match["a"]
    line.doubt(Doubt.APPROXIMATE)
    if point.grain == "school_year":
        return line.put(_part_of_school_year(line, point, match["part"]))
    months = (point.last[0] - point.first[0]) % 12
    middle = {"начало": point.first[0], "конец": point.last[0]}.get(
        match["part"], (point.first[0] + months // 2 - 1) % 12 + 1
    )
    days = {"начало": (1, 10), "конец": (21, 0)}.get(match["part"], (11, 20))
    year = point.year + (middle < point.first[0]) if point.year else None
    return line.put(Point((middle, days[0]), (middle, days[1]), "part", year, ends_early=False))


def _part_of_school_year(line: Line, point: Point, part: str) -> Point:
    """Return the month that a school means: lessons end in May, whatever the year's last day is."""
    line.doubt(Doubt.AMBIGUOUS)
    number = {"начало": 9, "конец": 5}.get(part, 1)
    return replace(month(number), year=None if point.year is None else point.year + (number < point.first[0]))


def _stretch(line: Line, match: re.Match[str]) -> Stretch:
    first, whole = line.point(match["a"]), bool(match["all"])
    if match["b"]:
        return _from_to(line, first, line.point(match["b"]), early="до" in match["join"] and not whole)
    mode = match["mode"]
    if mode in {"с", "после", "ранний"}:
        if mode == "после":
            line.doubt(Doubt.AMBIGUOUS)
        return Stretch("since", first)
    found: Mode = _MODES.get(mode, "within")
    if found == "until" and (whole or not first.ends_early):
        found = "by"
    if mode in {"до", "к"} and first.grain == "part":
        line.doubt(Doubt.AMBIGUOUS)
    if found == "until":
        line.doubt(Doubt.UNTIL_MONTH, Doubt.AMBIGUOUS)
    return Stretch(found, first)


def _from_to(line: Line, first: Point, last: Point, *, early: bool) -> Stretch:
    early = early and last.ends_early
    if early:
        line.doubt(Doubt.UNTIL_MONTH, Doubt.AMBIGUOUS)
    return Stretch("within", first, last, ends_before=early)
