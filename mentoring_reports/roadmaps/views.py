"""The roadmap's own views: the board, one-click changes of state, and what differs from Wagtail's generic ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from mentoring_reports.clock import today
from mentoring_reports.school_admin.policies import ANY
from mentoring_reports.school_admin.views import LONGEST_NUMBER, CreateView, EditView, IndexView

from . import actions
from .board import board_of
from .enums import Status
from .errors import RoadmapError
from .filters import ItemFilterSet
from .models import Roadmap, RoadmapItem, RoadmapSection


def may(request: HttpRequest, action: str, model: type[Any] = RoadmapItem) -> bool:
    """Say whether the user may do this, here."""
    return bool(policy_registry.get_by_type(model).user_has_permission(request.user, action))


class RoadmapIndexView(IndexView):
    """Roadmaps with their progress; the title leads to the board."""

    add_item_label = gettext_lazy("Add a roadmap")
    empty_text = gettext_lazy("There is no roadmap yet. Add one with its period and sections, then its activities.")

    def get_base_queryset(self) -> QuerySet[Roadmap]:
        """Return roadmaps with the numbers of today."""
        return Roadmap.objects.described_on(today())

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, *args, **kwargs)
        column._get_url_func = lambda roadmap: reverse("roadmaps:board", args=[roadmap.pk])
        return column


class BoardView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A roadmap by section: deadlines, states, one-click "done", filters in the query string. Needs no scripts."""

    model = Roadmap
    any_permission_required = ANY
    template_name = "mentoring_roadmaps/board.html"
    header_icon = "calendar-check"

    @cached_property
    def roadmap(self) -> Roadmap:
        """Return the roadmap of the address."""
        return get_object_or_404(Roadmap, pk=self.kwargs["pk"])

    @cached_property
    def filters(self) -> ItemFilterSet:
        """Return the filters over this roadmap's activities."""
        return ItemFilterSet(
            self.request.GET, queryset=self.roadmap.items(), request=self.request, roadmap=self.roadmap
        )

    def get_page_title(self) -> str:
        """Return the roadmap's title."""
        return self.roadmap.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of roadmaps."""
        index = {"url": reverse("roadmaps:index"), "label": capfirst(_("roadmaps"))}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.roadmap.title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer a new activity and the roadmap's own form."""
        buttons = []
        if may(self.request, "add"):
            add = f"{reverse('roadmap_items:add')}?roadmap={self.roadmap.pk}"
            buttons.append(HeaderButton(_("Add an activity"), url=add, icon_name="plus"))
        if may(self.request, "change", Roadmap):
            edit = reverse("roadmaps:edit", args=[self.roadmap.pk])
            buttons.append(HeaderButton(_("Period and sections"), url=edit, icon_name="edit"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the board and what the user may do with it."""
        day, filtered = today(), bool(self.filters.form.changed_data)
        return {
            **super().get_context_data(**kwargs),
            "board": board_of(self.roadmap, list(self.filters.qs), day, filtered=filtered),
            "filter_form": self.filters.form,
            "is_filtered": filtered,
            "may_add": may(self.request, "add"),
            "may_change": may(self.request, "change"),
        }


class CurrentView(PermissionCheckedMixin, View):
    """The way to today's roadmap: the current one, else the latest, else the empty list."""

    model = Roadmap
    any_permission_required = ANY

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the board."""
        roadmap = Roadmap.objects.current(today()).first() or Roadmap.objects.first()
        return redirect("roadmaps:board", roadmap.pk) if roadmap else redirect("roadmaps:index")


class ChangeStateView(PermissionCheckedMixin, View):
    """One click: a state is changed by POST, and the user comes back to where the button was."""

    model = RoadmapItem
    permission_required = "change"
    http_method_names = ("post",)
    status: Status = Status.DONE
    message = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change the state, or say why not."""
        item = get_object_or_404(RoadmapItem.objects.select_related("section__roadmap"), pk=pk)
        try:
            actions.change_state(item=item, status=self.status, by=request.user, on=today())
        except RoadmapError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.message % {"activity": item})
        return redirect(get_valid_next_url_from_request(request) or self._board(item))

    @staticmethod
    def _board(item: RoadmapItem) -> str:
        return reverse("roadmaps:board", args=[item.section.roadmap_id])


class _StateMixin:
    """Saves an activity's other fields first and its state by an action, which writes the history."""

    form: Any
    request: HttpRequest

    def save_instance(self) -> RoadmapItem:
        """Write the form, then change the state if it is another one."""
        form, item = self.form, self.form.instance
        status, done_on = Status(form.cleaned_data["status"]), form.cleaned_data["done_on"]
        item.status, item.done_on = self._state_before(item)
        with transaction.atomic():
            saved = super().save_instance()  # type: ignore[misc]
            actions.change_state(item=saved, status=status, by=self.request.user, on=done_on)
        self._tell_reading()
        return saved

    def _tell_reading(self) -> None:
        """Say how the deadline was read, and what is doubtful about it."""
        reading = self.form.reading
        if reading:
            doubts = " ".join(reading.warnings)
            tell = messages.warning if doubts else messages.info
            text = _("The deadline “%(text)s” was read: %(reading)s.")
            tell(self.request, f"{text % {'text': reading.text, 'reading': reading.reading}} {doubts}".strip())

    @staticmethod
    def _state_before(item: RoadmapItem) -> tuple[str, dt.date | None]:
        row = RoadmapItem.objects.filter(pk=item.pk).values_list("status", "done_on").first() if item.pk else None
        return row or (Status.PLANNED, None)

    def get_success_url(self) -> str:
        """Return to the board."""
        return reverse("roadmaps:board", args=[self.form.instance.section.roadmap_id])


class ItemCreateView(_StateMixin, CreateView):
    """A new activity, in the section or the roadmap that led here."""

    initial_from_query = ("section",)

    def get_initial(self) -> dict[str, Any]:
        """Choose the first section of the roadmap, where only the roadmap is known."""
        initial = super().get_initial()
        roadmap = self.request.GET.get("roadmap", "")
        if "section" not in initial and roadmap.isdecimal() and len(roadmap) <= LONGEST_NUMBER:
            section = RoadmapSection.objects.filter(roadmap=int(roadmap)).first()
            initial["section"] = section.pk if section else None
        return initial


class ItemEditView(_StateMixin, EditView):
    """An activity that is changed."""


class ItemIndexView(IndexView):
    """All activities of all roadmaps, for search and export."""

    add_item_label = gettext_lazy("Add an activity")
    empty_text = gettext_lazy("There are no activities yet. Add a roadmap with its sections first.")

    def get_base_queryset(self) -> QuerySet[RoadmapItem]:
        """Return activities with their sections and roadmaps."""
        return RoadmapItem.objects.select_related("section__roadmap")
