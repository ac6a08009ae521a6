"""Questions about mentorships and the mentees inside them. Every `day` is included."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery

from mentoring_reports.register.dates import active_on
from mentoring_reports.register.prepared import PreparedQuerySet

from .rows import number_of, rows_of

if TYPE_CHECKING:
    from mentoring_reports.register.models import Mentee, Mentorship  # noqa: F401


class MentorshipQuerySet(PreparedQuerySet["Mentorship"]):
    """Pairs and groups."""

    def active_on(self, day: dt.date) -> MentorshipQuerySet:
        """Return those at work that day."""
        return self.filter(active_on("started_on", "ended_on", day))

    def ended_by(self, day: dt.date) -> MentorshipQuerySet:
        """Return those whose last day lies before the day."""
        return self.filter(ended_on__lt=day)

    def starting_after(self, day: dt.date) -> MentorshipQuerySet:
        """Return those that have not begun on the day."""
        return self.filter(started_on__gt=day)

    def without_plan(self) -> MentorshipQuerySet:
        """Return those in which at least one mentee has no individual plan."""
        planless = rows_of("Mentee").without_plan()  # type: ignore[attr-defined]
        return self.filter(Exists(planless.filter(mentorship=OuterRef("pk"))))

    def described(self) -> MentorshipQuerySet:
        """Add what a listing shows: `plan_number`, `mentees_without_plan`, `meeting_number`, `last_meeting_on`."""
        mentees = rows_of("Mentee").without_plan()  # type: ignore[attr-defined]
        plans, meetings = rows_of("IndividualPlan"), rows_of("Meeting")
        latest = meetings.filter(mentorship=OuterRef("pk")).order_by("-held_on").values("held_on")[:1]
        return self.annotate(
            plan_number=number_of(plans, "mentee__mentorship"),
            mentees_without_plan=number_of(mentees, "mentorship"),
            meeting_number=number_of(meetings, "mentorship"),
            last_meeting_on=Subquery(latest),
        )

    def with_people(self) -> MentorshipQuerySet:
        """Load the form, the mentor and the mentees along, in two statements in all."""
        return self.select_related("mentor", "form").prefetch_related("mentees__person")


class MenteeQuerySet(PreparedQuerySet["Mentee"]):
    """Mentees inside mentorships."""

    def active_on(self, day: dt.date) -> MenteeQuerySet:
        """Return those whose mentorship is at work that day."""
        return self.filter(during__contains=day)

    def without_plan(self) -> MenteeQuerySet:
        """Return those who have no individual plan."""
        return self.filter(~Exists(rows_of("IndividualPlan").filter(mentee=OuterRef("pk"))))
