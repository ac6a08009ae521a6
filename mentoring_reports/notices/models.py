"""Texts and days of notices, and how schools' mail fares in numbers. Schema `public`, under row-level security."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .due import Plan
from .enums import NoticeKind


def usual_days_before() -> list[int]:
    """Return the days before the due date of a municipality that has chosen none."""
    return list(Plan().days_before)


def usual_days_after() -> list[int]:
    """Return the days after the due date of a municipality that has chosen none."""
    return list(Plan().days_after)


class MunicipalRow(models.Model):
    """A row of a municipality."""

    wagtail_reference_index_ignore = True

    municipality = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+")
    if TYPE_CHECKING:
        municipality_id: int

    class Meta:
        """Only inherited."""

        abstract = True


class NoticeTemplate(MunicipalRow):
    """A municipality's own text of one kind of notice; what is empty is the built-in text."""

    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("heading"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    enabled = models.BooleanField(_("send these notices"), default=True)

    class Meta:
        """One a kind and language."""

        verbose_name = _("text of a notice")
        verbose_name_plural = _("texts of notices")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "kind", "language"], name="notice_text_once_a_kind")
        ]

    def __str__(self) -> str:
        """Return the kind."""
        return self.get_kind_display()


class ReminderPlan(MunicipalRow):
    """When a municipality's schools are reminded."""

    days_before = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("days before the due date"), default=usual_days_before
    )
    days_after = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("days after the due date"), default=usual_days_after
    )

    class Meta:
        """One a municipality."""

        verbose_name = _("days of reminders")
        verbose_name_plural = _("days of reminders")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions: ClassVar = [("edit_notices", _("Can edit the texts and days of notices by mail"))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality"], name="reminder_plan_once_a_municipality")
        ]

    def __str__(self) -> str:
        """Return what it is."""
        return str(self._meta.verbose_name)

    def as_plan(self) -> Plan:
        """Return the days as reminders are derived from them."""
        return Plan(tuple(self.days_before), tuple(self.days_after))


class MailStanding(MunicipalRow):
    """How a school's mail fares, as far as the municipality may know: numbers, no names and no addresses."""

    school = models.ForeignKey(settings.TENANT_MODEL, models.PROTECT, related_name="+", verbose_name=_("school"))
    recipients = models.PositiveIntegerField(_("who should get letters"), default=0)
    reachable = models.PositiveIntegerField(_("who gets letters"), default=0)
    opted_out = models.PositiveIntegerField(_("who wants none"), default=0)
    failing = models.PositiveIntegerField(_("whose address refuses letters"), default=0)
    last_sent_at = models.DateTimeField(_("last letter"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked at"))

    if TYPE_CHECKING:
        school_id: int

    class Meta:
        """One a school."""

        verbose_name = _("standing of a school's mail")
        verbose_name_plural = _("standings of schools' mail")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["school"], name="mail_standing_once_a_school")]

    def __str__(self) -> str:
        """Return who can be reached."""
        return f"{self.reachable} / {self.recipients}"
