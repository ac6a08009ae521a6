"""People of the school, the bases they stand in and their consents. Tenant schema."""

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
from mentoring_reports.register.dates import covers, generated_span, whole_years
from mentoring_reports.register.enums import ConsentKind, PersonKind, RoleKind
from mentoring_reports.register.names import short_form, sort_key
from mentoring_reports.register.prepared import Prepared
from mentoring_reports.register.querysets import ConsentQuerySet, PersonQuerySet, RoleQuerySet

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from .mentorships import Mentee, Mentorship


class Person(Prepared, ClusterableModel):
    """A staff member, a pupil or a partner's representative, with their days at the school."""

    prepared_fields: ClassVar = ("sort_name",)

    last_name = models.CharField(_("last name"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    sort_name = models.CharField(max_length=310, editable=False, db_index=True)
    kind = models.CharField(_("who it is"), max_length=10, choices=PersonKind, default=PersonKind.STAFF)
    is_teaching = models.BooleanField(
        _("teaching staff"),
        default=False,
        help_text=_("Counted among the teaching staff in reports. Only for staff members."),
    )
    post = models.CharField(_("post or class"), max_length=200, blank=True)
    teaching_since = models.DateField(
        _("teaching since"),
        null=True,
        blank=True,
        help_text=_("Years of service are counted from this day; up to three years make a young teacher."),
    )
    joined_on = models.DateField(_("at the school from"), help_text=_("The first day at the school."))
    left_on = models.DateField(
        _("at the school to"),
        null=True,
        blank=True,
        help_text=_("The last day at the school; empty while the person is here."),
    )
    birth_date = models.DateField(
        _("date of birth"), null=True, blank=True, help_text=_("Tells who needs a parent's consent.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("Seen only by those who keep the register."))
    present = generated_span("joined_on", "left_on")

    objects = PersonQuerySet.as_manager()
    if TYPE_CHECKING:
        roles: RelatedManager[Role]
        consents: RelatedManager[Consent]
        mentorships: RelatedManager[Mentorship]
        mentee_rows: RelatedManager[Mentee]

    class Meta:
        """Sorted by name; dates are in order; (id, present) is what mentorships refer to."""

        ordering: ClassVar = ["sort_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "present"], name="register_person_present"),
            models.CheckConstraint(
                name="register_person_left_not_before_joined",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                violation_error_message=_("The last day at the school is before the first one."),
            ),
            models.CheckConstraint(
                name="register_person_born_before_joined",
                condition=Q(birth_date__isnull=True) | Q(birth_date__lt=F("joined_on")),
                violation_error_message=_("The date of birth is not before the first day at the school."),
            ),
            models.CheckConstraint(
                name="register_person_teaching_is_staff",
                condition=Q(is_teaching=False) | Q(kind=PersonKind.STAFF),
                violation_error_message=_("Only a staff member can be teaching staff."),
            ),
        ]

    def __str__(self) -> str:
        """Return the full name."""
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return «Фамилия Имя Отчество»."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Return «Фамилия И. О.»."""
        return short_form(self.last_name, self.first_name, self.patronymic)

    def years_of_service(self, day: dt.date) -> int | None:
        """Return whole years of teaching by the day, None where the beginning is not known."""
        return whole_years(self.teaching_since, day) if self.teaching_since else None

    def is_at_school_on(self, day: dt.date) -> bool:
        """Say whether the person belongs to the school that day."""
        return covers(self.joined_on, self.left_on, day)

    def prepare(self) -> None:
        """Make the key the person is sorted and found by."""
        self.sort_name = sort_key(self.last_name, self.first_name, self.patronymic)

    def clean(self) -> None:
        """Refuse dates and posts that do not agree, and a stay too short for the person's mentorships."""
        super().clean()
        problems = rules.person_problems(self)
        if problems:
            raise ValidationError(problems)


class Role(models.Model):
    """A person's place in the base of mentors or of mentees."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="roles", verbose_name=_("person"))
    kind = models.CharField(_("base"), max_length=10, choices=RoleKind)
    since = models.DateField(_("beginning"))
    until = models.DateField(_("end"), null=True, blank=True, help_text=_("The last day; empty while it goes on."))

    objects = RoleQuerySet.as_manager()

    class Meta:
        """Dates are in order."""

        ordering: ClassVar = ["since", "pk"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="register_role_until_not_before_since",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("The last day is before the first one."),
            ),
        ]

    def __str__(self) -> str:
        """Return the base's name."""
        return str(self.get_kind_display())


class Consent(models.Model):
    """A dated consent that can be revoked."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="consents", verbose_name=_("person"))
    kind = models.CharField(_("consent"), max_length=30, choices=ConsentKind, default=ConsentKind.DATA)
    given_on = models.DateField(_("given on"))
    revoked_on = models.DateField(
        _("revoked on"), null=True, blank=True, help_text=_("From this day the consent no longer holds.")
    )
    document = models.TextField(
        _("document"), blank=True, help_text=_("Where the paper is kept: number, folder. No scan is needed here.")
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        """Dates are in order."""

        ordering: ClassVar = ["-given_on", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="register_consent_revoked_not_before_given",
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("given_on")),
                violation_error_message=_("The consent is revoked before it is given."),
            ),
        ]

    def __str__(self) -> str:
        """Return what is agreed to."""
        return str(self.get_kind_display())

    def is_in_force_on(self, day: dt.date) -> bool:
        """Say whether the consent holds that day."""
        return self.given_on <= day and (self.revoked_on is None or day < self.revoked_on)

    def clean(self) -> None:
        """Refuse dates out of order with a message at the field."""
        super().clean()
        if self.given_on and self.revoked_on and self.revoked_on < self.given_on:
            raise ValidationError({"revoked_on": _("The consent is revoked before it is given.")})
