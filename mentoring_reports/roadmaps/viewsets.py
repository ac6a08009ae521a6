"""The roadmap in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.permissions import policy_registry

from mentoring_reports.clock import today
from mentoring_reports.school_admin.columns import FlagColumn, ValueColumn
from mentoring_reports.school_admin.policies import ANY
from mentoring_reports.school_admin.viewsets import SchoolViewSet

from . import views
from .deadline_entry.panel import DeadlineReadingPanel
from .deadline_entry.views import ReadDeadlineView
from .enums import Status
from .filters import ItemFilterSet
from .forms import ItemForm, RoadmapForm
from .models import Roadmap, RoadmapItem
from .paper.views import paper_urls
from .starting.views import start_urls
from .wizard.viewset import RoadmapImportViewSet
from .year import done_views, timeline_views
from .year.board import state_of

ROADMAP_PANELS = ObjectList(
    [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
        FieldPanel("is_published"),
        InlinePanel(
            "sections",
            [FieldRowPanel([FieldPanel("number"), FieldPanel("title")])],
            heading=gettext_lazy("Sections"),
            label=gettext_lazy("section"),
            help_text=gettext_lazy("Activities are added to a section on the roadmap's own page."),
        ),
    ],
    base_form_class=RoadmapForm,
)
ITEM_PANELS = ObjectList(
    [
        FieldPanel("section"),
        MultiFieldPanel(
            [
                FieldPanel("number"),
                FieldPanel("activity"),
                FieldPanel("responsible"),
                FieldPanel("participants"),
                FieldPanel("documents"),
            ],
            heading=gettext_lazy("Activity"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("deadline_text"),
                DeadlineReadingPanel(),
                FieldPanel("deadline_kind"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            ],
            heading=gettext_lazy("Deadline"),
            help_text=gettext_lazy("The text stays as it is in the document; the dates beside it are what counts."),
        ),
        MultiFieldPanel(
            [FieldPanel("expected_result"), FieldPanel("indicator_text")],
            heading=gettext_lazy("Expected result"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("status"), FieldPanel("done_on")])],
            heading=gettext_lazy("State"),
            help_text=gettext_lazy("Every change is kept in the history of the activity."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("evidence_note"),
                FieldPanel("evidence_page"),
                FieldPanel("evidence_document"),
                FieldPanel("evidence_url"),
            ],
            heading=gettext_lazy("Evidence"),
        ),
    ],
    base_form_class=ItemForm,
)


def _period(roadmap: Roadmap) -> str:
    first, last = roadmap.period_start, roadmap.period_end
    return f"{date_format(first, 'SHORT_DATE_FORMAT')} – {date_format(last, 'SHORT_DATE_FORMAT')}"


def _progress(roadmap: Any) -> str:
    if roadmap.is_draft:
        return _("draft, not counted")
    if not roadmap.item_number:
        return _("no activities yet")
    text = _("%(done)d of %(total)d done") % {"done": roadmap.items_done, "total": roadmap.item_number}
    if not roadmap.items_overdue:
        return text
    return text + _(", overdue: %(number)d") % {"number": roadmap.items_overdue}


class RoadmapViewSet(SchoolViewSet):
    """Roadmaps."""

    model = Roadmap
    name = "roadmaps"
    url_prefix = "roadmaps"
    icon = "calendar-alt"
    menu_label = gettext_lazy("All roadmaps")
    ordering = "-period_start"
    edit_handler = ROADMAP_PANELS
    index_view_class = views.RoadmapIndexView
    edit_view_class = views.RoadmapEditView
    search_fields = ("title",)
    list_display = (
        "title",
        ValueColumn("period", accessor=_period, label=gettext_lazy("period"), sort_key="period_start"),
        FlagColumn("is_published", label=gettext_lazy("published on the website")),
        ValueColumn("progress", accessor=_progress, label=gettext_lazy("progress")),
    )
    list_export = ("title", "period_start", "period_end", "is_published", "item_number", "items_done", "items_overdue")
    export_headings = {  # noqa: RUF012
        "item_number": gettext_lazy("activities"),
        "items_done": gettext_lazy("done"),
        "items_overdue": gettext_lazy("overdue"),
    }
    export_filename = "roadmaps"

    def get_urlpatterns(self) -> list[Any]:
        """Add the board, the timeline and the paper."""
        board = self.construct_view(views.BoardView)
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/board/", board, name="board"),
            path("<int:pk>/timeline/", self.construct_view(timeline_views.TimelineView), name="timeline"),
            *paper_urls(self.construct_view),
            *start_urls(self.construct_view),
        ]


class RoadmapItemViewSet(SchoolViewSet):
    """Activities: their forms, their history, and all of them in one list."""

    model = RoadmapItem
    name = "roadmap_items"
    url_prefix = "roadmap-items"
    icon = "tasks"
    menu_label = gettext_lazy("All activities")
    add_to_reference_index = True  # so that a document says where it serves as evidence
    sort_order_field = None
    edit_handler = ITEM_PANELS
    index_view_class = views.ItemIndexView
    add_view_class = views.ItemCreateView
    edit_view_class = views.ItemEditView
    filterset_class = ItemFilterSet
    search_fields = ("activity", "responsible", "number", "deadline_text")
    list_display = (
        "activity",
        ValueColumn("number", label=gettext_lazy("number")),
        ValueColumn("section", label=gettext_lazy("section")),
        ValueColumn("section.roadmap", label=gettext_lazy("roadmap")),
        ValueColumn("deadline.reading", label=gettext_lazy("deadline"), sort_key="ends_on"),
        ValueColumn("responsible", label=gettext_lazy("responsible"), sort_key="responsible"),
        ValueColumn("state", accessor=lambda item: state_of(item, today()).label, label=gettext_lazy("state")),
    )
    list_export = (
        "section.roadmap",
        "section",
        "number",
        "activity",
        "deadline_text",
        "starts_on",
        "ends_on",
        "expected_result",
        "indicator_text",
        "responsible",
        "participants",
        "documents",
        "get_status_display",
        "done_on",
        "evidence_note",
    )
    export_headings = {  # noqa: RUF012
        "section.roadmap": gettext_lazy("roadmap"),
        "get_status_display": gettext_lazy("state"),
    }
    export_filename = "roadmap-items"

    def get_urlpatterns(self) -> list[Any]:
        """Add the one-click changes of state and the reading of a deadline."""
        done = self._change(Status.DONE, gettext_lazy("Done: “%(activity)s”."))
        reopen = self._change(Status.PLANNED, gettext_lazy("Reopened: “%(activity)s”."))
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/done/", done, name="done"),
            path("<int:pk>/reopen/", reopen, name="reopen"),
            path("<int:pk>/complete/", self.construct_view(done_views.CompleteItemView), name="complete"),
            path("<int:pk>/times/", self.construct_view(done_views.ItemTimesView), name="times"),
            path("times/<int:pk>/done/", self.construct_view(done_views.TimeDoneView), name="time_done"),
            path("times/<int:pk>/reopen/", self.construct_view(done_views.TimeReopenView), name="time_reopen"),
            path("times/<int:pk>/complete/", self.construct_view(done_views.CompleteTimeView), name="time_complete"),
            path("deadline/", self.construct_view(ReadDeadlineView), name="deadline"),
        ]

    def _change(self, status: Status, message: Any) -> Any:
        return self.construct_view(views.ChangeStateView, status=status, message=message)


class CurrentRoadmapViewSet(ViewSet):
    """The shortest way to today's roadmap."""

    name = "roadmap_current"
    url_prefix = "roadmap"
    icon = "calendar-check"
    menu_label = gettext_lazy("Current roadmap")

    @property
    def menu_item_class(self) -> type[MenuItem]:
        """Show the item to those who may see roadmaps, in a school."""

        class CurrentRoadmapMenuItem(MenuItem):
            """The item of the menu."""

            def is_shown(self, request: Any) -> bool:
                """Ask the policy."""
                return bool(policy_registry.get_by_type(Roadmap).user_has_any_permission(request.user, ANY))

        return CurrentRoadmapMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the one address."""
        return [path("", self.construct_view(views.CurrentView), name="index")]


class RoadmapGroup(ViewSetGroup):
    """The roadmap's place in the menu."""

    menu_label = gettext_lazy("Roadmap")
    menu_name = "roadmap"
    menu_icon = "calendar-check"
    menu_order = 120
    items = (CurrentRoadmapViewSet, RoadmapViewSet, RoadmapItemViewSet, RoadmapImportViewSet)
