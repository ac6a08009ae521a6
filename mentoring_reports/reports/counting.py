"""How each counted data element is counted: one function each, from the register, the roadmap and published pages.

Tenant schema. Everything is asked as of the period's last day, so the same period gives the same number on any day.
The rows carry names: they are shown to the school alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mentoring_reports.register.dates import span
from mentoring_reports.register.enums import MeetingKind
from mentoring_reports.register.models import (
    IndividualPlan,
    Meeting,
    MeetingAttendance,
    Mentee,
    Person,
    Training,
)
from mentoring_reports.roadmaps.models import RoadmapItem

from .counts import Column, Period, Rows, counted
from .published import published_pages

if TYPE_CHECKING:
    import datetime as dt

    from mentoring_reports.register.querysets import IndividualPlanQuerySet, PersonQuerySet
    from mentoring_reports.roadmaps.querysets import RoadmapItemQuerySet


def _day(value: dt.date | None) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if value else "—"


# --- People ----------------------------------------------------------------------------------------------------------
PERSON = (
    Column(_("full name"), lambda person: person.full_name),
    Column(_("who it is"), lambda person: person.get_kind_display()),
    Column(_("post or class"), lambda person: person.post or "—"),
)
TEACHING_SINCE = Column(_("teaching since"), lambda person: _day(person.teaching_since))
MENTORS_THEN = Column(_("mentor"), lambda person: ", ".join(row.mentor.short_name for row in person.pairs_then) or "—")


def _with_mentors(people: PersonQuerySet, day: dt.date) -> PersonQuerySet:
    pairs = Mentee.objects.active_on(day).select_related("mentor")
    return people.prefetch_related(Prefetch("mentee_rows", queryset=pairs, to_attr="pairs_then"))


def _mentors(period: Period) -> PersonQuerySet:
    return Person.objects.teaching().mentors_on(period.end)


@counted("teaching_staff")
def teaching_staff(period: Period) -> Rows:
    """Teaching staff at the school on the last day."""
    return Rows(Person.objects.teaching().at_school_on(period.end), PERSON)


@counted("mentors")
def mentors(period: Period) -> Rows:
    """Teaching staff who are mentors on the last day."""
    return Rows(_mentors(period), PERSON)


@counted("mentees")
def mentees(period: Period) -> Rows:
    """Everybody who is a mentee on the last day."""
    return Rows(_with_mentors(Person.objects.mentees_on(period.end), period.end), (*PERSON, MENTORS_THEN))


@counted("mentees_teachers")
def mentees_teachers(period: Period) -> Rows:
    """Teaching staff who are mentees on the last day."""
    people = Person.objects.teaching().mentees_on(period.end)
    return Rows(_with_mentors(people, period.end), (*PERSON, MENTORS_THEN))


@counted("mentees_in_pairs")
def mentees_in_pairs(period: Period) -> Rows:
    """Mentees in a pair or group that is active on the last day, each once."""
    return Rows(_with_mentors(Person.objects.in_pairs_on(period.end), period.end), (*PERSON, MENTORS_THEN))


@counted("young_teachers")
def young_teachers(period: Period) -> Rows:
    """Teaching staff who have taught for three years at most on the last day."""
    return Rows(Person.objects.young_teachers_on(period.end), (*PERSON, TEACHING_SINCE))


@counted("young_teachers_with_mentor")
def young_teachers_with_mentor(period: Period) -> Rows:
    """Young teachers who are led in a pair or group on the last day."""
    people = Person.objects.young_teachers_on(period.end).in_pairs_on(period.end)
    return Rows(_with_mentors(people, period.end), (*PERSON, TEACHING_SINCE, MENTORS_THEN))


@counted("participants")
def participants(period: Period) -> Rows:
    """Mentors and mentees of the last day, whoever they are, each once."""
    return Rows(Person.objects.participants_on(period.end), PERSON)


# --- Individual plans ------------------------------------------------------------------------------------------------
PLAN = (
    Column(_("individual plan"), lambda plan: plan.title),
    Column(_("mentee"), lambda plan: plan.mentee.person.full_name),
    Column(_("mentor"), lambda plan: plan.mentee.mentor.short_name),
    Column(_("approved on"), lambda plan: _day(plan.approved_on)),
    Column(_("to be completed by"), lambda plan: _day(plan.due_on)),
    Column(_("completed on"), lambda plan: _day(plan.completed_on)),
)


def _plans(period: Period) -> IndividualPlanQuerySet:
    """Return plans of mentorships that were at work on at least one day of the period."""
    at_work = IndividualPlan.objects.filter(mentee__during__overlap=span(period.start, period.end))
    return at_work.select_related("mentee__person", "mentee__mentor")


@counted("plans")
def plans(period: Period) -> Rows:
    """Plans of the period's mentorships, completed ones included."""
    return Rows(_plans(period), PLAN)


@counted("plans_approved")
def plans_approved(period: Period) -> Rows:
    """Of these, plans approved by an order by the last day."""
    return Rows(_plans(period).approved_by(period.end), PLAN)


@counted("plans_due")
def plans_due(period: Period) -> Rows:
    """Of these, plans to be completed by the last day."""
    return Rows(_plans(period).due_by(period.end), PLAN)


@counted("plans_completed")
def plans_completed(period: Period) -> Rows:
    """Of the plans due, those completed by the last day."""
    return Rows(_plans(period).due_by(period.end).completed_by(period.end), PLAN)


# --- Roadmap ---------------------------------------------------------------------------------------------------------
def _which_time(item: Any) -> str:
    """Return the days of one time of an activity that comes back."""
    return f"{_day(item.time_starts_on)} – {_day(item.due)}" if item.time else "—"


TIME = (
    Column(_("activity"), str),
    Column(_("which time"), _which_time),
    Column(_("roadmap"), lambda item: item.section.roadmap.title),
    Column(_("last day"), lambda item: _day(item.due)),
    Column(_("done on"), lambda item: _day(item.time_done_on)),
)


def _times_due(period: Period) -> RoadmapItemQuerySet:
    """Return the times of activities due by the last day, of roadmaps whose period touches the report's."""
    return (
        RoadmapItem.objects.filter(
            section__roadmap__period_start__lte=period.end, section__roadmap__period_end__gte=period.start
        )
        .due_by(period.end)
        .select_related("section__roadmap")
    )


@counted("roadmap_due")
def roadmap_due(period: Period) -> Rows:
    """Activities to be done by the last day, each time of one by itself; drafts and cancelled ones do not count."""
    return Rows(_times_due(period), TIME)


@counted("roadmap_done")
def roadmap_done(period: Period) -> Rows:
    """Of these, done by the last day, late or not."""
    return Rows(_times_due(period).done_by(period.end), TIME)


@counted("roadmap_done_on_time")
def roadmap_done_on_time(period: Period) -> Rows:
    """Of these, done by their own last day."""
    return Rows(_times_due(period).done_by(period.end).done_on_time(), TIME)


# --- Training and events ---------------------------------------------------------------------------------------------
TRAINING = (
    Column(_("training"), lambda training: training.title),
    Column(_("held on"), lambda training: _day(training.held_on)),
    Column(_("academic hours"), lambda training: training.hours),
    Column(_("experts invited"), lambda training: training.experts),
)


@counted("mentors_trained")
def mentors_trained(period: Period) -> Rows:
    """Of the mentors among teaching staff, those who attended a training by the last day."""
    return Rows(_mentors(period).trained_by(period.end), PERSON)


@counted("experts")
def experts(period: Period) -> Rows:
    """Experts invited to the period's trainings, added up: the register keeps their number, not their names."""
    trainings = Training.objects.held_between(period.start, period.end)
    return Rows(trainings, TRAINING, measure=lambda: trainings.aggregate(total=Sum("experts"))["total"] or 0)


@counted("closing_event_present")
def closing_event_present(period: Period) -> Rows:
    """Participants who were at a final meeting in the period; missing, not 0, where no such meeting took place."""
    finals = Meeting.objects.held_between(period.start, period.end).filter(kind=MeetingKind.FINAL)
    present = MeetingAttendance.objects.filter(meeting__in=finals, person=OuterRef("pk"))
    people = Person.objects.participants_on(period.end).filter(Exists(present))
    return Rows(people, PERSON, measure=lambda: people.count() if finals.exists() else None)


# --- Published pages -------------------------------------------------------------------------------------------------
def _published(page: Any) -> str:
    moment = page.first_published_at
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else "—"


PAGE = (
    Column(_("page"), lambda page: page.title),
    Column(_("address"), lambda page: page.url or "—"),
    Column(_("first published"), _published),
)


@counted("publications")
def publications(period: Period) -> Rows:
    """Pages of news and practices first published in the period."""
    return Rows(published_pages("publications", since=period.start, until=period.end), PAGE)


@counted("rubrics")
def rubrics(period: Period) -> Rows:
    """Pages of the mentoring section published by the last day."""
    return Rows(published_pages("rubrics", until=period.end), PAGE)


@counted("practices_shared")
def practices_shared(period: Period) -> Rows:
    """Practices sent on in the period."""
    return Rows(published_pages("practices_shared", since=period.start, until=period.end), PAGE)
