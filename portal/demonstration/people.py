"""People of an invented school: names put together from lists, posts, and days at the school. Tenant schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from mentoring_reports.register.enums import PersonKind
from mentoring_reports.register.models import Person

from .calendar import SEPTEMBER, Calendar
from .data import read
from .plan import SchoolPlan

YOUNG_SHARE, NEWCOMER_SHARE, LEAVING_SHARE = 0.13, 0.12, 0.04
WITH_PUPILS, WITH_PARTNERS = 25, 30  # a school smaller than this has no such participants


@dataclass(frozen=True)
class Numbers:
    """How many people of each kind a school has."""

    teachers: int
    others: int
    pupils: int
    partners: int

    @classmethod
    def of(cls, plan: SchoolPlan) -> Numbers:
        """Divide a school's people: kindergartens have no pupils in the register."""
        total = plan.people
        pupils = total * 35 // 100 if total >= WITH_PUPILS and plan.type_code != "kindergarten" else 0
        partners = min(4, total // 20) if total >= WITH_PARTNERS else 0
        others = max(1, total // 14)
        return cls(total - pupils - partners - others, others, pupils, partners)


class Names:
    """Full names that do not repeat within a school."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._used: set[tuple[str, ...]] = set()

    def next(self, age: str) -> dict[str, str]:
        """Return the name fields of an "adult" or "young" person."""
        while True:
            name = self._draw(age)
            if name not in self._used:
                self._used.add(name)
                return dict(zip(("last_name", "first_name", "patronymic"), name, strict=True))

    def _draw(self, age: str) -> tuple[str, str, str]:
        words, random = read("names"), self._random
        is_woman = random.random() < (0.8 if age == "adult" else 0.5)
        surname = random.choice(words["surnames"])
        father = random.choice(words["fathers"])
        first = random.choice(words["women" if is_woman else "men"][age])
        return (feminine(surname) if is_woman else surname), first, father[is_woman]


def feminine(surname: str) -> str:
    """Return the feminine form of a surname."""
    return surname.removesuffix("ий") + "ая" if surname.endswith("ий") else surname + "а"


def people_of(plan: SchoolPlan, calendar: Calendar) -> list[Person]:
    """Return the school's people, not saved yet; the same for the same plan and calendar."""
    random = plan.random("people")
    names, numbers = Names(random), Numbers.of(plan)
    people = [
        *_teachers(plan, calendar, numbers.teachers, names, random),
        *_others(numbers.others, names, random),
        *_pupils(calendar, numbers.pupils, names, random),
        *_partners(calendar, numbers.partners, names, random),
    ]
    for person in people:
        _fit(person, plan, calendar)
    return people


def _teachers(plan: SchoolPlan, calendar: Calendar, count: int, names: Names, random: Random) -> Iterator[Person]:
    posts = read("names")["posts"][plan.staffing]
    for number in range(count):
        is_young = number < max(1, round(count * YOUNG_SHARE))
        joined = _joined(calendar, random, is_young=is_young)
        since = joined if is_young else joined - dt.timedelta(days=random.randint(0, 3000) + 1500)
        yield Person(
            **names.next("adult"),
            kind=PersonKind.STAFF,
            is_teaching=True,
            post=random.choice(posts),
            joined_on=joined,
            teaching_since=since,
            left_on=_left(calendar, random, joined) if not is_young else None,
            birth_date=dt.date(since.year - random.randint(22, 26), random.randint(1, 12), random.randint(1, 28)),
        )


def _joined(calendar: Calendar, random: Random, *, is_young: bool) -> dt.date:
    """Return the first day at the school: for a young teacher a September of the last years."""
    first = calendar.programme_start.year
    if is_young or random.random() < NEWCOMER_SHARE:
        return dt.date(random.randint(first - 1, calendar.base.year - (calendar.base.month < SEPTEMBER)), SEPTEMBER, 1)
    return dt.date(random.randint(first - 24, first - 2), SEPTEMBER, 1)


def _left(calendar: Calendar, random: Random, joined: dt.date) -> dt.date | None:
    day = dt.date(random.choice(calendar.school_years) + 1, 6, 30)
    return day if random.random() < LEAVING_SHARE and joined < day < calendar.base else None


def _others(count: int, names: Names, random: Random) -> Iterator[Person]:
    for _number in range(count):
        post = random.choice(read("names")["posts"]["others"])
        yield Person(**names.next("adult"), kind=PersonKind.STAFF, post=post, joined_on=dt.date(2015, SEPTEMBER, 1))


def _pupils(calendar: Calendar, count: int, names: Names, random: Random) -> Iterator[Person]:
    year = calendar.programme_start.year
    for _number in range(count):
        form = random.randint(5, 9)
        yield Person(
            **names.next("young"),
            kind=PersonKind.PUPIL,
            post=f"{form} «{random.choice('АБВ')}» класс",
            joined_on=dt.date(year - form + 5, SEPTEMBER, 1),
            birth_date=dt.date(year - form - 6, random.randint(1, 12), random.randint(1, 28)),
        )


def _partners(calendar: Calendar, count: int, names: Names, random: Random) -> Iterator[Person]:
    posts = random.sample(read("names")["posts"]["partners"], count)
    for post in posts:
        yield Person(**names.next("adult"), kind=PersonKind.PARTNER, post=post, joined_on=calendar.programme_start)


def _fit(person: Person, plan: SchoolPlan, calendar: Calendar) -> None:
    """Keep everybody's days inside the school's own, and a closed school empty."""
    if plan.opened_on:
        person.joined_on = max(person.joined_on, plan.opened_on)
        person.left_on = person.left_on if person.left_on and person.left_on > plan.opened_on else None
    if plan.closed_on and plan.closed_on < calendar.base:
        person.joined_on = min(person.joined_on, calendar.programme_start)
        person.left_on = min(person.left_on or plan.closed_on, plan.closed_on)
