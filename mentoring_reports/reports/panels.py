"""What a school has to do next, on the home screen of its admin. Each line only for those who can act on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from mentoring_reports.clock import today
from mentoring_reports.register.models import Mentorship, Person
from mentoring_reports.roadmaps.models import RoadmapItem
from mentoring_reports.roadmaps.year.stretches import Stretch
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

from .access import Access
from .views.base import PERMISSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class Task:
    """So many things that wait, and where to see to them."""

    text: str
    url: str


class ToDoPanel(Component):
    """Open rounds with days left, returned reports with the reason, and what the register and roadmap wait for."""

    name = "school_to_do"
    order = 50
    template_name = "mentoring_reports/to_do.html"

    class Media:
        """The panel's look."""

        css = {"all": ["mentoring_reports/reports.css"]}  # noqa: RUF012 - as in Django

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Collect what waits for this user."""
        user = (parent_context or {})["request"].user
        rounds = open_rounds() if user.has_perm(PERMISSION) else []
        return {"rounds": rounds, "tasks": tasks_of(user)}


def open_rounds() -> list[Access]:
    """Return the rounds in which the school has something to send, the nearest due date first."""
    found = Access.of_rounds(Round.objects.open_on(), current_organisation())
    return sorted(
        (access for access in found if access.may_edit), key=lambda access: (not access.was_sent_back, access.days_left)
    )


def tasks_of(user: AbstractUser) -> list[Task]:
    """Return what register and roadmap wait for, if the user may see to it."""
    tasks: list[Task | None] = []
    if user.has_perm("mentoring_roadmaps.change_roadmapitem"):
        tasks += [_overdue_times(), _times_of_the_week()]
    if user.has_perm("mentoring_register.change_person"):
        tasks.append(_people_without_consent())
    if user.has_perm("mentoring_register.change_mentorship"):
        tasks.append(_mentorships_without_plan())
    return [task for task in tasks if task]


def _overdue_times() -> Task | None:
    number = Stretch.OVERDUE.times(RoadmapItem.objects.all(), today()).count()
    text = ngettext("%(count)d roadmap item is overdue", "%(count)d roadmap items are overdue", number)
    return _task(number, text, "roadmap_items:index", f"deadline={Stretch.OVERDUE}")


def _times_of_the_week() -> Task | None:
    number = Stretch.WEEK.times(RoadmapItem.objects.all(), today()).count()
    text = ngettext("%(count)d roadmap item is due this week", "%(count)d roadmap items are due this week", number)
    return _task(number, text, "roadmap_items:index", f"deadline={Stretch.WEEK}")


def _people_without_consent() -> Task | None:
    number = Person.objects.without_consent_on(today()).count()
    text = ngettext(
        "%(count)d participant has no consent to data processing",
        "%(count)d participants have no consent to data processing",
        number,
    )
    return _task(number, text, "register_people:index", "consent=missing")


def _mentorships_without_plan() -> Task | None:
    number = Mentorship.objects.active_on(today()).without_plan().count()
    text = ngettext(
        "%(count)d mentorship has no individual plan", "%(count)d mentorships have no individual plan", number
    )
    return _task(number, text, "register_mentorships:index", "state=active&plans=missing")


def _task(number: int, text: str, listing: str, filters: str) -> Task | None:
    """Return a line that leads to the listing, filtered to just these; nothing when none wait."""
    return Task(text % {"count": number}, f"{reverse(listing)}?{filters}") if number else None
