"""Where schools stand, and the figures that count now: rewritten by the actions only. Schema `public`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now
from mentoring_reports.submissions.enums import PeerSubject, State
from mentoring_reports.submissions.querysets import ParticipationQuerySet

from .revisions import Submission
from .rows import SchoolRow


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

    @property
    def first_submitted_on(self) -> dt.date:
        """Return the day of the first submission in the municipality's time zone."""
        return timezone.localdate(self.first_submitted_at)


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
        indexes: ClassVar = [
            # A few data elements of many rounds are read from the index alone: row security asks for the last two.
            models.Index(
                fields=["round", "element_code"],
                include=["submission", "value", "school", "municipality"],
                name="accepted_figure_by_element",
            ),
        ]

    def __str__(self) -> str:
        """Return code and value."""
        return f"{self.element_code} = {self.value}"


class PeerFigure(models.Model):
    """Quartiles of the accepted values of one type of school in a round, or of all schools (`school_type` empty).

    The municipality's side writes them when it accepts; a school reads these instead of other schools' rows. A group
    of fewer than five schools has none.
    """

    wagtail_reference_index_ignore = True
    SMALLEST_GROUP = 5

    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")
    round = models.ForeignKey("mentoring_submissions.Round", models.PROTECT, related_name="+", verbose_name=_("round"))
    school_type = models.CharField(_("type of organisation"), max_length=100, blank=True)
    subject = models.CharField(_("what it is about"), max_length=10, choices=PeerSubject)
    code = models.CharField(_("code"), max_length=50)
    schools = models.PositiveIntegerField(_("schools"))
    lower = models.FloatField(_("lower quartile"))
    median = models.FloatField(_("median"))
    upper = models.FloatField(_("upper quartile"))
    computed_at = models.DateTimeField(_("computed at"), default=now)

    class Meta:
        """One a round, type and code; never of a group in which a single school could be told."""

        verbose_name = _("figure of peers")
        verbose_name_plural = _("figures of peers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "school_type", "subject", "code"], name="peer_figure_once"),
            models.CheckConstraint(name="peer_figure_hides_the_single_school", condition=Q(schools__gte=5)),
        ]

    def __str__(self) -> str:
        """Return code and median."""
        return f"{self.code}: {self.median}"
