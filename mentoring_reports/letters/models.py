"""Letters to the users of one organisation, and what they want. Schema of the school or the municipality."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import now

from .enums import DeliveryState

TOKEN_BYTES = 10


def new_token() -> str:
    """Return a word that nobody guesses, in lower case: mail servers may change case."""
    return secrets.token_hex(TOKEN_BYTES)


class Delivery(models.Model):
    """One digest to one user on one day: the row is the claim by which only one process sends it."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("recipient"))
    day = models.DateField(_("day"))
    address = models.EmailField(_("address"))
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    error = models.TextField(_("error"), blank=True)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    interrupted = models.PositiveSmallIntegerField(_("interrupted, times"), default=0)
    claimed_at = models.DateTimeField(_("claimed at"), default=now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    if TYPE_CHECKING:
        user_id: int

    class Meta:
        """At most one a user and day."""

        ordering: ClassVar = ["-day", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="letter_once_a_user_and_day"),
        ]

    def __str__(self) -> str:
        """Return day and state."""
        return f"{self.day}: {self.get_state_display()}"


class Delivered(models.Model):
    """A notice that a user was told, by its key: never told to that user again."""

    wagtail_reference_index_ignore = True

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="told")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)

    class Meta:
        """Once a user and notice."""

        verbose_name = _("notice told")
        verbose_name_plural = _("notices told")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="notice_told_once_a_user")]

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class Preference(models.Model):
    """What a user wants to be told by mail; without a row, everything."""

    wagtail_reference_index_ignore = True

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentoring_mail")
    wants_reminders = models.BooleanField(
        _("reminders"), default=True, help_text=_("A round opens, the due date comes or has passed.")
    )
    wants_decisions = models.BooleanField(
        _("decisions"), default=True, help_text=_("Returned, accepted, reopened, extended, exempt.")
    )
    wants_roadmap = models.BooleanField(_("roadmap"), default=True, help_text=_("An activity is due soon or overdue."))
    wants_overview = models.BooleanField(
        _("overview for methodists"), default=True, help_text=_("What waits for review, rounds that open and close.")
    )
    bounces_forgotten_at = models.DateTimeField(_("refusals forgotten at"), null=True, blank=True)

    class Meta:
        """One a user."""

        verbose_name = _("what a user wants by mail")
        verbose_name_plural = _("what users want by mail")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        """Return whose it is."""
        return str(self.user)
