"""Fills a school's register: people, bases, mentorships, plans, meetings, trainings, consents. Tenant schema."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from random import Random

from mentoring_reports.register.enums import ConsentKind, PersonKind, RoleKind
from mentoring_reports.register.models import (
    Consent,
    IndividualPlan,
    Meeting,
    MeetingAttendance,
    Mentee,
    MentoringForm,
    Mentorship,
    Person,
    PlanTask,
    Role,
    Training,
    TrainingAttendance,
)

from .calendar import Calendar
from .cohorts import DAY, Cohort, CohortMaker, meetings_of, plan_of, tasks_of
from .data import read
from .people import people_of
from .plan import SchoolPlan

PRESENT_AT_MEETINGS, PRESENT_AT_TRAININGS, WILLING_TO_LEARN = 0.94, 0.75, 0.4


def fill_register(plan: SchoolPlan, calendar: Calendar) -> None:
    """Write the school's register as it stands on the base day. The schema must hold none yet."""
    people = Person.objects.bulk_create(people_of(plan, calendar))
    forms = {form.code: form for form in MentoringForm.objects.all()}
    makers = [CohortMaker(plan, calendar, people, forms, year) for year in calendar.school_years]
    cohorts = [maker.make() for maker in makers if maker.takes_place]
    for cohort in cohorts:
        _write_pairs(cohort)
        _write_work(cohort, plan, calendar.base)
    Role.objects.bulk_create(_roles(cohorts, calendar.base))
    Consent.objects.bulk_create(_consents(cohorts, plan))
    for cohort in cohorts:
        _write_trainings(cohort, plan, calendar.base)


def _write_pairs(cohort: Cohort) -> None:
    Mentorship.objects.bulk_create(pairing.mentorship for pairing in cohort.pairings)
    mentees = [mentee for pairing in cohort.pairings for mentee in pairing.mentees]
    for mentee in mentees:
        mentee.mentorship = mentee.mentorship  # takes the key that the mentorship has been given
    Mentee.objects.bulk_create(mentees)


def _write_work(cohort: Cohort, plan: SchoolPlan, base: dt.date) -> None:
    random = plan.random(f"work {cohort.start}")
    plans, meetings = [], []
    for pairing in cohort.pairings:
        plans += [plan_of(mentee, cohort, plan, base, random) for mentee in pairing.mentees]
        meetings += meetings_of(pairing, cohort, plan, base, random)
    IndividualPlan.objects.bulk_create(plans)
    PlanTask.objects.bulk_create(task for row in plans for task in tasks_of(row, base, random))
    Meeting.objects.bulk_create(meetings)
    MeetingAttendance.objects.bulk_create(_attendances(cohort, meetings, random))


def _attendances(cohort: Cohort, meetings: Iterable[Meeting], random: Random) -> Iterator[MeetingAttendance]:
    mentees = {id(pairing.mentorship): [row.person for row in pairing.mentees] for pairing in cohort.pairings}
    for meeting in meetings:
        yield MeetingAttendance(meeting=meeting, person=meeting.mentorship.mentor)
        for person in mentees[id(meeting.mentorship)]:
            if random.random() < PRESENT_AT_MEETINGS:
                yield MeetingAttendance(meeting=meeting, person=person)


def _roles(cohorts: list[Cohort], base: dt.date) -> Iterator[Role]:
    """Return one role for each person and base: from the first cohort to the last, open while it goes on."""
    stays: dict[tuple[int, str], tuple[Person, list[Cohort]]] = {}
    for cohort in cohorts:
        for person, kind in _participants(cohort):
            in_cohorts = stays.setdefault((person.pk, kind), (person, []))[1]
            if cohort not in in_cohorts:
                in_cohorts.append(cohort)
    for (_pk, base_of), (person, years) in stays.items():
        until = years[-1].end if years[-1].end < base else None
        yield Role(person=person, kind=base_of, since=years[0].start - 5 * DAY, until=until)


def _participants(cohort: Cohort) -> Iterator[tuple[Person, RoleKind]]:
    for pairing in cohort.pairings:
        yield pairing.mentorship.mentor, RoleKind.MENTOR
        yield from ((mentee.person, RoleKind.MENTEE) for mentee in pairing.mentees)
    yield from ((person, RoleKind.MENTEE) for person in cohort.unpaired)


def _consents(cohorts: list[Cohort], plan: SchoolPlan) -> Iterator[Consent]:
    """Return everybody's consents from their first cohort on; a few are still missing."""
    random = plan.random("consents")
    seen: set[tuple[int, str]] = set()
    for cohort in cohorts:
        for person, role in _participants(cohort):
            for kind in _consents_needed(person, role):
                if (person.pk, kind) not in seen and random.random() < 0.9 + 0.1 * plan.diligence:
                    yield Consent(person=person, kind=kind, given_on=cohort.start - 7 * DAY, document="Папка 04-12")
                seen.add((person.pk, kind))


def _consents_needed(person: Person, role: RoleKind) -> Iterator[ConsentKind]:
    yield ConsentKind.DATA
    if person.kind == PersonKind.PUPIL:
        yield ConsentKind.LEGAL_REPRESENTATIVE
    elif role == RoleKind.MENTOR and person.is_teaching:
        yield ConsentKind.MENTOR_DUTIES


def _write_trainings(cohort: Cohort, plan: SchoolPlan, base: dt.date) -> None:
    """Write the year's sessions of the school of mentors, two halves of them, and who came."""
    random = plan.random(f"trainings {cohort.start}")
    trainings = Training.objects.bulk_create(_trainings(cohort, plan, base, random))
    mentors = {pairing.mentorship.mentor for pairing in cohort.pairings if pairing.mentorship.mentor.is_teaching}
    willing = [
        person
        for person in sorted(mentors, key=lambda person: person.pk)
        if random.random() < WILLING_TO_LEARN + (1 - WILLING_TO_LEARN) * plan.diligence
    ]
    TrainingAttendance.objects.bulk_create(
        TrainingAttendance(training=training, person=person)
        for training in trainings
        for person in willing
        if random.random() < PRESENT_AT_TRAININGS
    )


def _trainings(cohort: Cohort, plan: SchoolPlan, base: dt.date, random: Random) -> Iterator[Training]:
    for half_start in (cohort.start, dt.date(cohort.end.year, 1, 25)):
        for number in range(random.randint(1, round(1 + 3 * plan.diligence))):
            day = half_start + DAY * (14 + 18 * number + random.randint(0, 6))
            if cohort.start <= day <= min(base, cohort.end):
                yield Training(
                    title=random.choice(read("pages")["trainings"]),
                    held_on=day,
                    hours=2,
                    experts=random.randint(0, round(1 + 2 * plan.diligence)),
                )
