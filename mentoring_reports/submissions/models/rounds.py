"""Rounds, who is expected in them, and what was agreed with single schools. Schema `public`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import today
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.enums import RoundKind, RoundPhase
from mentoring_reports.submissions.querysets import ExemptionQuerySet, RoundQuerySet

from .rows import Authored, SchoolRow


class Round(models.Model):
    """One collection of reports. All dates are whole days, the day named included."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="rounds")
    code = models.SlugField(_("code"), max_length=50, help_text=_("Short, Latin, for addresses: 2026-1."))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind of period"), max_length=20, choices=RoundKind, default=RoundKind.OTHER)
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="rounds", verbose_name=_("report form"))
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"), help_text=_("Counted numbers stand as of this day."))
    opens = models.DateField(_("opens"))
    due = models.DateField(_("due"), help_text=_("The last day to be on time."))
    closes = models.DateField(_("closes"), help_text=_("After this day nothing is taken."))
    frozen_at = models.DateTimeField(
        _("expected schools frozen at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Set when the round closed."),
    )

    objects = RoundQuerySet.as_manager()
    if TYPE_CHECKING:
        municipality_id: int
        form_id: int

    class Meta:
        """The latest period comes first; dates are in order."""

        ordering: ClassVar = ["-period_end", "-pk"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "code"], name="round_code_once_a_municipality"),
            models.CheckConstraint(
                name="round_period_in_order",
                condition=Q(period_start__lte=F("period_end")),
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                name="round_dates_in_order",
                condition=Q(opens__lte=F("due")) & Q(due__lte=F("closes")),
                violation_error_message=_("The dates must go in order: opens, due, closes."),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def clean(self) -> None:
        """Refuse dates out of order with a message at the field."""
        if self.opens and self.due and self.due < self.opens:
            raise ValidationError({"due": _("The due date is before the opening date.")})
        if self.due and self.closes and self.closes < self.due:
            raise ValidationError({"closes": _("The round closes before it is due.")})

    def phase(self, on: dt.date | None = None) -> RoundPhase:
        """Return what `on` (today by default) is for this round."""
        day = on or today()
        if day < self.opens:
            return RoundPhase.PLANNED
        if day <= self.due:
            return RoundPhase.OPEN
        return RoundPhase.OVERDUE if day <= self.closes else RoundPhase.CLOSED


class Extension(SchoolRow, Authored):
    """A later due date for one school in one round; the latest one holds."""

    due = models.DateField(_("due"))
    reason = models.TextField(_("reason"))

    class Meta:
        """The newest comes first."""

        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")

    def __str__(self) -> str:
        """Return the date."""
        return str(self.due)


class Exemption(SchoolRow, Authored):
    """A school that is not expected in a round. Withdrawing it is written on the row: nothing granted is lost."""

    reason = models.TextField(_("reason"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by_name = models.CharField(_("withdrawn by"), max_length=200, blank=True, editable=False)
    withdrawn_by_id = models.BigIntegerField(_("id of who withdrew it"), null=True, blank=True, editable=False)
    withdrawn_by_schema = models.CharField(_("schema of who withdrew it"), max_length=63, blank=True, editable=False)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        """One a school and round that holds; the newest comes first."""

        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "school"],
                condition=Q(withdrawn_at=None),
                name="exemption_holds_once_a_school_and_round",
            ),
            models.CheckConstraint(
                name="exemption_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by_name="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_name="")),
            ),
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason

    @property
    def holds(self) -> bool:
        """Say whether the school is exempt by this row: it was not withdrawn."""
        return self.withdrawn_at is None


class ExpectedSchool(SchoolRow):
    """A school that was expected when the round closed: later openings, closures and mergers do not rewrite rates."""

    school_name = models.CharField(_("school"), max_length=255)
    school_type = models.CharField(_("type of organisation"), max_length=100)
    territory = models.CharField(_("territory"), max_length=100)

    class Meta:
        """One a school and round."""

        verbose_name = _("expected school")
        verbose_name_plural = _("expected schools")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school"], name="expected_school_once_a_round")
        ]

    def __str__(self) -> str:
        """Return the school's name then."""
        return self.school_name
