"""The register's own views: what differs from Wagtail's generic ones."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from mentoring_reports.clock import today
from mentoring_reports.school_admin.views import CreateView, DeleteView, EditView, IndexView

from .models import IndividualPlan, Meeting, MentoringForm, Mentorship, Person, Training
from .story import story_of


class PersonIndexView(IndexView):
    """People with what they are today."""

    title_sort_key = "sort_name"
    add_item_label = gettext_lazy("Add a person")
    empty_text = gettext_lazy(
        "Nobody is written down yet. Start with the staff: all teaching staff, mentors and mentees."
    )

    def get_base_queryset(self) -> QuerySet[Person]:
        """Return people with roles, mentorships and consents of today, in one statement."""
        return Person.objects.described_on(today())


class MentoringFormIndexView(IndexView):
    """Forms of mentoring with how often they are used."""

    add_item_label = gettext_lazy("Add a form of mentoring")
    empty_text = gettext_lazy("There are no forms of mentoring yet: a pair or group needs one.")

    def get_base_queryset(self) -> QuerySet[MentoringForm]:
        """Return forms with the number of mentorships."""
        return MentoringForm.objects.annotate(mentorship_number=Count("mentorships"))


class MentorshipIndexView(IndexView):
    """Mentorships; the name leads to the whole story."""

    title_sort_key = "mentor__sort_name"
    add_item_label = gettext_lazy("Add a pair or group")
    empty_text = gettext_lazy(
        "There are no pairs or groups yet. Write the people down first, then bring them together here."
    )

    def get_base_queryset(self) -> QuerySet[Mentorship]:
        """Return mentorships with their people and counts."""
        return Mentorship.objects.with_people().described()

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, *args, **kwargs)
        column._get_url_func = self.get_inspect_url
        return column


class MentorshipEditView(EditView):
    """A mentorship that is changed; the story is one click away."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the whole story."""
        return [HeaderButton(_("The whole story"), url=self.get_inspect_url(), icon_name="history")]


class MentorshipDeleteView(DeleteView):
    """A mentorship that is deleted together with all that was written down about it."""

    @property
    def confirmation_message(self) -> str:
        """Say how much goes along, and what to do instead."""
        plans = IndividualPlan.objects.filter(mentee__mentorship=self.object).count()
        meetings = self.object.meetings.count()
        return " ".join(
            (
                _("The mentorship goes together with its records:"),
                ngettext("%(number)d plan", "%(number)d plans", plans) % {"number": plans} + ",",
                ngettext("%(number)d meeting.", "%(number)d meetings.", meetings) % {"number": meetings},
                _("If it has simply ended, write down its last day instead."),
            )
        )


class MentorshipStoryView(generic.InspectView):
    """A mentorship from its order to its last meeting."""

    page_title = gettext_lazy("The whole story")

    def get_object(self, queryset: QuerySet[Mentorship] | None = None) -> Mentorship:
        """Return the mentorship with its mentor and form."""
        return get_object_or_404(Mentorship.objects.select_related("mentor", "form"), pk=self.pk)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer what may follow: editing, a meeting."""
        buttons = super().header_more_buttons
        if policy_registry.get_by_type(Meeting).user_has_permission(self.request.user, "add"):
            url = f"{reverse('register_meetings:add')}?mentorship={self.object.pk}"
            buttons = [*buttons, Button(_("Add a meeting"), url=url, icon_name="plus", priority=5)]
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the story and what the user may add to it."""
        user = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "story": story_of(self.object),
            "day": today(),
            "may_add_plan": policy_registry.get_by_type(IndividualPlan).user_has_permission(user, "add"),
            "may_change_plan": policy_registry.get_by_type(IndividualPlan).user_has_permission(user, "change"),
            "may_add_meeting": policy_registry.get_by_type(Meeting).user_has_permission(user, "add"),
            "may_change_meeting": policy_registry.get_by_type(Meeting).user_has_permission(user, "change"),
        }


class PlanIndexView(IndexView):
    """Plans with their people and tasks."""

    add_item_label = gettext_lazy("Add a plan")
    empty_text = gettext_lazy("There are no individual plans yet. A plan belongs to a mentee of a pair or group.")

    def get_base_queryset(self) -> QuerySet[IndividualPlan]:
        """Return plans with the tasks of today."""
        return IndividualPlan.objects.described_on(today())


class PlanCreateView(CreateView):
    """A new plan, for the mentee whose story led here."""

    initial_from_query = ("mentee",)


class MeetingIndexView(IndexView):
    """Meetings with their mentorships and attendance."""

    add_item_label = gettext_lazy("Add a meeting")
    empty_text = gettext_lazy("There are no meetings yet. The first one of a pair or group is for getting acquainted.")

    def get_base_queryset(self) -> QuerySet[Meeting]:
        """Return meetings with the number of those present."""
        meetings = Meeting.objects.select_related("mentorship__mentor", "mentorship__form")
        return meetings.annotate(attendee_number=Count("attendances"))


class MeetingCreateView(CreateView):
    """A new meeting, of the mentorship whose story led here."""

    initial_from_query = ("mentorship",)


class TrainingIndexView(IndexView):
    """Trainings with attendance."""

    add_item_label = gettext_lazy("Add a training")
    empty_text = gettext_lazy(
        "There are no trainings yet. Write down each session of the school of mentors and who attended."
    )

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return trainings with the number of those present."""
        return Training.objects.annotate(attendee_number=Count("attendances"))


class ConsentIndexView(IndexView):
    """Consents with their people."""

    title_sort_key = "person__sort_name"
    add_item_label = gettext_lazy("Add a consent")
    empty_text = gettext_lazy(
        "There are no consents yet. Every participant gives one to the processing of personal data."
    )

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return consents with the person."""
        return super().get_base_queryset().select_related("person")


class ConsentCreateView(CreateView):
    """A new consent, for the person whose record led here."""

    initial_from_query = ("person",)
