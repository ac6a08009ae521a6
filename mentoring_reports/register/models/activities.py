"""Meetings of mentorships and the school of mentors. Tenant schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from mentoring_reports.register import rules
from mentoring_reports.register.enums import MeetingKind
from mentoring_reports.register.querysets import MeetingQuerySet, TrainingQuerySet

from .mentorships import Mentorship
from .people import Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Meeting(ClusterableModel):
    """A meeting of a mentorship."""

    mentorship = models.ForeignKey(Mentorship, models.CASCADE, related_name="meetings", verbose_name=_("mentorship"))
    kind = models.CharField(_("kind of meeting"), max_length=20, choices=MeetingKind, default=MeetingKind.WORK)
    held_on = models.DateField(_("held on"))
    topic = models.CharField(_("topic"), max_length=300)
    note = models.TextField(_("note"), blank=True, help_text=_("What was agreed on, what comes next."))
    attendees: models.ManyToManyField[Person, MeetingAttendance] = models.ManyToManyField(
        Person, through="MeetingAttendance", related_name="meetings", verbose_name=_("attended")
    )

    objects = MeetingQuerySet.as_manager()
    if TYPE_CHECKING:
        mentorship_id: int
        attendances: RelatedManager[MeetingAttendance]

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-held_on", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        """Return the topic."""
        return self.topic

    def clean(self) -> None:
        """Refuse a meeting outside the mentorship's days."""
        super().clean()
        problems = rules.meeting_problems(self)
        if problems:
            raise ValidationError(problems)


class MeetingAttendance(models.Model):
    """Who was at a meeting."""

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="meeting_attendances", verbose_name=_("person"))

    class Meta:
        """Each person once."""

        ordering: ClassVar = ["person__sort_name", "pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="register_meeting_attended_once",
                violation_error_message=_("This person is already in the list."),
            ),
        ]

    def __str__(self) -> str:
        """Return the person's name."""
        return self.person.full_name


class Training(ClusterableModel):
    """A session of the school of mentors."""

    title = models.CharField(_("title"), max_length=300)
    held_on = models.DateField(_("held on"))
    hours = models.PositiveSmallIntegerField(
        _("academic hours"), default=1, validators=[MinValueValidator(1)], help_text=_("Whole hours.")
    )
    experts = models.PositiveSmallIntegerField(
        _("experts invited"), default=0, help_text=_("How many experts took part; reports count them.")
    )
    note = models.TextField(_("note"), blank=True)

    objects = TrainingQuerySet.as_manager()
    if TYPE_CHECKING:
        attendances: RelatedManager[TrainingAttendance]

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-held_on", "-pk"]
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="register_training_has_hours",
                condition=Q(hours__gte=1),
                violation_error_message=_("A training lasts one hour at least."),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class TrainingAttendance(models.Model):
    """Who was at a training."""

    training = ParentalKey(Training, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("training"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="training_attendances", verbose_name=_("person"))

    class Meta:
        """Each person once."""

        ordering: ClassVar = ["person__sort_name", "pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["training", "person"],
                name="register_training_attended_once",
                violation_error_message=_("This person is already in the list."),
            ),
        ]

    def __str__(self) -> str:
        """Return the person's name."""
        return self.person.full_name
