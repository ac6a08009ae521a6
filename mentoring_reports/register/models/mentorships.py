"""Mentoring pairs and groups. Tenant schema.

The rules hold in the database without triggers: a mentorship copies its mentor's days at the school, a mentee copies
the mentorship's mentor, form and days and the person's own days at the school. Composite foreign keys (migration
0002) keep every copy equal to its original, and then an ordinary CHECK or EXCLUDE on the row is enough.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from mentoring_reports.register import rules
from mentoring_reports.register.dates import covers, generated_span, span
from mentoring_reports.register.enums import RoleModel
from mentoring_reports.register.prepared import Prepared
from mentoring_reports.register.querysets import MenteeQuerySet, MentorshipQuerySet

from .people import Person

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from .activities import Meeting
    from .plans import IndividualPlan


class MentoringForm(models.Model):
    """A form of mentoring: teacher – teacher, employer – pupil …; an editable list."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    code = models.SlugField(_("code"), max_length=50, unique=True, help_text=_("Short, Latin; counting relies on it."))
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("A form out of use is not offered for new mentorships.")
    )

    class Meta:
        """In the school's order."""

        ordering: ClassVar = ["order", "name"]
        verbose_name = _("form of mentoring")
        verbose_name_plural = _("forms of mentoring")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Mentorship(Prepared, ClusterableModel):
    """One mentor with one or more mentees, in one form, from day to day."""

    prepared_fields: ClassVar = ("mentor_present",)

    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentorships", verbose_name=_("mentor"))
    form = models.ForeignKey(
        MentoringForm, models.PROTECT, related_name="mentorships", verbose_name=_("form of mentoring")
    )
    role_model = models.CharField(
        _("role model"), max_length=30, choices=RoleModel, default=RoleModel.EXPERIENCED_NOVICE
    )
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("For a group or a theme; a pair needs none.")
    )
    started_on = models.DateField(_("beginning"), help_text=_("The first day, as in the order."))
    ended_on = models.DateField(_("end"), null=True, blank=True, help_text=_("The last day; empty while it goes on."))
    order_number = models.CharField(
        _("order number"), max_length=100, blank=True, help_text=_("Number and date of the school's order on the pair.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Seen only by those who keep the register."))
    during = generated_span("started_on", "ended_on")
    mentor_present = DateRangeField(editable=False)

    objects = MentorshipQuerySet.as_manager()
    if TYPE_CHECKING:
        mentor_id: int
        form_id: int
        mentees: RelatedManager[Mentee]
        meetings: RelatedManager[Meeting]

    class Meta:
        """The latest first; inside the mentor's time at the school."""

        ordering: ClassVar = ["-started_on", "-pk"]
        verbose_name = _("mentorship")
        verbose_name_plural = _("mentorships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "mentor", "form", "during"], name="register_mentorship_copied"),
            models.CheckConstraint(
                name="register_mentorship_ended_not_before_started",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                name="register_mentorship_while_mentor_present",
                condition=Q(during__contained_by=F("mentor_present")),
                violation_error_message=_("The mentor is not at the school for all of this time."),
            ),
        ]

    def __str__(self) -> str:
        """Return the title, or the mentor and the form."""
        return self.title or f"{self.mentor.short_name}, {self.form.name}"

    @property
    def mentee_names(self) -> str:
        """Return the mentees' short names, in the order of the alphabet."""
        return ", ".join(mentee.person.short_name for mentee in self.mentees.all())

    def is_active_on(self, day: dt.date) -> bool:
        """Say whether the mentorship is at work that day."""
        return covers(self.started_on, self.ended_on, day)

    def prepare(self) -> None:
        """Copy the mentor's days at the school."""
        self.mentor_present = span(self.mentor.joined_on, self.mentor.left_on)

    def clean(self) -> None:
        """Refuse dates out of order or outside the mentor's time at the school."""
        super().clean()
        problems = rules.mentorship_problems(self)
        if problems:
            raise ValidationError(problems)


class Mentee(Prepared, models.Model):
    """A person who is led in a mentorship."""

    prepared_fields: ClassVar = ("mentor", "form", "during", "person_present")

    mentorship = ParentalKey(Mentorship, on_delete=models.CASCADE, related_name="mentees", verbose_name=_("mentorship"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentee_rows", verbose_name=_("mentee"))
    # Copies that the constraints need; composite foreign keys keep them true.
    mentor = models.ForeignKey(
        Person, models.DO_NOTHING, related_name="+", editable=False, db_constraint=False, db_index=False
    )
    form = models.ForeignKey(
        MentoringForm, models.DO_NOTHING, related_name="+", editable=False, db_constraint=False, db_index=False
    )
    during = DateRangeField(editable=False)
    person_present = DateRangeField(editable=False)

    objects = MenteeQuerySet.as_manager()
    if TYPE_CHECKING:
        mentorship_id: int
        person_id: int
        mentor_id: int
        form_id: int
        plans: RelatedManager[IndividualPlan]

    class Meta:
        """Nobody is their own mentor, stays longer than at school, or has two mentors at once in one form."""

        ordering: ClassVar = ["person__sort_name", "pk"]
        verbose_name = _("mentee")
        verbose_name_plural = _("mentees")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mentorship", "person"],
                name="register_mentee_once_a_mentorship",
                violation_error_message=_("This person is already in the mentorship."),
            ),
            models.CheckConstraint(
                name="register_mentee_is_not_mentor",
                condition=~Q(person=F("mentor")),
                violation_error_message=_("Nobody can be their own mentor."),
            ),
            models.CheckConstraint(
                name="register_mentee_while_present",
                condition=Q(during__contained_by=F("person_present")),
                violation_error_message=_("The mentee is not at the school for all of this time."),
            ),
            ExclusionConstraint(
                name="register_mentee_one_mentor_a_form",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("form", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The mentee already has a mentor in this form at this time."),
            ),
        ]

    def __str__(self) -> str:
        """Return the person's name."""
        return self.person.full_name

    def prepare(self) -> None:
        """Copy what the constraints compare."""
        self.mentor_id, self.form_id = self.mentorship.mentor_id, self.mentorship.form_id
        self.during = span(self.mentorship.started_on, self.mentorship.ended_on)
        self.person_present = span(self.person.joined_on, self.person.left_on)

    def clean(self) -> None:
        """Refuse a person who cannot be a mentee here, with the reason."""
        super().clean()
        problem = rules.mentee_problem(self)
        if problem:
            raise ValidationError({"person": problem})
