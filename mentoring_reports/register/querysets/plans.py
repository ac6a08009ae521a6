"""Questions about individual plans and their tasks. Every `day` is included."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from .rows import number_of, rows_of

if TYPE_CHECKING:
    from mentoring_reports.register.models import IndividualPlan, PlanTask  # noqa: F401


class IndividualPlanQuerySet(models.QuerySet["IndividualPlan"]):
    """Individual plans."""

    def due_by(self, day: dt.date, *, since: dt.date | None = None) -> IndividualPlanQuerySet:
        """Return plans whose last day is the day or earlier; with `since`, not earlier than that."""
        plans = self.filter(due_on__lte=day)
        return plans.filter(due_on__gte=since) if since else plans

    def completed_by(self, day: dt.date) -> IndividualPlanQuerySet:
        """Return plans completed on the day or before it."""
        return self.filter(completed_on__lte=day)

    def open_on(self, day: dt.date) -> IndividualPlanQuerySet:
        """Return plans not completed by the day."""
        return self.filter(Q(completed_on__isnull=True) | Q(completed_on__gt=day))

    def overdue_on(self, day: dt.date) -> IndividualPlanQuerySet:
        """Return plans that were to be completed before the day and are not."""
        return self.open_on(day).filter(due_on__lt=day)

    def upcoming_on(self, day: dt.date) -> IndividualPlanQuerySet:
        """Return plans still open whose last day is the day or later."""
        return self.open_on(day).filter(due_on__gte=day)

    def approved_by(self, day: dt.date) -> IndividualPlanQuerySet:
        """Return plans approved by an order on the day or before it."""
        return self.filter(approved_on__lte=day)

    def begun_by(self, day: dt.date) -> IndividualPlanQuerySet:
        """Return plans of mentorships that had begun by the day."""
        return self.filter(mentee__mentorship__started_on__lte=day)

    def described_on(self, day: dt.date) -> IndividualPlanQuerySet:
        """Add what a listing shows: `task_number` and `tasks_done` by the day; load the people along."""
        done = rows_of("PlanTask").done_by(day)  # type: ignore[attr-defined]
        plans = self.annotate(task_number=number_of(rows_of("PlanTask"), "plan"), tasks_done=number_of(done, "plan"))
        return plans.select_related("mentee__person", "mentee__mentorship__mentor", "mentee__mentorship__form")


class PlanTaskQuerySet(models.QuerySet["PlanTask"]):
    """Tasks of individual plans."""

    def done_by(self, day: dt.date) -> PlanTaskQuerySet:
        """Return tasks done on the day or before it."""
        return self.filter(done_on__lte=day)

    def overdue_on(self, day: dt.date) -> PlanTaskQuerySet:
        """Return tasks that were to be done before the day and are not."""
        return self.filter(Q(done_on__isnull=True) | Q(done_on__gt=day), due_on__lt=day)
