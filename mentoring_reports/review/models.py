"""How a municipality's methodists share their work. Tenant schema of the municipality; empty in a school's."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now


class Assignment(models.Model):
    """A territory that a methodist looks after. The territory is a plain number: no key leads out of the schema."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("methodist"))
    territory_id = models.BigIntegerField(_("territory"))

    class Meta:
        """A methodist looks after a territory once; several may share one."""

        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "territory_id"], name="assignment_once_a_methodist_and_territory")
        ]

    def __str__(self) -> str:
        """Return who it is."""
        return str(self.user)


class OpenReview(models.Model):
    """Who has which school's report open now: renewed while the screen is open, forgotten soon after."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("methodist"))
    round_id = models.BigIntegerField(_("round"))
    school_id = models.BigIntegerField(_("school"))
    opened_at = models.DateTimeField(_("opened at"), default=now)
    seen_at = models.DateTimeField(_("seen at"), default=now)

    class Meta:
        """A methodist has a school's report open once."""

        verbose_name = _("open review")
        verbose_name_plural = _("open reviews")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "round_id", "school_id"], name="open_review_once_a_methodist")
        ]

    def __str__(self) -> str:
        """Return who it is."""
        return str(self.user)


class PlausibilitySettings(models.Model):
    """When a number is called odd: one row a municipality, edited by the department."""

    wagtail_reference_index_ignore = True

    change_percent = models.PositiveSmallIntegerField(
        _("change against the school's own past, %"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("A change of more than so many percent is shown."),
    )
    smallest_change = models.DecimalField(
        _("smallest change looked at"),
        max_digits=8,
        decimal_places=2,
        default=3,
        help_text=_("In units of the number: from 2 to 3 is half as much again, yet only one."),
    )
    distance = models.DecimalField(
        _("distance from peers, in median deviations"),
        max_digits=5,
        decimal_places=2,
        default=5,
        help_text=_("How many scaled median absolute deviations a value may lie from the median of its peers."),
    )
    smallest_group = models.PositiveSmallIntegerField(
        _("fewest peers to compare with"), default=5, validators=[MinValueValidator(3)]
    )
    copied_share = models.PositiveSmallIntegerField(
        _("share of numbers equal to the last round's, %"),
        default=90,
        validators=[MinValueValidator(1)],
        help_text=_("From so many percent on, the report looks like a copy of the last one."),
    )

    class Meta:
        """How it is called."""

        verbose_name = _("thresholds of plausibility")
        verbose_name_plural = _("thresholds of plausibility")
        default_permissions: ClassVar[tuple[str, ...]] = ("change",)

    def __str__(self) -> str:
        """Return what it is."""
        return str(self._meta.verbose_name)
