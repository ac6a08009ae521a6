"""What the columns of the register's listings say. A state is always a word, never a colour alone."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.clock import today

from .models import Consent, IndividualPlan, Mentorship, Person


def kind_and_post(person: Person) -> str:
    """Return who it is, with the post or class."""
    return ", ".join(part for part in (str(person.get_kind_display()), person.post) if part)


def service(person: Person) -> str:
    """Return years of service today; the beginning of one's career is the first year."""
    years = person.years_of_service(today())
    if years is None:
        return ""
    return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}


def presence(person: Person) -> str:
    """Return the last day at the school where there is one."""
    if not person.left_on:
        return ""
    return _("to %(day)s") % {"day": date_format(person.left_on, "SHORT_DATE_FORMAT")}


def roles(person: Any) -> str:
    """Return what the person is today; needs `described_on`."""
    return ", ".join(
        word for word, holds in ((_("mentor"), person.is_mentor), (_("mentee"), person.is_mentee)) if holds
    )


def active_mentorships(person: Any) -> str:
    """Return how many mentorships the person leads and is led in today; needs `described_on`."""
    led, joined = person.mentorships_led, person.mentorships_in
    parts = [(_("leads %(number)d"), led), (_("is led in %(number)d"), joined)]
    return ", ".join(text % {"number": number} for text, number in parts if number)


def consent_state(person: Any) -> str:
    """Return whether a participant lacks a consent; needs `described_on`."""
    if not (person.is_mentor or person.is_mentee):
        return ""
    return _("no consent") if person.lacks_consent else _("there is one")


def mentorship_state(mentorship: Mentorship) -> str:
    """Return where a mentorship stands today."""
    if mentorship.is_active_on(today()):
        return _("at work")
    return _("not begun yet") if mentorship.started_on > today() else _("ended")


def mentees(mentorship: Mentorship) -> str:
    """Return the mentees' names; needs `with_people`."""
    return mentorship.mentee_names


def plans(mentorship: Any) -> str:
    """Return how many plans there are and whether somebody has none; needs `described`."""
    number = ngettext("%(number)d plan", "%(number)d plans", mentorship.plan_number)
    text = number % {"number": mentorship.plan_number}
    if not mentorship.mentees_without_plan:
        return text
    return text + _(", without a plan: %(number)d") % {"number": mentorship.mentees_without_plan}


def meetings(mentorship: Any) -> str:
    """Return how many meetings there were and the last one's day; needs `described`."""
    if not mentorship.meeting_number:
        return ""
    last = date_format(mentorship.last_meeting_on, "SHORT_DATE_FORMAT")
    return _("%(number)d, last on %(day)s") % {"number": mentorship.meeting_number, "day": last}


def plan_state(plan: IndividualPlan) -> str:
    """Return where a plan stands today."""
    if plan.is_overdue_on(today()):
        return _("overdue")
    return _("completed") if plan.completed_on and plan.completed_on <= today() else _("in progress")


def tasks(plan: Any) -> str:
    """Return how many tasks are done; needs `described_on`."""
    if not plan.task_number:
        return ""
    return _("%(done)d of %(total)d") % {"done": plan.tasks_done, "total": plan.task_number}


def consent_force(consent: Consent) -> str:
    """Return whether a consent holds today."""
    if consent.is_in_force_on(today()):
        return _("in force")
    return _("revoked") if consent.revoked_on else _("not in force yet")
