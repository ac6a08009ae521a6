"""Who looks after which territory: the department shares out the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from mentoring_reports.review.access import ASSIGN, MunicipalMixin
from mentoring_reports.review.assignments import Pair, assign, assigned, methodists, own_territories

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

LONGEST_NUMBER = 18  # digits; more fit into no primary key


@dataclass(frozen=True, slots=True)
class Box:
    """One tick: whether this methodist looks after this territory."""

    name: str
    value: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A territory with a box for every methodist."""

    territory: Any
    boxes: Sequence[Box]

    @property
    def is_nobodys(self) -> bool:
        """Say whether nobody looks after it."""
        return not any(box.is_ticked for box in self.boxes)


class AssignmentsView(MunicipalMixin, WagtailAdminTemplateMixin, View):
    """A table of territories and methodists, to tick."""

    permission = ASSIGN
    template_name = "mentoring_review/assignments.html"
    page_title = gettext_lazy("Territories of methodists")
    header_icon = "group"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show who looks after what."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Change what differs from what the screen showed."""
        shown, ticked = _pairs(request.POST.getlist("shown")), _pairs(request.POST.getlist("assigned"))
        assign(added=ticked - shown, removed=shown - ticked)
        messages.success(request, _("The territories are shared out."))
        return redirect(request.path)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the queue."""
        home = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
        queue = {"url": reverse("mentoring_review:index"), "label": _("Review of reports")}
        return [home, queue, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the table."""
        people = [(user.pk, get_user_display_name(user)) for user in methodists()]
        held = assigned()
        lines = [_line(territory, people, held) for territory in own_territories()]
        return {
            **super().get_context_data(**kwargs),
            "people": people,
            "lines": lines,
            "nobodys": [line.territory for line in lines if line.is_nobodys],
        }


def _line(territory: Any, people: Iterable[tuple[int, str]], held: set[Pair]) -> Line:
    boxes = [Box(name, f"{pk}-{territory.pk}", (pk, territory.pk) in held) for pk, name in people]
    return Line(territory, boxes)


def _pairs(texts: Iterable[str]) -> set[Pair]:
    """Read pairs of ids; what is none is passed over."""
    found = set()
    for text in texts:
        user, _dash, territory = text.partition("-")
        if all(part.isdecimal() and len(part) <= LONGEST_NUMBER for part in (user, territory)):
            found.add((int(user), int(territory)))
    return found
