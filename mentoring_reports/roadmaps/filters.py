"""Filters of a roadmap's activities, kept in the query string."""

from __future__ import annotations

import calendar
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import today
from mentoring_reports.school_admin.filters import SchoolFilterSet

from .enums import Status
from .models import Roadmap, RoadmapItem


def _responsibles(roadmap: Roadmap | None) -> list[tuple[str, str]]:
    items = RoadmapItem.objects.exclude(responsible="")
    if roadmap:
        items = items.filter(section__roadmap=roadmap)
    return [(name, name) for name in items.order_by("responsible").values_list("responsible", flat=True).distinct()]


class ItemFilterSet(SchoolFilterSet):
    """Activities by deadline, state and responsible."""

    deadline = django_filters.ChoiceFilter(
        label=_("deadline"),
        empty_label=_("any"),
        choices=[("overdue", _("overdue")), ("month", _("this month"))],
        method="by_deadline",
    )
    status = django_filters.ChoiceFilter(label=_("state"), empty_label=_("any"), choices=Status.choices)
    responsible = django_filters.ChoiceFilter(label=_("responsible"), empty_label=_("anybody"), choices=[])

    class Meta:
        """The filters above, in their order."""

        model = RoadmapItem
        fields: ClassVar = ["deadline", "status", "responsible"]

    def __init__(self, *args: Any, roadmap: Roadmap | None = None, **kwargs: Any) -> None:
        """Offer those who are responsible for something here."""
        super().__init__(*args, **kwargs)
        self.filters["responsible"].extra["choices"] = _responsibles(roadmap)

    def by_deadline(self, queryset: Any, name: str, value: str) -> QuerySet[RoadmapItem]:
        """Return what is overdue today, or what is still to be done this month."""
        day = today()
        if value == "overdue":
            return queryset.overdue_on(day)
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return queryset.due_between(day.replace(day=1), last)
