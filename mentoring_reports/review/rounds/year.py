"""A school year of rounds as geometry: where each stretch lies between 1 September and 31 August. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .periods import SEPTEMBER, YEAR, months_later, school_year_of

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round
    from mentoring_reports.submissions.rates import Rates

FIRST_YEAR, LAST_YEAR = 1990, 2200  # what an address may ask for
ALL = 100.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on the year's line, in percent of its length; `is_cut` where some lie outside of the year."""

    x: float
    width: float
    is_cut: bool


@dataclass(frozen=True)
class Month:
    """A month's first day and where it begins and ends on the line."""

    day: dt.date
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Return where its name stands."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Row:
    """A round on the year's line: what it is about, when it is collected, and the days that matter."""

    round: Round
    numbers: Rates
    period: Stretch | None
    taking: Stretch | None
    late: Stretch | None
    marks: dict[str, float]


@dataclass(frozen=True)
class SchoolYear:
    """The school year that begins in `year`."""

    year: int

    @classmethod
    def asked(cls, text: str, today: dt.date) -> SchoolYear:
        """Return the year that an address asks for, today's where it asks for none that can be."""
        is_year = text.isdecimal() and len(text) == len(str(LAST_YEAR))
        return cls(int(text) if is_year and FIRST_YEAR <= int(text) <= LAST_YEAR else school_year_of(today))

    @property
    def start(self) -> dt.date:
        """Return 1 September."""
        return dt.date(self.year, SEPTEMBER, 1)

    @property
    def end(self) -> dt.date:
        """Return 31 August."""
        return dt.date(self.year + 1, SEPTEMBER, 1) - dt.timedelta(days=1)

    @property
    def name(self) -> str:
        """Return 2026/27."""
        return f"{self.year}/{(self.year + 1) % 100:02}"

    @property
    def before(self) -> SchoolYear | None:
        """Return the year before."""
        return SchoolYear(self.year - 1) if self.year > FIRST_YEAR else None

    @property
    def after(self) -> SchoolYear | None:
        """Return the year after."""
        return SchoolYear(self.year + 1) if self.year < LAST_YEAR else None

    @property
    def months(self) -> list[Month]:
        """Return its twelve months."""
        days = [months_later(self.start, number) for number in range(YEAR + 1)]
        edges = [self._place(day) for day in days]
        return [Month(days[n], edges[n], round(edges[n + 1] - edges[n], 3)) for n in range(YEAR)]

    def place(self, day: dt.date) -> float | None:
        """Return the middle of a day on the line; None where it is not of the year."""
        if not self.start <= day <= self.end:
            return None
        return round((self._place(day) + self._place(day + dt.timedelta(days=1))) / 2, 3)

    def stretch(self, first: dt.date, last: dt.date) -> Stretch | None:
        """Return the days from the first to the last, both included, as far as they are of the year."""
        begins, ends = max(first, self.start), min(last, self.end)
        if begins > ends:
            return None
        x = self._place(begins)
        width = round(self._place(ends + dt.timedelta(days=1)) - x, 3)
        return Stretch(x, width, is_cut=(begins, ends) != (first, last))

    def rows(self, rounds: Iterable[Round], numbers: dict[int, Rates]) -> list[Row]:
        """Return the rounds, those that open first before the others."""
        in_order: Sequence[Any] = sorted(rounds, key=lambda round_: (round_.opens, round_.pk))
        return [self._row(round_, numbers[round_.pk]) for round_ in in_order]

    def _row(self, round_: Round, numbers: Rates) -> Row:
        marks = {name: self.place(getattr(round_, name)) for name in ("opens", "due", "closes")}
        return Row(
            round=round_,
            numbers=numbers,
            period=self.stretch(round_.period_start, round_.period_end),
            taking=self.stretch(round_.opens, round_.due),
            late=self.stretch(round_.due + dt.timedelta(days=1), round_.closes),
            marks={name: place for name, place in marks.items() if place is not None},
        )

    def _place(self, day: dt.date) -> float:
        return round(ALL * (day - self.start).days / ((self.end - self.start).days + 1), 3)
