"""What the tests of the reports put into a school's register, roadmap and site. Call everything inside its schema."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from mentoring_reports.register.enums import MeetingKind, PersonKind, RoleKind
from mentoring_reports.register.models import (
    IndividualPlan,
    Meeting,
    MeetingAttendance,
    Mentee,
    MentoringForm,
    Mentorship,
    Person,
    Role,
    Training,
    TrainingAttendance,
)
from mentoring_reports.reports.counts import Period
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection

START, END = dt.date(2026, 1, 1), dt.date(2026, 5, 31)
PERIOD = Period(START, END)
DAY = dt.timedelta(days=1)
LONG_AGO = dt.date(2015, 9, 1)
_numbers = count(1)


def teacher(**fields: Any) -> Person:
    """Return a teacher with many years of service."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "last_name": f"Учителев{number}",
        "first_name": "Имя",
        "patronymic": "Отчество",
        "kind": PersonKind.STAFF,
        "is_teaching": True,
        "post": "учитель",
        "teaching_since": LONG_AGO,
        "joined_on": LONG_AGO,
    }
    return Person.objects.create(**{**defaults, **fields})


def pupil(**fields: Any) -> Person:
    """Return a pupil."""
    return teacher(**{"kind": PersonKind.PUPIL, "is_teaching": False, "post": "7А", "teaching_since": None, **fields})


def in_base(person: Person, kind: str, since: dt.date = LONG_AGO, until: dt.date | None = None) -> Person:
    """Put a person into the base of mentors or mentees, and return the person."""
    Role.objects.create(person=person, kind=kind, since=since, until=until)
    return person


def mentor(**fields: Any) -> Person:
    """Return a teacher in the base of mentors."""
    return in_base(teacher(**fields), RoleKind.MENTOR)


def pair(
    leader: Person | None = None,
    led: Person | None = None,
    *,
    started: dt.date = START,
    ended: dt.date | None = None,
) -> Mentee:
    """Return the mentee of a new pair."""
    form, _made = MentoringForm.objects.get_or_create(code="test-form", defaults={"name": "Тестовая форма"})
    mentorship = Mentorship.objects.create(mentor=leader or teacher(), form=form, started_on=started, ended_on=ended)
    return Mentee.objects.create(mentorship=mentorship, person=led or teacher())


def plan(mentee: Mentee | None = None, **fields: Any) -> IndividualPlan:
    """Return a plan due on the period's last day."""
    return IndividualPlan.objects.create(mentee=mentee or pair(), **{"title": "План", "due_on": END, **fields})


def training(held_on: dt.date, *people: Person, experts: int = 0) -> Training:
    """Return a training that the people attended."""
    made = Training.objects.create(title="Школа наставника", held_on=held_on, experts=experts)
    TrainingAttendance.objects.bulk_create(TrainingAttendance(training=made, person=person) for person in people)
    return made


def final_meeting(mentee: Mentee, held_on: dt.date, *people: Person) -> Meeting:
    """Return a final meeting that the people attended."""
    meeting = Meeting.objects.create(
        mentorship=mentee.mentorship, kind=MeetingKind.FINAL, held_on=held_on, topic="Итоги года"
    )
    MeetingAttendance.objects.bulk_create(MeetingAttendance(meeting=meeting, person=person) for person in people)
    return meeting


def roadmap(start: dt.date = START, end: dt.date = END) -> RoadmapSection:
    """Return a section of a new roadmap."""
    made = Roadmap.objects.create(title="Дорожная карта", period_start=start, period_end=end, is_published=True)
    return RoadmapSection.objects.create(roadmap=made, title="Раздел 1")


def item(
    section: RoadmapSection, ends_on: dt.date | None, done_on: dt.date | None = None, **fields: Any
) -> RoadmapItem:
    """Return an activity, done if it has a day on which it was."""
    status = "done" if done_on else "planned"
    defaults = {"activity": "Мероприятие", "status": status, "ends_on": ends_on, "done_on": done_on}
    return RoadmapItem.objects.create(section=section, **{**defaults, **fields})
