"""How the changes of `actions` and `ticking` read in the history of an activity."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from .changes import LOGGED, TIME_DONE, TIME_REOPENED
from .enums import Status


def _day(text: str | None) -> str:
    return date_format(dt.date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else ""


class StateFormatter(LogFormatter):
    """A change of state, with the state before it and the day."""

    def format_message(self, log_entry: Any) -> str:
        """Return for instance: Done on 12.05.2025 (was: planned)."""
        before = Status(log_entry.data["from"]).label
        on = _day(log_entry.data.get("on"))
        day = f" {on}" if on else ""
        return _("%(action)s%(day)s (was: %(before)s)") % {"action": self.label, "day": day, "before": before}


class TimeFormatter(LogFormatter):
    """One time of an activity, ticked or taken back."""

    def format_message(self, log_entry: Any) -> str:
        """Return for instance: One time of it done on 12.05.2025 (01.04.2025 – 30.06.2025)."""
        data = log_entry.data
        days = f"{_day(data['starts'])} – {_day(data['ends'])}"
        return f"{self.label} {_day(data.get('on'))}".strip() + f" ({days})"


LABELS = {
    Status.DONE: gettext_lazy("Marked as done"),
    Status.PLANNED: gettext_lazy("Reopened"),
    Status.IN_PROGRESS: gettext_lazy("Work begun"),
    Status.CANCELLED: gettext_lazy("Cancelled"),
}
TIME_LABELS = {
    TIME_DONE: gettext_lazy("One time of it marked as done"),
    TIME_REOPENED: gettext_lazy("The mark of one time taken back"),
}


def register_actions(registry: Any) -> None:
    """Tell Wagtail's log how each change reads."""
    for status, action in LOGGED.items():
        registry.register_action(action)(type(f"{status.name}Formatter", (StateFormatter,), {"label": LABELS[status]}))
    for action, label in TIME_LABELS.items():
        registry.register_action(action)(type("TimeFormatter", (TimeFormatter,), {"label": label}))
