"""How the changes of `actions` read in the history of an activity."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from .actions import LOGGED
from .enums import Status


class StateFormatter(LogFormatter):
    """A change of state, with the state before it and the day."""

    def format_message(self, log_entry: Any) -> str:
        """Return for instance: Done on 12.05.2025 (was: planned)."""
        before = Status(log_entry.data["from"]).label
        on = log_entry.data.get("on")
        day = f" {date_format(dt.date.fromisoformat(on), 'SHORT_DATE_FORMAT')}" if on else ""
        return _("%(action)s%(day)s (was: %(before)s)") % {"action": self.label, "day": day, "before": before}


LABELS = {
    Status.DONE: gettext_lazy("Marked as done"),
    Status.PLANNED: gettext_lazy("Reopened"),
    Status.IN_PROGRESS: gettext_lazy("Work begun"),
    Status.CANCELLED: gettext_lazy("Cancelled"),
}


def register_actions(registry: Any) -> None:
    """Tell Wagtail's log how each change reads."""
    for status, action in LOGGED.items():
        registry.register_action(action)(type(f"{status.name}Formatter", (StateFormatter,), {"label": LABELS[status]}))
