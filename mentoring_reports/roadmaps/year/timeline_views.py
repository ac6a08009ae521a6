"""The timeline of a roadmap: one picture for each section, drawn on the server. The board is the same as a list."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem
from mentoring_reports.roadmaps.views import may
from mentoring_reports.school_admin.policies import ANY

from . import timeline
from .times import Time

KEY = (
    (timeline.OPEN, gettext_lazy("to be done")),
    (timeline.DONE, gettext_lazy("done")),
    (timeline.LATE, gettext_lazy("done late")),
    (timeline.OVERDUE, gettext_lazy("overdue")),
    (timeline.CANCELLED, gettext_lazy("cancelled")),
)


class TimelineView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Pictures by section. Three statements, whatever the number of activities."""

    model = Roadmap
    any_permission_required = ANY
    template_name = "mentoring_roadmaps/timeline.html"
    header_icon = "calendar-alt"

    @cached_property
    def roadmap(self) -> Roadmap:
        """Return the roadmap of the address."""
        return get_object_or_404(Roadmap, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Return what it is; the roadmap's title stands below."""
        return _("Timeline")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the board and the list of roadmaps."""
        index = {"url": reverse("roadmaps:index"), "label": capfirst(_("roadmaps"))}
        board = {"url": reverse("roadmaps:board", args=[self.roadmap.pk]), "label": self.roadmap.title}
        return [*self.breadcrumbs_items, index, board, {"url": "", "label": _("Timeline")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pictures."""
        drawn = self._drawn(today())
        may_import = may(self.request, "add", Roadmap)
        context = super().get_context_data(**kwargs)
        return {**context, "roadmap": self.roadmap, "key": KEY, "may_import": may_import, **drawn}

    def _drawn(self, day: dt.date) -> dict[str, Any]:
        items: QuerySet[RoadmapItem] = self.roadmap.items().with_times()
        times = [(item, item.times()) for item in items]
        scale = timeline.Scale.over(self.roadmap.period_start, self.roadmap.period_end, _days(times))
        sections = [
            (section, timeline.picture(scale, [_activity(*row) for row in rows], day))
            for section, rows in groupby(times, key=lambda row: row[0].section)
        ]
        return {"scale": scale, "months": scale.months(), "today_x": scale.today(day), "sections": sections}


def _days(times: list[tuple[RoadmapItem, list[Time]]]) -> list[dt.date]:
    found = [day for _item, rows in times for time in rows for day in (time.starts_on, time.due_on)]
    return [day for day in found if day]


def _activity(item: RoadmapItem, times: list[Time]) -> tuple[str, str, bool, list[Time]]:
    return item.number, item.activity, item.is_cancelled, times
