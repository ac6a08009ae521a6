"""Rows of a register with invented, generic names. Call inside a school's schema."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from mentoring_reports.register.enums import ConsentKind, MeetingKind, PersonKind, RoleKind
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

JOINED = dt.date(2020, 9, 1)
STARTED = dt.date(2024, 9, 2)
DUE = dt.date(2025, 5, 30)
_numbers = count(1)


def make_form(code: str = "", **fields: Any) -> MentoringForm:
    """Return a form of mentoring."""
    number = next(_numbers)
    return MentoringForm.objects.create(**{"code": code or f"form-{number}", "name": f"Форма {number}", **fields})


def make_person(last_name: str = "", **fields: Any) -> Person:
    """Return a teacher, at the school since 1 September 2020 for ever."""
    defaults: dict[str, Any] = {
        "last_name": last_name or f"Участник {next(_numbers)}",
        "first_name": "Имя",
        "kind": PersonKind.STAFF,
        "is_teaching": fields.get("kind", PersonKind.STAFF) == PersonKind.STAFF,
        "joined_on": JOINED,
    }
    return Person.objects.create(**{**defaults, **fields})


def make_role(
    person: Person, kind: str = RoleKind.MENTOR, since: dt.date = JOINED, until: dt.date | None = None
) -> Role:
    """Return a place in the base of mentors or mentees."""
    return Role.objects.create(person=person, kind=kind, since=since, until=until)


def make_mentorship(
    *people: Person, mentor: Person | None = None, form: MentoringForm | None = None, **fields: Any
) -> Mentorship:
    """Return a mentorship with these mentees (one new person, if none is given), going on since 2 September 2024."""
    row = Mentorship.objects.create(
        **{"mentor": mentor or make_person(), "form": form or make_form(), "started_on": STARTED, **fields}
    )
    for person in people or (make_person(),):
        Mentee.objects.create(mentorship=row, person=person)
    return row


def make_mentee(mentorship: Mentorship | None = None, person: Person | None = None, **fields: Any) -> Mentee:
    """Return one mentee of a mentorship; `fields` go to a new mentorship."""
    if mentorship is None:
        return make_mentorship(person or make_person(), **fields).mentees.get()
    return Mentee.objects.create(mentorship=mentorship, person=person or make_person())


def make_plan(mentee: Mentee | None = None, **fields: Any) -> IndividualPlan:
    """Return a plan due on 30 May 2025, not completed."""
    defaults = {"mentee": mentee or make_mentee(), "title": f"План {next(_numbers)}", "due_on": DUE}
    return IndividualPlan.objects.create(**{**defaults, **fields})


def make_task(plan: IndividualPlan, **fields: Any) -> PlanTask:
    """Return a task of a plan."""
    return PlanTask.objects.create(**{"plan": plan, "title": f"Задача {next(_numbers)}", "due_on": DUE, **fields})


def make_meeting(mentorship: Mentorship | None = None, *attendees: Person, **fields: Any) -> Meeting:
    """Return a meeting held on the mentorship's first day."""
    mentorship = mentorship or make_mentorship()
    defaults = {"held_on": mentorship.started_on, "kind": MeetingKind.WORK, "topic": f"Встреча {next(_numbers)}"}
    meeting = Meeting.objects.create(**{"mentorship": mentorship, **defaults, **fields})
    MeetingAttendance.objects.bulk_create(MeetingAttendance(meeting=meeting, person=person) for person in attendees)
    return meeting


def make_training(*attendees: Person, **fields: Any) -> Training:
    """Return a training held on 1 October 2024."""
    defaults = {"title": f"Занятие {next(_numbers)}", "held_on": dt.date(2024, 10, 1), "hours": 2, "experts": 1}
    training = Training.objects.create(**{**defaults, **fields})
    TrainingAttendance.objects.bulk_create(TrainingAttendance(training=training, person=person) for person in attendees)
    return training


def make_consent(person: Person, kind: str = ConsentKind.DATA, **fields: Any) -> Consent:
    """Return a consent given on 1 September 2024."""
    return Consent.objects.create(**{"person": person, "kind": kind, "given_on": dt.date(2024, 9, 1), **fields})
