"""The line of codes while the rules work on it: what is read becomes `@n`, the n-th point in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .codes import Doubt, Period
from .points import Point

Build = Callable[["Line", re.Match[str]], "str | None"]
Rule = tuple[re.Pattern[str], Build]
_SPACES = re.compile(" {2,}")


def pattern(text: str) -> re.Pattern[str]:
    """Compile a rule over whole codes: every code has a space on either side."""
    return re.compile(rf"(?<= )(?:{text})(?= )")


class Line:
    """Codes between spaces, the points read so far and the doubts."""

    def __init__(self, codes: str, period: Period | None, doubts: Iterable[Doubt] = ()) -> None:
        """Begin with nothing read."""
        self.codes = f" {codes} "
        self.period = period
        self.points: list[Point] = []
        self.doubts = list(doubts)

    def put(self, point: Point) -> str:
        """Keep the point; return the code it is known by."""
        self.points.append(point)
        return f"@{len(self.points) - 1}"

    def point(self, code: str) -> Point:
        """Return the point of a code or of its number."""
        return self.points[int(code.lstrip("@"))]

    def apply(self, rules: Iterable[Rule]) -> None:
        """Rewrite what the rules match; a rule that answers None leaves it as it is."""
        for rule, build in rules:
            self.rewrite(rule, build)

    def rewrite(self, rule: re.Pattern[str], build: Build) -> None:
        """Rewrite every match of one rule."""

        def replaced(match: re.Match[str]) -> str:
            found = build(self, match)
            return match[0] if found is None else found

        self.codes = _SPACES.sub(" ", rule.sub(replaced, self.codes))

    def take(self, rule: re.Pattern[str]) -> re.Match[str] | None:
        """Return the rule's first match and blot it out; a comma stays, so that its neighbours do not grow together."""
        match = rule.search(self.codes)
        if match:
            self.codes = _SPACES.sub(" ", f"{self.codes[: match.start()]} , {self.codes[match.end() :]}")
        return match

    def doubt(self, *doubts: Doubt) -> None:
        """Add doubts."""
        self.doubts += doubts

    @property
    def is_school_plan(self) -> bool:
        """Say whether the plan runs over the turn of a year, as a school year does; so does a plan of no known days."""
        return self.period is None or self.period.start.year != self.period.end.year
