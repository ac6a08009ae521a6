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
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry

from mentoring_reports.clock import today
from mentoring_reports.school_admin.policies import ANY
from mentoring_reports.school_admin.views import LONGEST_NUMBER, CreateView, EditView, IndexView

from . import actions
from .enums import Status
from .errors import RoadmapError
from .filters import BoardFilterSet
from .models import Roadmap, RoadmapItem, RoadmapSection
from .year.board import Row, board_of, rows_of
from .year.following import follow_period
from .year.occurrences import sync_occurrences
from .year.stretches import Stretch
from .year.tabs import tabs_of


def may(request: HttpRequest, action: str, model: type[Any] = RoadmapItem) -> bool:
    """Say whether the user may do this, here."""
    return bool(policy_registry.get_by_type(model).user_has_permission(request.user, action))


def board_address(item: RoadmapItem) -> str:
    """Return the board on which the activity stands."""
    return reverse("roadmaps:board", args=[item.section.roadmap_id])


def done_words(item: RoadmapItem) -> str:
    """Return what is to be said of an activity of which some times are done and others are to come."""
    left = item.occurrences.filter(done_on=None).count() if item.status == Status.IN_PROGRESS else 0
    text = _("Done: the times of “%(activity)s” that have begun. Still to come: %(number)d.")
    return text % {"activity": item, "number": left} if left else ""


class RoadmapIndexView(IndexView):
    """Roadmaps with their progress; the title leads to the board."""

    add_item_label = gettext_lazy("Add a roadmap")
    empty_text = gettext_lazy("There is no roadmap yet. Add one with its period and sections, then its activities.")

    def get_base_queryset(self) -> QuerySet[Roadmap]:
        """Return roadmaps with the numbers of today."""
        return Roadmap.objects.described_on(today())

    @cached_property
    def no_results_message(self) -> str:
        """Lead to the import as well, while there is no roadmap."""
        message = super().no_results_message
        if self.is_searching or self.is_filtering or not may(self.request, "add", Roadmap):
            return message
        url, start = reverse("roadmap_imports:new"), reverse("roadmaps:start")
        links = format_html('<a href="{}">{}</a>', url, _("Import a document"))
        return format_html('{} · {} · <a href="{}">{}</a>', message, links, start, _("Start from a template"))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the import of a document beside the empty form."""
        buttons: list[HeaderButton] = super().header_buttons
        if may(self.request, "add", Roadmap):
            url = reverse("roadmap_imports:new")
            buttons = [*buttons, HeaderButton(_("Import a document"), url=url, icon_name="upload")]
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Offer the municipality's templates."""
        buttons: list[Button] = list(super().header_more_buttons)
        if may(self.request, "add", Roadmap):
            start = reverse("roadmaps:start")
            buttons.append(Button(_("Start from a template"), url=start, icon_name="copy", priority=5))
        return buttons

    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, *args, **kwargs)
        column._get_url_func = lambda roadmap: reverse("roadmaps:board", args=[roadmap.pk])
        return column


class RoadmapEditView(EditView):
    """A roadmap that is changed: when its period does, what lasted the whole period and what comes back follows."""

    def save_instance(self) -> Roadmap:
        """Write the form, then the times of its activities."""
        before = Roadmap.objects.filter(pk=self.form.instance.pk).values_list("period_start", "period_end").first()
        with transaction.atomic():
            roadmap: Roadmap = super().save_instance()
            follow_period(roadmap=roadmap, before=before, by=self.request.user)
        return roadmap


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
    def filters(self) -> BoardFilterSet:
        """Return the filters over this roadmap's activities."""
        items = self.roadmap.items().select_related("evidence_page", "evidence_document").with_times()
        items = items.prefetch_related("occurrences__evidence_page", "occurrences__evidence_document")
        return BoardFilterSet(self.request.GET, queryset=items, request=self.request, roadmap=self.roadmap)

    @cached_property
    def stretch(self) -> Stretch:
        """Return the stretch of days that the address names."""
        return Stretch.of(self.request.GET.get("deadline", ""))

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
        day, found = today(), list(self.filters.qs)
        filtered = bool(self.filters.form.changed_data) or self.stretch is not Stretch.ALL
        rows: list[Row] = rows_of(found, self.stretch, day)
        return {
            **super().get_context_data(**kwargs),
            "board": board_of(self.roadmap, rows, day, filtered=filtered),
            "tabs": tabs_of(found, self.stretch, self.request.GET, day),
            "stretch": self.stretch,
            "filter_form": self.filters.form,
            "is_filtered": filtered,
            "may_add": may(self.request, "add"),
            "may_import": may(self.request, "add", Roadmap),
            "may_change": may(self.request, "change"),
        }


class CurrentView(PermissionCheckedMixin, View):
    """The way to today's roadmap: the current one, else the latest, else the empty list."""

    model = Roadmap
    any_permission_required = ANY

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the board."""
        current = Roadmap.objects.current(today())
        roadmap = current.at_work().first() or current.first() or Roadmap.objects.first()
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
            messages.success(request, done_words(item) or self.message % {"activity": item})
        return redirect(get_valid_next_url_from_request(request) or board_address(item))


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
            sync_occurrences(item=saved, by=self.request.user)
            actions.change_state(item=saved, status=status, by=self.request.user, on=done_on)
        self._tell_reading()
        return saved

    def form_valid(self, form: Any) -> HttpResponse:
        """Save; what an action refuses because another was faster becomes a message, and nothing is written."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except RoadmapError as error:
            form.add_error("status", str(error))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

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
        return board_address(self.form.instance)


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
        return RoadmapItem.objects.select_related("section__roadmap").with_times()
