"""Choosers of people, mentorships and mentees: a search instead of a list of hundreds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView

from mentoring_reports.school_admin.viewsets import SchoolChooserViewSet

from . import columns
from .models import Mentee, Mentorship, Person
from .names import sort_key


class NameSearchForm(BaseFilterForm):
    """A search by name in which «е» finds «ё»."""

    q = forms.CharField(
        label=_("Name"), widget=forms.TextInput(attrs={"placeholder": _("Part of the name")}), required=False
    )
    name_field = "sort_name"

    def filter(self, objects: Any) -> Any:
        """Return rows whose name holds every word."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in sort_key(self.search_query or "").split():
            objects = objects.filter(**{f"{self.name_field}__contains": word})
        return objects


class MentorNameSearchForm(NameSearchForm):
    """A search by the mentor's name."""

    name_field = "mentor__sort_name"


class MenteeNameSearchForm(NameSearchForm):
    """A search by the mentee's name."""

    name_field = "person__sort_name"


class _PersonColumns:
    filter_form_class = NameSearchForm

    def get_object_list(self) -> Any:
        return Person.objects.all()

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            columns.TextColumn("who", columns.kind_and_post, label=_("who it is")),
            columns.TextColumn("presence", columns.presence, label=_("at the school")),
        ]


class _MentorshipColumns:
    filter_form_class = MentorNameSearchForm

    def get_object_list(self) -> Any:
        return Mentorship.objects.with_people()

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            columns.TextColumn("mentees", columns.mentees, label=_("mentees")),
            columns.DayColumn("started_on", label=_("from")),
            columns.DayColumn("ended_on", label=_("to")),
        ]


class _MenteeColumns:
    filter_form_class = MenteeNameSearchForm

    def get_object_list(self) -> Any:
        return Mentee.objects.select_related("person", "mentorship__mentor", "mentorship__form")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("mentorship", label=_("mentorship")),
            columns.DayColumn("mentorship.started_on", label=_("from")),
            columns.DayColumn("mentorship.ended_on", label=_("to")),
        ]


def _views(mixin: type) -> dict[str, type]:
    return {
        "choose_view_class": type(f"{mixin.__name__}ChooseView", (mixin, ChooseView), {}),
        "choose_results_view_class": type(f"{mixin.__name__}ChooseResultsView", (mixin, ChooseResultsView), {}),
    }


person_chooser = SchoolChooserViewSet(
    "register_person_chooser",
    model=Person,
    url_prefix="register/people/choose",
    icon="user",
    choose_one_text=_("Choose a person"),
    choose_another_text=_("Choose another person"),
    page_title=_("Choose a person"),
    **_views(_PersonColumns),
)
mentorship_chooser = SchoolChooserViewSet(
    "register_mentorship_chooser",
    model=Mentorship,
    url_prefix="register/mentorships/choose",
    icon="group",
    choose_one_text=_("Choose a mentorship"),
    choose_another_text=_("Choose another mentorship"),
    page_title=_("Choose a mentorship"),
    **_views(_MentorshipColumns),
)
mentee_chooser = SchoolChooserViewSet(
    "register_mentee_chooser",
    model=Mentee,
    url_prefix="register/mentees/choose",
    icon="user",
    choose_one_text=_("Choose a mentee"),
    choose_another_text=_("Choose another mentee"),
    page_title=_("Choose a mentee"),
    **_views(_MenteeColumns),
)
