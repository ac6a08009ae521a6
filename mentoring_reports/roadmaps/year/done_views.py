"""Ticking: one time of an activity by one click, and either it or the whole activity with a day and evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring_reports.clock import today
from mentoring_reports.roadmaps import actions
from mentoring_reports.roadmaps.errors import RoadmapError
from mentoring_reports.roadmaps.forms import DoneForm, TimeDoneForm
from mentoring_reports.roadmaps.models import Occurrence, RoadmapItem
from mentoring_reports.roadmaps.views import board_address, done_words, may
from mentoring_reports.school_admin.policies import ANY

from . import ticking
from .board import TimeRow, state_of_time
from .times import Time


class _TimeView(PermissionCheckedMixin, View):
    """One click on one time: by POST, and back to where the button was."""

    model = RoadmapItem
    permission_required = "change"
    http_method_names = ("post",)
    message: Any = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change it, or say why not."""
        time = get_object_or_404(Occurrence.objects.select_related("item__section__roadmap"), pk=pk)
        try:
            self.change(time)
        except RoadmapError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.message % {"activity": time.item})
        return redirect(get_valid_next_url_from_request(request) or board_address(time.item))

    def change(self, time: Occurrence) -> None:
        """Call the action."""
        raise NotImplementedError


class TimeDoneView(_TimeView):
    """One time of an activity is done today."""

    message = gettext_lazy("Done, this time: “%(activity)s”.")

    def change(self, time: Occurrence) -> None:
        """Tick it."""
        ticking.complete_occurrence(occurrence=time, by=self.request.user)


class TimeReopenView(_TimeView):
    """The mark of one time is taken back."""

    message = gettext_lazy("The mark was taken back: “%(activity)s”.")

    def change(self, time: Occurrence) -> None:
        """Take the tick away."""
        ticking.reopen_occurrence(occurrence=time, by=self.request.user)


class ItemTimesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """All times of an activity that has too many of them for the board."""

    model = RoadmapItem
    any_permission_required = ANY
    template_name = "mentoring_roadmaps/item_times.html"
    page_title = gettext_lazy("Times of the activity")
    header_icon = "calendar-alt"

    @cached_property
    def item(self) -> RoadmapItem:
        """Return the activity."""
        return get_object_or_404(RoadmapItem.objects.select_related("section__roadmap"), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the board."""
        return [*self.breadcrumbs_items, *trail(self.item), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the times as the board shows them."""
        rows = self.item.occurrences.select_related("evidence_page", "evidence_document")
        times = [Time(row.starts_on, row.ends_on, row.done_on, row) for row in rows]
        return {
            **super().get_context_data(**kwargs),
            "item": self.item,
            "times": [TimeRow(time, state_of_time(time, today())) for time in times],
            "back": board_address(self.item),
            "may_change": may(self.request, "change"),
        }


def trail(item: RoadmapItem) -> list[dict[str, Any]]:
    """Return the way from the list of roadmaps to the activity's board."""
    roadmaps = {"url": reverse("roadmaps:index"), "label": capfirst(_("roadmaps"))}
    return [roadmaps, {"url": board_address(item), "label": str(item.section.roadmap)}]


class CompleteItemView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A form of its own: done on which day, and what confirms it."""

    model = RoadmapItem
    permission_required = "change"
    form_class = DoneForm
    template_name = "mentoring_roadmaps/complete.html"
    page_title = gettext_lazy("Done, with date and evidence")
    header_icon = "check"

    @cached_property
    def row(self) -> Model:
        """Return what is to be marked."""
        return get_object_or_404(RoadmapItem.objects.select_related("section__roadmap"), pk=self.kwargs["pk"])

    @property
    def item(self) -> Any:
        """Return the activity."""
        return self.row

    def complete(self, form: DoneForm) -> None:
        """Call the action."""
        done_on = form.cleaned_data["done_on"]
        actions.complete_item(item=self.item, by=self.request.user, on=done_on, confirmation=form.confirmation)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the board."""
        return [*self.breadcrumbs_items, *trail(self.item), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Show what is written there already."""
        return {**super().get_form_kwargs(), "instance": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the activity and the way back."""
        context = super().get_context_data(**kwargs)
        return {**context, "item": self.item, "row": self.row, "back": self.get_success_url()}

    def form_valid(self, form: DoneForm) -> HttpResponse:
        """Mark it, or say why not."""
        try:
            self.complete(form)
        except RoadmapError as error:
            form.add_error("done_on", str(error))
            return self.form_invalid(form)
        messages.success(self.request, done_words(self.item) or _("Done: “%(activity)s”.") % {"activity": self.item})
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        """Return to where the user came from, or to the board."""
        return get_valid_next_url_from_request(self.request) or board_address(self.item)


class CompleteTimeView(CompleteItemView):
    """The same for one time of an activity."""

    form_class = TimeDoneForm

    @cached_property
    def row(self) -> Model:
        """Return the time."""
        return get_object_or_404(Occurrence.objects.select_related("item__section__roadmap"), pk=self.kwargs["pk"])

    @property
    def item(self) -> Any:
        """Return the activity whose time it is."""
        return self.row.item  # type: ignore[attr-defined]

    def complete(self, form: DoneForm) -> None:
        """Call the action."""
        done_on, confirmation = form.cleaned_data["done_on"], form.confirmation
        ticking.complete_occurrence(occurrence=self.row, by=self.request.user, on=done_on, confirmation=confirmation)  # type: ignore[arg-type]
