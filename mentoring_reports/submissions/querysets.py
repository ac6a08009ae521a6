"""Questions about rounds and submissions, in the domain's words. Row security decides whose rows answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models

from mentoring_reports.clock import today

from .enums import AWAITING_REVIEW

if TYPE_CHECKING:
    from .models import Exemption, Participation, Round, Submission  # noqa: F401


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by their dates."""

    def open_on(self, day: dt.date | None = None) -> RoundQuerySet:
        """Return rounds that take submissions on `day` (today by default), late ones included."""
        on = day or today()
        return self.filter(opens__lte=on, closes__gte=on)

    def planned(self, day: dt.date | None = None) -> RoundQuerySet:
        """Return rounds that open after `day` (today by default)."""
        return self.filter(opens__gt=day or today())

    def started(self, day: dt.date | None = None) -> RoundQuerySet:
        """Return rounds that have opened by `day` (today by default)."""
        return self.filter(opens__lte=day or today())

    def finished(self, day: dt.date | None = None) -> RoundQuerySet:
        """Return rounds that have closed before `day` (today by default), the latest first."""
        return self.filter(closes__lt=day or today()).order_by("-period_end", "-pk")


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    """Exemptions; one that was withdrawn is kept and exempts nobody."""

    def active(self) -> ExemptionQuerySet:
        """Return those that hold."""
        return self.filter(withdrawn_at=None)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submitted revisions."""

    def for_round(self, round_: Round) -> SubmissionQuerySet:
        """Return the revisions of one round."""
        return self.filter(round=round_)

    def of_school(self, school: Any) -> SubmissionQuerySet:
        """Return the revisions of one school."""
        return self.filter(school_id=school.pk)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Where schools stand."""

    def for_round(self, round_: Round) -> ParticipationQuerySet:
        """Return the schools that handed something in."""
        return self.filter(round=round_)

    def awaiting_review(self) -> ParticipationQuerySet:
        """Return what a methodist has to look at, the oldest first."""
        return self.filter(state__in=AWAITING_REVIEW).order_by("last_submitted_at")

    def locked(self, round_id: int, school_id: int) -> Participation | None:
        """Return the school's row in the round, locked until the transaction ends; None before anything came.

        Nothing is joined: whoever waited for the lock sees the row anew, but not yet the revision that it names now,
        and a join would let the row vanish.
        """
        return self.select_for_update().filter(round_id=round_id, school_id=school_id).first()
