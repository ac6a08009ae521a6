"""Filters of a roadmap's activities, kept in the query string."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring_reports.clock import today
from mentoring_reports.school_admin.filters import SchoolFilterSet

from .enums import Status
from .models import Roadmap, RoadmapItem
from .year.stretches import Stretch


def _responsibles(roadmap: Roadmap | None) -> list[tuple[str, str]]:
    items = RoadmapItem.objects.exclude(responsible="")
    if roadmap:
        items = items.filter(section__roadmap=roadmap)
    return [(name, name) for name in items.order_by("responsible").values_list("responsible", flat=True).distinct()]


class BoardFilterSet(SchoolFilterSet):
    """Activities by state and responsible; the board itself narrows to a stretch of days, time by time."""

    status = django_filters.ChoiceFilter(label=_("state"), empty_label=_("any"), choices=Status.choices)
    responsible = django_filters.ChoiceFilter(label=_("responsible"), empty_label=_("anybody"), choices=[])

    class Meta:
        """The filters above, in their order."""

        model = RoadmapItem
        fields: ClassVar = ["status", "responsible"]

    def __init__(self, *args: Any, roadmap: Roadmap | None = None, **kwargs: Any) -> None:
        """Offer those who are responsible for something here."""
        super().__init__(*args, **kwargs)
        self.filters["responsible"].extra["choices"] = _responsibles(roadmap)


class ItemFilterSet(BoardFilterSet):
    """Activities of all roadmaps; by deadline, those of roadmaps at work that have an open time then."""

    deadline = django_filters.ChoiceFilter(
        label=_("deadline"), empty_label=_("any"), choices=Stretch.choices[1:], method="by_deadline"
    )

    class Meta(BoardFilterSet.Meta):
        """The filters above, in their order."""

        fields: ClassVar = ["deadline", "status", "responsible"]

    def by_deadline(self, queryset: Any, name: str, value: str) -> QuerySet[RoadmapItem]:
        """Return what has a time that is open then, each activity once."""
        return queryset.having(Stretch.of(value).times(RoadmapItem.objects.all(), today()))
