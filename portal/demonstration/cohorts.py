"""Who leads whom in each school year, and what they did: mentorships with plans and meetings. Tenant schema.

Rows are built unsaved and written in bulk by `register`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from mentoring_reports.register.enums import MeetingKind, PersonKind, RoleModel
from mentoring_reports.register.models import (
    IndividualPlan,
    Meeting,
    Mentee,
    MentoringForm,
    Mentorship,
    Person,
    PlanTask,
)

from .calendar import Calendar
from .data import read
from .plan import SchoolPlan

EXPERIENCED_YEARS, YOUNG_YEARS = 5, 3
SHORT_PLANS, TASKS_DONE = 0.4, 0.6  # shares: plans due before the new year, tasks done of plans not completed
DAY = dt.timedelta(days=1)
# (form, role model, mentors' kind, mentees' kind, fewest and most mentees of one mentor)
PUPIL_FORMS = (
    ("teacher-pupil", RoleModel.LEADER_PASSIVE, PersonKind.STAFF, 3, 6),
    ("pupil-pupil", RoleModel.ACHIEVER_UNDERACHIEVER, PersonKind.PUPIL, 1, 3),
    ("employer-pupil", RoleModel.PROFESSIONAL_NEWCOMER, PersonKind.PARTNER, 2, 5),
)


@dataclass(frozen=True)
class Pairing:
    """One mentor with mentees in a form, in one school year."""

    mentorship: Mentorship
    mentees: list[Mentee]


@dataclass(frozen=True)
class Cohort:
    """The pairs and groups of one school year; `unpaired` stand in the base of mentees only."""

    start: dt.date
    end: dt.date
    pairings: list[Pairing]
    unpaired: list[Person]


class CohortMaker:
    """Makes the cohort of one school year from the school's people."""

    def __init__(
        self, plan: SchoolPlan, calendar: Calendar, people: Sequence[Person], forms: dict[str, MentoringForm], year: int
    ) -> None:
        self.plan, self.calendar, self.forms, self.year = plan, calendar, forms, year
        self.random: Random = plan.random(f"cohort {year}")
        self.start = max(dt.date(year, 9, 20) + DAY * self.random.randint(0, 20), self._first_day())
        self.end = min(dt.date(year + 1, 6, 20), plan.closed_on or dt.date.max)
        self.people = [person for person in people if person.is_at_school_on(self.start) and self._stays(person)]

    def _first_day(self) -> dt.date:
        return self.plan.opened_on + 14 * DAY if self.plan.opened_on else dt.date.min

    def _stays(self, person: Person) -> bool:
        return person.left_on is None or person.left_on >= self.end

    @property
    def takes_place(self) -> bool:
        """Say whether the year's pairs had been formed by the base day, at a school that was at work."""
        return self.start <= self.calendar.base and self.start < self.end

    def make(self) -> Cohort:
        """Form the pairs and groups of the year."""
        pairings, unpaired = self._teachers_lead_teachers()
        for form, model, kind, fewest, most in PUPIL_FORMS:
            pairings += self._groups_of_pupils(form, model, kind, fewest, most)
        return Cohort(self.start, self.end, pairings, unpaired)

    def _teachers_lead_teachers(self) -> tuple[list[Pairing], list[Person]]:
        mentees = self._teachers_to_lead()
        waiting = [person for person in mentees if self.random.random() > 0.75 + self.plan.diligence / 4]
        led = [person for person in mentees if person not in waiting]
        mentors = self._mentors()
        groups: dict[int, list[Person]] = {}
        for number, person in enumerate(led):
            groups.setdefault(number % len(mentors), []).append(person)
        pairs = [
            self._pairing(mentors[number], group, "teacher-teacher", RoleModel.EXPERIENCED_NOVICE)
            for number, group in groups.items()
        ]
        return pairs, waiting

    def _teachers_to_lead(self) -> list[Person]:
        young = [person for person in self._teachers() if self._years(person) < YOUNG_YEARS]
        others = [person for person in self._teachers() if YOUNG_YEARS <= self._years(person) <= 2 * EXPERIENCED_YEARS]
        extra = self.random.sample(others, min(len(others), round(len(self._teachers()) * 0.06)))
        return [person for person in young if self.random.random() < 0.4 + 0.6 * self.plan.diligence] + extra

    def _mentors(self) -> list[Person]:
        """Return the year's mentors: nearly the same every year, a few more each time."""
        able = [person for person in self._teachers() if self._years(person) > 2 * EXPERIENCED_YEARS]
        able = able or sorted(self._teachers(), key=self._years)[-1:]
        share = 0.005 + 0.13 * self.plan.diligence**2 + 0.012 * (self.year - self.calendar.programme_start.year)
        return able[: max(1, round(len(self._teachers()) * share))]

    def _groups_of_pupils(
        self, form: str, model: RoleModel, kind: PersonKind, fewest: int, most: int
    ) -> Iterator[Pairing]:
        pupils = [person for person in self.people if person.kind == PersonKind.PUPIL]
        mentors = self._leaders_of_pupils(kind, pupils)
        free = [person for person in pupils if person not in mentors]
        self.random.shuffle(free)
        for mentor in mentors:
            size = self.random.randint(fewest, most)
            group, free = free[:size], free[size:]
            if group:
                yield self._pairing(mentor, group, form, model)

    def _leaders_of_pupils(self, kind: PersonKind, pupils: list[Person]) -> list[Person]:
        if kind == PersonKind.PUPIL:
            return pupils[: len(pupils) // 12]
        if kind == PersonKind.PARTNER:
            return [person for person in self.people if person.kind == PersonKind.PARTNER][: len(pupils) // 12]
        return self._mentors()[: len(pupils) // 14]

    def _pairing(self, mentor: Person, mentees: list[Person], form: str, model: RoleModel) -> Pairing:
        mentorship = Mentorship(
            mentor=mentor,
            form=self.forms[form],
            role_model=model,
            title="" if len(mentees) == 1 else f"Группа {self.year}/{(self.year + 1) % 100:02}: {mentor.post}",
            started_on=self.start,
            ended_on=self.end if self.end < self.calendar.base else None,
            order_number=f"{self.random.randint(40, 180)}-од от {self.start:%d.%m.%Y}",
        )
        return Pairing(mentorship, [Mentee(mentorship=mentorship, person=person) for person in mentees])

    def _teachers(self) -> list[Person]:
        return [person for person in self.people if person.is_teaching]

    def _years(self, person: Person) -> int:
        return person.years_of_service(self.start) or 0


def plan_of(mentee: Mentee, cohort: Cohort, school: SchoolPlan, base: dt.date, random: Random) -> IndividualPlan:
    """Return a mentee's plan for the year: most are approved and completed, as diligently as the school works."""
    last_autumn = dt.date(cohort.start.year, 12, 25)
    ends_in_autumn = random.random() < SHORT_PLANS and cohort.start < last_autumn
    due = last_autumn if ends_in_autumn else dt.date(cohort.end.year, 5, 25)
    due = min(due - DAY * random.randint(0, 10), cohort.end)
    approved = cohort.start + DAY * random.randint(5, 25)
    completed = due + DAY * random.randint(-14, 5)
    is_done = random.random() < 0.45 + 0.55 * school.diligence and completed <= base
    return IndividualPlan(
        mentee=mentee,
        title=random.choice(read("pages")["plans"]),
        approved_on=approved if random.random() < 0.6 + 0.4 * school.diligence and approved <= base else None,
        order_number=f"{random.randint(40, 180)}-од",
        due_on=max(due, approved + 20 * DAY),
        completed_on=max(completed, approved) if is_done else None,
    )


def tasks_of(plan: IndividualPlan, base: dt.date, random: Random) -> Iterator[PlanTask]:
    """Return two tasks of a plan."""
    for number, (title, result) in enumerate(random.sample(read("pages")["tasks"], 2)):
        due = plan.due_on - DAY * (40 - 30 * number)
        is_done = plan.completed_on is not None or (due < base and random.random() < TASKS_DONE)
        done = min(due - DAY * random.randint(0, 6), base) if is_done else None
        yield PlanTask(plan=plan, title=title, due_on=due, done_on=done, result=result if is_done else "")


def meetings_of(pairing: Pairing, cohort: Cohort, school: SchoolPlan, base: dt.date, random: Random) -> list[Meeting]:
    """Return the meetings held by the base day: three to begin with, joint work month by month, a final one in May."""
    days = [(MeetingKind.ACQUAINTANCE, 3), (MeetingKind.TRIAL, 12), (MeetingKind.PLANNING, 20)]
    days += [(MeetingKind.WORK, 45 + 35 * number) for number in range(round(1 + 4 * school.diligence))]
    meetings = [
        _meeting(pairing, kind, cohort.start + DAY * (after + random.randint(0, 3)), random) for kind, after in days
    ]
    if random.random() < school.diligence:
        meetings.append(
            _meeting(pairing, MeetingKind.FINAL, dt.date(cohort.end.year, 5, random.randint(14, 28)), random)
        )
    return [meeting for meeting in meetings if cohort.start <= meeting.held_on <= min(base, cohort.end)]


def _meeting(pairing: Pairing, kind: MeetingKind, day: dt.date, random: Random) -> Meeting:
    topic = random.choice(read("pages")["meetings"][kind.value])
    return Meeting(mentorship=pairing.mentorship, kind=kind, held_on=day, topic=topic)
