"""The roadmap in a day's letter: one part for each roadmap, with what is due soon and what is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring_reports.notices.choices import plan_of
from mentoring_reports.notices.placeholders import one_line
from mentoring_reports.roadmaps.year.reminders import Reminder, due_times, reminders

from .items import Item
from .links import address
from .recipients import BACKEND, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEEPS_ROADMAP = "mentoring_roadmaps.change_roadmapitem"
MOST_LINES = 15
LONGEST_ACTIVITY = 200


@dataclass(frozen=True)
class RoadmapReminders:
    """What is due in the current school, and who may see to it."""

    found: Sequence[Reminder] = ()
    keepers: frozenset[int] = frozenset()

    def for_recipient(self, recipient: Recipient) -> list[Reminder]:
        """Return what the recipient may see to, wants to be told and was not told."""
        if recipient.user.pk not in self.keepers or not recipient.preference.wants_roadmap:
            return []
        return [reminder for reminder in self.found if reminder.key not in recipient.told]


def roadmap_reminders(organisation: Any, day: dt.date) -> RoadmapReminders:
    """Return a school's reminders, on the days that its municipality chose; a municipality has no roadmap."""
    if organisation.kind != "school":
        return RoadmapReminders()
    plan = plan_of(organisation.municipality_id)
    times = due_times(day, plan.days_before, plan.days_after)
    users = get_user_model().objects.with_perm(KEEPS_ROADMAP, include_superusers=False, backend=BACKEND)
    keepers = frozenset(users.values_list("pk", flat=True)) if times else frozenset()
    return RoadmapReminders(reminders(times, plan.days_before, plan.days_after, day), keepers)


def roadmap_items(found: Iterable[Reminder]) -> list[Item]:
    """Return a part of the letter for each roadmap, in the reader's language."""
    by_roadmap: dict[int, list[Reminder]] = {}
    for reminder in found:
        by_roadmap.setdefault(reminder.time.roadmap_id, []).append(reminder)
    return [_item(pk, rows) for pk, rows in by_roadmap.items()]


def _item(roadmap_id: int, rows: Sequence[Reminder]) -> Item:
    soon = [row for row in rows if not row.is_overdue]
    late = [row for row in rows if row.is_overdue]
    parts = [one_line(rows[0].time.roadmap), *_block(_("Due soon:"), soon), *_block(_("Overdue:"), late)]
    return Item(_heading(len(soon), len(late)), "\n".join(parts), address("roadmaps:board", roadmap_id))


def _heading(soon: int, late: int) -> str:
    if soon and late:
        return _("Roadmap: due soon – %(soon)d, overdue – %(late)d") % {"soon": soon, "late": late}
    if late:
        return _("Roadmap: overdue – %(late)d") % {"late": late}
    return _("Roadmap: due soon – %(soon)d") % {"soon": soon}


def _block(heading: str, rows: Sequence[Reminder]) -> Iterator[str]:
    if not rows:
        return
    yield heading
    for row in rows[:MOST_LINES]:
        yield f"— {date_format(row.time.due, 'j E Y')} ({_days(row.days)}): {_activity(row.time.activity)}"
    if len(rows) > MOST_LINES:
        yield _("and %(count)d more") % {"count": len(rows) - MOST_LINES}


def _activity(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST_ACTIVITY else f"{line[: LONGEST_ACTIVITY - 1].rstrip()}…"


def _days(days: int) -> str:
    if not days:
        return _("today is the last day")
    if days > 0:
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
