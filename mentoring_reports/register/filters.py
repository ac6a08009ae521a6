"""Filters of the register's listings. "Now" is today in the municipality's time zone."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget

from mentoring_reports.clock import today
from mentoring_reports.school_admin.filters import SchoolFilterSet

from .enums import ConsentKind, MeetingKind, PersonKind, RoleKind
from .models import Consent, IndividualPlan, Meeting, MentoringForm, Mentorship, Person, Training

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class PersonFilterSet(SchoolFilterSet):
    """People by kind, role, presence and consents."""

    kind = django_filters.ChoiceFilter(label=_("who it is"), choices=PersonKind.choices)
    role = django_filters.ChoiceFilter(label=_("role now"), choices=RoleKind.choices, method="by_role")
    presence = django_filters.ChoiceFilter(
        label=_("at the school"), choices=[("now", _("here now")), ("left", _("has left"))], method="by_presence"
    )
    teaching = django_filters.ChoiceFilter(label=_("teaching staff"), choices=YES_NO, method="by_teaching")
    consent = django_filters.ChoiceFilter(
        label=_("consents"), choices=[("missing", _("participants without a consent"))], method="by_consent"
    )

    class Meta:
        """The filters above, in their order."""

        model = Person
        fields: ClassVar = ["kind", "role", "presence", "teaching", "consent"]

    def by_role(self, queryset: Any, name: str, value: str) -> QuerySet[Person]:
        """Return today's mentors or today's mentees."""
        return queryset.mentors_on(today()) if value == RoleKind.MENTOR else queryset.mentees_on(today())

    def by_presence(self, queryset: Any, name: str, value: str) -> QuerySet[Person]:
        """Return those at school today, or those whose last day is past."""
        return queryset.at_school_on(today()) if value == "now" else queryset.left_by(today())

    def by_teaching(self, queryset: Any, name: str, value: str) -> QuerySet[Person]:
        """Return the teaching staff, or the others."""
        return queryset.filter(is_teaching=value == "yes")

    def by_consent(self, queryset: Any, name: str, value: str) -> QuerySet[Person]:
        """Return today's participants who lack a consent."""
        return queryset.without_consent_on(today())


class MentorshipFilterSet(SchoolFilterSet):
    """Mentorships by form, state and plans."""

    form = django_filters.ModelChoiceFilter(label=_("form of mentoring"), queryset=MentoringForm.objects.all())
    state = django_filters.ChoiceFilter(
        label=_("state"),
        choices=[("active", _("at work")), ("ended", _("ended")), ("planned", _("not begun yet"))],
        method="by_state",
    )
    plans = django_filters.ChoiceFilter(
        label=_("individual plans"), choices=[("missing", _("without a plan"))], method="by_plans"
    )

    class Meta:
        """The filters above, in their order."""

        model = Mentorship
        fields: ClassVar = ["form", "state", "plans"]

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet[Mentorship]:
        """Return what is at work today, what has ended, or what is still to begin."""
        questions = {"active": queryset.active_on, "ended": queryset.ended_by, "planned": queryset.starting_after}
        return questions[value](today())

    def by_plans(self, queryset: Any, name: str, value: str) -> QuerySet[Mentorship]:
        """Return mentorships in which somebody has no plan."""
        return queryset.without_plan()


class PlanFilterSet(SchoolFilterSet):
    """Individual plans by state and approval."""

    state = django_filters.ChoiceFilter(
        label=_("state"),
        choices=[("overdue", _("overdue")), ("due", _("in progress")), ("completed", _("completed"))],
        method="by_state",
    )
    approved = django_filters.ChoiceFilter(label=_("approved by an order"), choices=YES_NO, method="by_approval")
    due_on = django_filters.DateFromToRangeFilter(label=_("to be completed by"), widget=DateRangePickerWidget)

    class Meta:
        """The filters above, in their order."""

        model = IndividualPlan
        fields: ClassVar = ["state", "approved", "due_on"]

    def by_state(self, queryset: Any, name: str, value: str) -> QuerySet[IndividualPlan]:
        """Return plans by where they stand today."""
        questions = {"overdue": queryset.overdue_on, "due": queryset.upcoming_on, "completed": queryset.completed_by}
        return questions[value](today())

    def by_approval(self, queryset: Any, name: str, value: str) -> QuerySet[IndividualPlan]:
        """Return plans with an order, or without one."""
        return queryset.filter(approved_on__isnull=value == "no")


class MeetingFilterSet(SchoolFilterSet):
    """Meetings by kind and date."""

    kind = django_filters.ChoiceFilter(label=_("kind of meeting"), choices=MeetingKind.choices)
    held_on = django_filters.DateFromToRangeFilter(label=_("held on"), widget=DateRangePickerWidget)

    class Meta:
        """The filters above, in their order."""

        model = Meeting
        fields: ClassVar = ["kind", "held_on"]


class TrainingFilterSet(SchoolFilterSet):
    """Trainings by date."""

    held_on = django_filters.DateFromToRangeFilter(label=_("held on"), widget=DateRangePickerWidget)

    class Meta:
        """One filter."""

        model = Training
        fields: ClassVar = ["held_on"]


class ConsentFilterSet(SchoolFilterSet):
    """Consents by kind and force."""

    kind = django_filters.ChoiceFilter(label=_("consent"), choices=ConsentKind.choices)
    force = django_filters.ChoiceFilter(
        label=_("state"), choices=[("in_force", _("in force")), ("revoked", _("revoked"))], method="by_force"
    )

    class Meta:
        """The filters above, in their order."""

        model = Consent
        fields: ClassVar = ["kind", "force"]

    def by_force(self, queryset: Any, name: str, value: str) -> QuerySet[Consent]:
        """Return consents in force today, or those revoked by today."""
        return queryset.in_force_on(today()) if value == "in_force" else queryset.filter(revoked_on__lte=today())
