"""Choosers of people, mentorships and mentees: a search instead of a list of hundreds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView

from mentoring_reports.school_admin.columns import DayColumn, TextColumn, ValueColumn
from mentoring_reports.school_admin.viewsets import SchoolChooserViewSet

from . import columns
from .models import Mentee, Mentorship, Person
from .names import sort_key


class NameSearchForm(BaseFilterForm):
    """A search by name in which «е» finds «ё»."""

    q = forms.CharField(
        label=_("Full name"), widget=forms.TextInput(attrs={"placeholder": _("Part of the name")}), required=False
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


class _MoreColumns:
    extra_columns: tuple[Column, ...] = ()

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, *self.extra_columns]  # type: ignore[misc]


class _PersonColumns(_MoreColumns):
    filter_form_class = NameSearchForm
    extra_columns = (
        TextColumn("who", columns.kind_and_post, label=_("who it is")),
        TextColumn("presence", columns.presence, label=_("at the school")),
    )

    def get_object_list(self) -> Any:
        return Person.objects.all()


class _MentorshipColumns(_MoreColumns):
    filter_form_class = MentorNameSearchForm
    extra_columns = (
        TextColumn("mentees", columns.mentees, label=_("mentees")),
        DayColumn("started_on", label=_("beginning")),
        DayColumn("ended_on", label=_("end")),
    )

    def get_object_list(self) -> Any:
        return Mentorship.objects.with_people()


class _MenteeColumns(_MoreColumns):
    filter_form_class = MenteeNameSearchForm
    extra_columns = (
        ValueColumn("mentorship", label=_("mentorship")),
        DayColumn("mentorship.started_on", label=_("beginning")),
        DayColumn("mentorship.ended_on", label=_("end")),
    )

    def get_object_list(self) -> Any:
        return Mentee.objects.select_related("person", "mentorship__mentor", "mentorship__form")


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
