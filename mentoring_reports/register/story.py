"""The whole story of one mentorship, read in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from .models import IndividualPlan, Meeting, MeetingAttendance, Mentee, Mentorship


@dataclass(frozen=True)
class Story:
    """A mentorship, its mentees with their plans and tasks, and its meetings from the first to the last."""

    mentorship: Mentorship
    mentees: list[Mentee]
    meetings: list[Meeting]


def story_of(mentorship: Mentorship) -> Story:
    """Return the story."""
    plans = IndividualPlan.objects.prefetch_related("tasks")
    attendances = MeetingAttendance.objects.select_related("person")
    mentees = mentorship.mentees.select_related("person").prefetch_related(Prefetch("plans", queryset=plans))
    meetings = mentorship.meetings.order_by("held_on", "pk")
    return Story(
        mentorship=mentorship,
        mentees=list(mentees),
        meetings=list(meetings.prefetch_related(Prefetch("attendances", queryset=attendances))),
    )
