"""Which schools the demonstration has and how each behaves: a pure, deterministic plan, before anything is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

from .calendar import Calendar
from .data import read

SEED = 2026
DEFAULT_SCHOOLS = 12
FEWEST_PEOPLE, MOST_PEOPLE = 10, 120
# How schools behave beyond the hand-written twelve: (profile, weight), for each of the three rounds.
FINISHED = (
    ("early", 3),
    ("on_time", 6),
    ("late", 2),
    ("corrected", 2),
    ("reopened", 1),
    ("extended", 1),
    ("missing", 1),
)
OPEN = (
    ("accepted_early", 3), ("submitted_now", 4), ("submitted_odd_now", 1), ("returned_now", 1), ("corrected_now", 1),
    ("draft_now", 2), ("not_started_now", 4), ("extended_now", 1), ("exempt_now", 1),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SchoolPlan:
    """One school, invented. `diligence` (0 to 1) says how much of what it plans gets done."""

    host_label: str
    type_code: str
    territory: str
    name: str
    short_name: str
    people: int
    diligence: float
    accent: str
    slogan: str
    address: str
    profiles: tuple[str, ...]
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None

    @property
    def staffing(self) -> str:
        """Return which list of posts its staff is drawn from."""
        return self.type_code if self.type_code in {"kindergarten", "additional"} else "general"

    def random(self, purpose: str) -> Random:
        """Return a generator of its own for one purpose: parts stay the same when another part changes."""
        return Random(f"{SEED}/{self.host_label}/{purpose}")  # noqa: S311  (repeatable on purpose)

    def is_open_on(self, day: dt.date) -> bool:
        """Say whether the school is at work."""
        return (self.opened_on or day) <= day <= (self.closed_on or day)


def school_plans(calendar: Calendar, count: int = DEFAULT_SCHOOLS) -> list[SchoolPlan]:
    """Return the first `count` schools: the hand-written ones, then generated ones of the same patterns."""
    rows = read("schools")["schools"]
    written = [_written(row, calendar) for row in rows[:count]]
    return written + [_generated(number, calendar) for number in range(len(rows) + 1, count + 1)]


def _written(row: dict[str, Any], calendar: Calendar) -> SchoolPlan:
    kind = _type(row["type"])
    rounds = calendar.rounds
    opens, closes = row.get("opens_before_round"), row.get("closes_after_round")
    return SchoolPlan(
        host_label=row["host"],
        type_code=kind["code"],
        territory=row["territory"],
        name=row.get("name") or kind["full"].format(number=row["number"]),
        short_name=row.get("short_name") or kind["short"].format(number=row["number"]),
        people=row["people"],
        diligence=row["diligence"],
        accent=row["accent"],
        slogan=row["slogan"],
        address=row["address"],
        profiles=tuple(row["rounds"]),
        opened_on=rounds[opens - 1].half.start if opens else None,
        closed_on=rounds[closes - 1].half.end + dt.timedelta(days=30) if closes else None,
    )


def _generated(number: int, calendar: Calendar) -> SchoolPlan:
    random = Random(f"{SEED}/school/{number}")  # noqa: S311
    world, more = read("schools"), read("schools")["more"]
    kind = random.choices(world["types"], [6, 2, 1, 5, 2])[0]
    return SchoolPlan(
        host_label=f"school-{number}",
        type_code=kind["code"],
        territory=random.choice(world["municipality"]["territories"]),
        name=kind["full"].format(number=number),
        short_name=kind["short"].format(number=number),
        people=round(random.triangular(FEWEST_PEOPLE, MOST_PEOPLE, 40)),
        diligence=round(random.triangular(0.4, 1, 0.85), 2),
        accent=random.choice(more["accents"]),
        slogan=random.choice(more["slogans"]),
        address=f"Тихоозёрск, {random.choice(more['streets'])} ул., {random.randint(1, 90)}",
        profiles=tuple(_profile(random, plan.is_open) for plan in calendar.rounds),
    )


def _profile(random: Random, is_open: bool) -> str:
    names, weights = zip(*(OPEN if is_open else FINISHED), strict=True)
    return str(random.choices(names, weights)[0])


def _type(code: str) -> dict[str, Any]:
    kinds: list[dict[str, Any]] = read("schools")["types"]
    return next(kind for kind in kinds if kind["code"] == code)
