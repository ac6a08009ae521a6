"""Individual plans of mentees and their tasks. Tenant schema."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from mentoring_reports.register import rules
from mentoring_reports.register.querysets import IndividualPlanQuerySet, PlanTaskQuerySet

from .mentorships import Mentee

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class IndividualPlan(ClusterableModel):
    """A mentee's plan inside a mentorship."""

    mentee = models.ForeignKey(Mentee, models.CASCADE, related_name="plans", verbose_name=_("mentee"))
    title = models.CharField(_("title"), max_length=200)
    approved_on = models.DateField(
        _("approved on"), null=True, blank=True, help_text=_("The date of the order that approves the plan.")
    )
    order_number = models.CharField(_("order number"), max_length=100, blank=True, help_text=_("Number of the order."))
    due_on = models.DateField(_("to be completed by"), help_text=_("The last day of the plan."))
    completed_on = models.DateField(
        _("completed on"), null=True, blank=True, help_text=_("Empty until the plan is carried out.")
    )

    objects = IndividualPlanQuerySet.as_manager()
    if TYPE_CHECKING:
        mentee_id: int
        tasks: RelatedManager[PlanTask]

    class Meta:
        """What is due first comes first."""

        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("individual plan")
        verbose_name_plural = _("individual plans")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="register_plan_completed_not_before_approved",
                condition=Q(completed_on__isnull=True)
                | Q(approved_on__isnull=True)
                | Q(completed_on__gte=F("approved_on")),
                violation_error_message=_("The plan is completed before it is approved."),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def is_overdue_on(self, day: dt.date) -> bool:
        """Say whether the plan was to be completed before the day and is not."""
        return self.due_on < day and (self.completed_on is None or self.completed_on > day)

    def clean(self) -> None:
        """Refuse dates that do not agree with each other or with the mentorship."""
        super().clean()
        problems = rules.plan_problems(self)
        if problems:
            raise ValidationError(problems)


class PlanTask(models.Model):
    """One task of a plan."""

    plan = ParentalKey(IndividualPlan, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("plan"))
    title = models.CharField(_("task"), max_length=300)
    due_on = models.DateField(_("to be done by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        """What is due first comes first; a result belongs to a task that is done."""

        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")

    def __str__(self) -> str:
        """Return the task."""
        return self.title
