"""Questions about people. Every `day` is included; a person's first and last day at the school count as theirs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from mentoring_reports.register.dates import active_on, years_before
from mentoring_reports.register.enums import ConsentKind, PersonKind, RoleKind
from mentoring_reports.register.names import sort_key
from mentoring_reports.register.prepared import PreparedQuerySet

from .rows import number_of, rows_of

if TYPE_CHECKING:
    from mentoring_reports.register.models import Consent, Person, Role  # noqa: F401

YOUNG_TEACHER_YEARS = 3
ADULT_AT = 18


def _has_role(kind: RoleKind, day: dt.date) -> Exists:
    return Exists(rows_of("Role").filter(active_on("since", "until", day), person=OuterRef("pk"), kind=kind))


def _leads_on(day: dt.date) -> Exists:
    return Exists(rows_of("Mentorship").active_on(day).filter(mentor=OuterRef("pk")))  # type: ignore[attr-defined]


def _in_pair_on(day: dt.date) -> Exists:
    return Exists(rows_of("Mentee").active_on(day).filter(person=OuterRef("pk")))  # type: ignore[attr-defined]


def _is_mentor(day: dt.date) -> Q:
    return Q(_has_role(RoleKind.MENTOR, day)) | Q(_leads_on(day))


def _is_mentee(day: dt.date) -> Q:
    return Q(_has_role(RoleKind.MENTEE, day)) | Q(_in_pair_on(day))


def _consented(day: dt.date, kind: ConsentKind) -> Exists:
    given = rows_of("Consent").in_force_on(day)  # type: ignore[attr-defined]
    return Exists(given.filter(person=OuterRef("pk"), kind=kind))


def _minor_on(day: dt.date) -> Q:
    # A pupil whose birthday nobody wrote down is taken for a minor: the stricter reading.
    born_late = Q(birth_date__isnull=True) | Q(birth_date__gt=years_before(day, ADULT_AT))
    return Q(born_late, kind=PersonKind.PUPIL)


def _lacks_consent(day: dt.date) -> Q:
    lacks_own = Q(~_consented(day, ConsentKind.DATA))
    lacks_parents = _minor_on(day) & Q(~_consented(day, ConsentKind.LEGAL_REPRESENTATIVE))
    return lacks_own | lacks_parents


def _truth(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


class PersonQuerySet(PreparedQuerySet["Person"]):
    """People of the school."""

    def named(self, text: str) -> PersonQuerySet:
        """Return those whose name holds every word of the text; «е» finds «ё»."""
        people = self
        for word in sort_key(text).split():
            people = people.filter(sort_name__contains=word)
        return people

    def at_school_on(self, day: dt.date) -> PersonQuerySet:
        """Return those who belong to the school that day."""
        return self.filter(active_on("joined_on", "left_on", day))

    def left_by(self, day: dt.date) -> PersonQuerySet:
        """Return those whose last day lies before the day."""
        return self.filter(left_on__lt=day)

    def staff(self) -> PersonQuerySet:
        """Return the school's own employees."""
        return self.filter(kind=PersonKind.STAFF)

    def teaching(self) -> PersonQuerySet:
        """Return the teaching staff."""
        return self.staff().filter(is_teaching=True)

    def young_teachers_on(self, day: dt.date) -> PersonQuerySet:
        """Return teaching staff at school that day who have taught for three years at most, that day included."""
        return (
            self.at_school_on(day)
            .teaching()
            .filter(teaching_since__gte=years_before(day, YOUNG_TEACHER_YEARS), teaching_since__lte=day)
        )

    def mentors_on(self, day: dt.date) -> PersonQuerySet:
        """Return who is a mentor that day: stands in the base of mentors, or leads an active mentorship."""
        return self.at_school_on(day).filter(_is_mentor(day))

    def mentees_on(self, day: dt.date) -> PersonQuerySet:
        """Return who is a mentee that day: stands in the base of mentees, or is led in an active mentorship."""
        return self.at_school_on(day).filter(_is_mentee(day))

    def in_pairs_on(self, day: dt.date) -> PersonQuerySet:
        """Return mentees of a pair or group that is active that day."""
        return self.at_school_on(day).filter(_in_pair_on(day))

    def participants_on(self, day: dt.date) -> PersonQuerySet:
        """Return mentors and mentees of that day."""
        return self.at_school_on(day).filter(_is_mentor(day) | _is_mentee(day))

    def trained_by(self, day: dt.date) -> PersonQuerySet:
        """Return who attended at least one training held on the day or before it."""
        attended = rows_of("TrainingAttendance").filter(person=OuterRef("pk"), training__held_on__lte=day)
        return self.filter(Exists(attended))

    def without_consent_on(self, day: dt.date) -> PersonQuerySet:
        """Return participants without a consent to processing their data, and minors without a parent's."""
        return self.participants_on(day).filter(_lacks_consent(day))

    def described_on(self, day: dt.date) -> PersonQuerySet:
        """Add what a listing shows: `is_mentor`, `is_mentee`, `mentorships_led`, `mentorships_in`, `lacks_consent`."""
        led = rows_of("Mentorship").active_on(day)  # type: ignore[attr-defined]
        joined = rows_of("Mentee").active_on(day)  # type: ignore[attr-defined]
        return self.annotate(
            is_mentor=_truth(_is_mentor(day)),
            is_mentee=_truth(_is_mentee(day)),
            mentorships_led=number_of(led, "mentor"),
            mentorships_in=number_of(joined, "person"),
            lacks_consent=_truth(_lacks_consent(day)),
        )


class RoleQuerySet(models.QuerySet["Role"]):
    """Who stands in which base, and when."""

    def active_on(self, day: dt.date) -> RoleQuerySet:
        """Return roles that hold that day."""
        return self.filter(active_on("since", "until", day))

    def of_kind(self, kind: RoleKind) -> RoleQuerySet:
        """Return one base: of mentors or of mentees."""
        return self.filter(kind=kind)


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents."""

    def in_force_on(self, day: dt.date) -> ConsentQuerySet:
        """Return consents given by that day and not revoked by it: on the day of revoking it no longer holds."""
        revoked_later = Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
        return self.filter(revoked_later, given_on__lte=day)
