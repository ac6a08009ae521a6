"""The register's rules as messages at fields: the same that the database holds, said before it has to refuse.

Each function returns field → message, empty where all is well. Rows are looked at with whatever is already filled in.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .dates import covers, span
from .enums import PersonKind
from .querysets.rows import rows_of

if TYPE_CHECKING:
    from .models import IndividualPlan, Meeting, Mentee, Mentorship, Person

Problems = dict[str, str]


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def stay(person: Person) -> str:
    """Return a person's days at the school in words."""
    if person.left_on:
        return _("from %(first)s to %(last)s") % {"first": _day(person.joined_on), "last": _day(person.left_on)}
    return _("since %(first)s") % {"first": _day(person.joined_on)}


def within(first: dt.date, last: dt.date | None, person: Person) -> bool:
    """Say whether all the days from first to last are days at the school."""
    if first < person.joined_on:
        return False
    return person.left_on is None or (last is not None and last <= person.left_on)


def person_problems(person: Person) -> Problems:
    """Check a person by itself, and against the mentorships that are already written down."""
    if not person.joined_on:
        return {}
    if person.left_on and person.left_on < person.joined_on:
        return {"left_on": _("The last day at the school is before the first one.")}
    problems = _person_facts(person)
    if person.pk:
        problems |= _stay_problems(person)
    return problems


def _person_facts(person: Person) -> Problems:
    problems: Problems = {}
    if person.birth_date and person.birth_date >= person.joined_on:
        problems["birth_date"] = _("The date of birth is not before the first day at the school.")
    if person.is_teaching and person.kind != PersonKind.STAFF:
        problems["is_teaching"] = _("Only a staff member can be teaching staff.")
    return problems


def _stay_problems(person: Person) -> Problems:
    """Name the mentorship that the person's new days at the school would cut."""
    rows = rows_of("Mentorship").select_related("mentor", "form").order_by("started_on")
    own = rows.filter(mentor=person) | rows.filter(pk__in=rows_of("Mentee").filter(person=person).values("mentorship"))
    mentorship = own.exclude(during__contained_by=span(person.joined_on, person.left_on)).first()
    if mentorship is None:
        return {}
    if mentorship.started_on < person.joined_on:
        message = _("The mentorship “%(mentorship)s” began on %(day)s, before this day.")
        return {"joined_on": message % {"mentorship": mentorship, "day": _day(mentorship.started_on)}}
    message = _("The mentorship “%(mentorship)s” goes on after this day: end it first, on this day or earlier.")
    return {"left_on": message % {"mentorship": mentorship}}


def mentorship_problems(mentorship: Mentorship) -> Problems:
    """Check the dates of a mentorship, by themselves and against its mentor's time at the school."""
    if not mentorship.started_on:
        return {}
    if mentorship.ended_on and mentorship.ended_on < mentorship.started_on:
        return {"ended_on": _("The last day is before the first one.")}
    if not mentorship.mentor_id:
        return {}
    mentor = mentorship.mentor
    if within(mentorship.started_on, mentorship.ended_on, mentor):
        return {}
    field = "started_on" if not covers(mentor.joined_on, mentor.left_on, mentorship.started_on) else "ended_on"
    message = _("The mentor is at the school %(stay)s: the mentorship must lie inside this time.")
    return {field: message % {"stay": stay(mentor)}}


def mentee_problem(mentee: Mentee, mentorship: Mentorship | None = None) -> str:
    """Say why the person cannot be a mentee of the mentorship (as it is now in a form, where given); "" if they can."""
    if mentorship is None:
        mentorship = mentee.mentorship if mentee.mentorship_id else None
    if mentorship is None or not (mentee.person_id and mentorship.started_on):
        return ""
    if mentee.person_id == mentorship.mentor_id:
        return _("Nobody can be their own mentor.")
    if not within(mentorship.started_on, mentorship.ended_on, mentee.person):
        message = _("The mentee is at the school %(stay)s: the mentorship must lie inside this time.")
        return message % {"stay": stay(mentee.person)}
    return _overlap_problem(mentee, mentorship)


def _overlap_problem(mentee: Mentee, mentorship: Mentorship) -> str:
    if not mentorship.form_id or (mentorship.ended_on and mentorship.ended_on < mentorship.started_on):
        return ""
    days: DateRange = span(mentorship.started_on, mentorship.ended_on)
    others = rows_of("Mentee").filter(person=mentee.person_id, form=mentorship.form_id, during__overlap=days)
    if mentorship.pk:
        others = others.exclude(mentorship=mentorship.pk)
    other = others.exclude(pk=mentee.pk).select_related("mentor").first()
    if other is None:
        return ""
    message = _("At this time the mentee already has a mentor in this form: %(mentor)s.")
    return message % {"mentor": other.mentor.short_name}


def plan_problems(plan: IndividualPlan) -> Problems:
    """Check the dates of a plan, by themselves and against its mentorship."""
    problems: Problems = {}
    if plan.completed_on and plan.approved_on and plan.completed_on < plan.approved_on:
        problems["completed_on"] = _("The plan is completed before it is approved.")
    if not plan.mentee_id:
        return problems
    started_on = plan.mentee.mentorship.started_on
    for field in ("due_on", "completed_on"):
        day = getattr(plan, field)
        if day and day < started_on:
            problems[field] = _("The mentorship begins only on %(day)s.") % {"day": _day(started_on)}
    return problems


def meeting_problems(meeting: Meeting) -> Problems:
    """Check that a meeting was held while its mentorship went on."""
    if not (meeting.mentorship_id and meeting.held_on):
        return {}
    mentorship = meeting.mentorship
    if mentorship.is_active_on(meeting.held_on):
        return {}
    if meeting.held_on < mentorship.started_on:
        return {"held_on": _("The mentorship begins only on %(day)s.") % {"day": _day(mentorship.started_on)}}
    return {"held_on": _("The mentorship ended on %(day)s.") % {"day": _day(mentorship.ended_on)}}
