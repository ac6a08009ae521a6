"""The reading of a deadline while a curator types it: a comfort for the form, which also reads when it is saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from mentoring_reports.roadmaps.deadlines import Deadline, read_deadline
from mentoring_reports.roadmaps.models import RoadmapItem, RoadmapSection
from mentoring_reports.school_admin.policies import ANY
from mentoring_reports.school_admin.views import LONGEST_NUMBER

from .form import period_of
from .readings import DeadlineReading

LONGEST_TEXT = 1000  # what the activity's field holds


class ReadDeadlineView(PermissionCheckedMixin, View):
    """Answers what a text means in the roadmap of a section. Writes nothing."""

    model = RoadmapItem
    any_permission_required = ANY
    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> JsonResponse:
        """Return the kind, the dates, the reading in words and the doubts."""
        text = request.GET.get("text", "")[:LONGEST_TEXT]
        return JsonResponse(as_json(read_deadline(text, period_of(_section(request.GET.get("section", ""))))))


def _section(number: str) -> RoadmapSection | None:
    if not (number.isascii() and number.isdecimal()) or len(number) > LONGEST_NUMBER:
        return None
    return RoadmapSection.objects.select_related("roadmap").filter(pk=int(number)).first()


def _in_field(day: dt.date | None) -> str:
    """Return a day as the form's own field writes it."""
    return AdminDateInput().format_value(day) or ""


def as_json(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline for a script: codes for its fields, words for its reader."""
    words = DeadlineReading.of(deadline)
    return {
        "kind": deadline.kind.value,
        "start": deadline.start,
        "end": deadline.end,
        "shown_start": _in_field(deadline.start),
        "shown_end": _in_field(deadline.end),
        "recurrence": deadline.recurrence.as_json() if deadline.recurrence else None,
        "warnings": list(deadline.warnings),
        "kind_words": str(words.kind.label),
        "reading": words.reading,
        "doubts": list(words.warnings),
    }
