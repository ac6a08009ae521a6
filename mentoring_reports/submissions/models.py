"""Rounds, what schools handed over, and what was decided about it. Schema `public`, under row-level security.

Shared rows never point at a user: they keep the author's name, id and schema as plain fields.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now, today
from mentoring_reports.indicators.models import ReportForm

from .enums import DecisionKind, RoundPhase, State
from .querysets import ParticipationQuerySet, RoundQuerySet, SubmissionQuerySet

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Authored(models.Model):
    """Who did it and when, as text that stays true."""

    author_name = models.CharField(_("author"), max_length=200)
    author_id = models.BigIntegerField(_("author's id"), null=True, blank=True)
    author_schema = models.CharField(_("author's schema"), max_length=63, blank=True)
    created_at = models.DateTimeField(_("when"), default=now, editable=False)

    class Meta:
        """Only inherited."""

        abstract = True


class SchoolRow(models.Model):
    """A row of one school in one round; the municipality is repeated so that row security needs no join."""

    wagtail_reference_index_ignore = True

    round = models.ForeignKey("Round", models.PROTECT, related_name="+", verbose_name=_("round"))
    school = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+", verbose_name=_("school"))
    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")

    if TYPE_CHECKING:
        round_id: int
        school_id: int
        municipality_id: int

    class Meta:
        """Only inherited."""

        abstract = True


class Round(models.Model):
    """One collection of reports. All dates are whole days, the day named included."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="rounds")
    code = models.SlugField(_("code"), max_length=50, help_text=_("Short, Latin, for addresses: 2026-1."))
    title = models.CharField(_("title"), max_length=200)
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="rounds", verbose_name=_("report form"))
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"), help_text=_("Counted numbers stand as of this day."))
    opens = models.DateField(_("opens"))
    due = models.DateField(_("due"), help_text=_("The last day to be on time."))
    closes = models.DateField(_("closes"), help_text=_("After this day nothing is taken."))

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
    """A school that is not expected in a round."""

    reason = models.TextField(_("reason"))

    class Meta:
        """One a school and round."""

        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school"], name="exemption_once_a_school_and_round")
        ]

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class Submission(SchoolRow, Authored):
    """Revision n of a school's report: never changed, never deleted. Names are frozen as text."""

    revision = models.PositiveIntegerField(_("revision"))
    school_name = models.CharField(_("school"), max_length=255)
    school_type = models.CharField(_("type of organisation"), max_length=100)
    territory = models.CharField(_("territory"), max_length=100)
    form = models.ForeignKey(ReportForm, models.PROTECT, related_name="+", verbose_name=_("report form"))
    submitted_on = models.DateField(_("submitted on"))
    due_then = models.DateField(_("due date that held then"))
    explanations = models.JSONField(_("explanations"), default=dict, blank=True)
    note = models.TextField(_("note to the methodist"), blank=True)
    checksum = models.CharField(_("checksum"), max_length=64)

    objects = SubmissionQuerySet.as_manager()
    if TYPE_CHECKING:
        values: RelatedManager[SubmittedValue]
        decisions: RelatedManager[Decision]

    class Meta:
        """The newest revision comes first."""

        ordering: ClassVar = ["-created_at", "-revision"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school", "revision"], name="submission_revision_once")
        ]
        permissions: ClassVar = [
            ("view_dashboard", _("Can read the dashboard")),
            ("review_submission", _("Can review submissions")),
            ("reopen_submission", _("Can reopen an accepted submission")),
            ("export_workbook", _("Can download the consolidated workbook")),
            ("submit_report", _("Can fill in and submit reports of the school")),
        ]

    def __str__(self) -> str:
        """Return the school and the revision."""
        return _("%(school)s, revision %(revision)s") % {"school": self.school_name, "revision": self.revision}

    @property
    def is_late(self) -> bool:
        """Say whether this revision came after the date that held for the school then."""
        return self.submitted_on > self.due_then


class SubmittedValue(SchoolRow):
    """One value of a submission; missing is NULL, never 0. Beside it what was counted, and why it was overruled."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="values")
    element_code = models.CharField(_("data element"), max_length=50)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True)
    counted = models.DecimalField(_("counted"), max_digits=18, decimal_places=4, null=True)
    reason = models.TextField(_("reason for overruling"), blank=True)

    class Meta:
        """An element appears once in a submission."""

        verbose_name = _("submitted value")
        verbose_name_plural = _("submitted values")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "element_code"], name="value_once_a_submission")
        ]

    def __str__(self) -> str:
        """Return code and value."""
        return f"{self.element_code} = {self.value}"


class Decision(SchoolRow, Authored):
    """What was decided about a revision: appended, never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=20, choices=DecisionKind)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        """The newest comes first; return and reopen have a reason."""

        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_has_its_reason", condition=Q(kind=DecisionKind.ACCEPT) | ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.get_kind_display()


class Participation(SchoolRow):
    """Where a school stands in a round: one row from its first submission on, locked by every action.

    `accepted` is the one accepted revision that counts; it stays while a reopened report is being corrected.
    """

    state = models.CharField(_("state"), max_length=20, choices=State)
    latest = models.ForeignKey(Submission, models.PROTECT, related_name="+", verbose_name=_("latest revision"))
    accepted = models.ForeignKey(
        Submission, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("accepted revision")
    )
    first_submitted_at = models.DateTimeField(_("first submitted"))
    last_submitted_at = models.DateTimeField(_("last submitted"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    on_time = models.BooleanField(_("on time"), help_text=_("Judged by the first submission."))

    objects = ParticipationQuerySet.as_manager()
    if TYPE_CHECKING:
        latest_id: int
        accepted_id: int | None

    class Meta:
        """One a school and round: so there is never a second accepted revision."""

        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school"], name="participation_once_a_school_and_round"),
            models.CheckConstraint(
                name="participation_accepted_has_revision",
                condition=~Q(state=State.ACCEPTED) | Q(accepted__isnull=False, accepted=F("latest")),
            ),
        ]

    def __str__(self) -> str:
        """Return the state."""
        return self.get_state_display()


class AcceptedFigure(SchoolRow):
    """The current figures: one row a school, round and data element, written when a revision is accepted."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    element_code = models.CharField(_("data element"), max_length=50)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True)

    class Meta:
        """One a school, round and data element."""

        verbose_name = _("accepted figure")
        verbose_name_plural = _("accepted figures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school", "element_code"], name="accepted_figure_once")
        ]

    def __str__(self) -> str:
        """Return code and value."""
        return f"{self.element_code} = {self.value}"
