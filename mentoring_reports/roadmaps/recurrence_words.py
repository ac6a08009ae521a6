"""How often an activity comes back, in words."""

from __future__ import annotations

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from .recurrence import Recurrence

_ONCE = {
    "day": gettext_lazy("every day"),
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "quarter": gettext_lazy("every quarter"),
    "term": gettext_lazy("every school term"),
    "half_year": gettext_lazy("every half-year"),
    "year": gettext_lazy("every year"),
}
_INTERVALS = {
    "day": ngettext_lazy("once in %(number)d day", "once in %(number)d days", "number"),
    "week": ngettext_lazy("once in %(number)d week", "once in %(number)d weeks", "number"),
    "month": ngettext_lazy("once in %(number)d month", "once in %(number)d months", "number"),
    "quarter": ngettext_lazy("once in %(number)d quarter", "once in %(number)d quarters", "number"),
    "term": ngettext_lazy("once in %(number)d school term", "once in %(number)d school terms", "number"),
    "half_year": ngettext_lazy("once in %(number)d half-year", "once in %(number)d half-years", "number"),
    "year": ngettext_lazy("once in %(number)d year", "once in %(number)d years", "number"),
}


def recurrence_words(again: Recurrence) -> str:
    """Return the frequency, and the day, weekday or month where one is named."""
    parts = [_frequency(again), _times(again), _month(again), _weekday(again), _day(again)]
    return ", ".join(part for part in parts if part)


def _frequency(again: Recurrence) -> str:
    if again.interval > 1:
        return _INTERVALS[again.every] % {"number": again.interval}
    return str(_ONCE[again.every])


def _times(again: Recurrence) -> str:
    if again.times == 1:
        return ""
    return ngettext("%(number)d time", "%(number)d times", again.times) % {"number": again.times}


def _month(again: Recurrence) -> str:
    return _("month: %(month)s") % {"month": str(MONTHS[again.month]).lower()} if again.month else ""


def _weekday(again: Recurrence) -> str:
    if again.weekday is None:
        return ""
    name = str(WEEKDAYS[again.weekday]).lower()
    if again.nth == -1:
        return _("weekday: %(weekday)s, the last one of the month") % {"weekday": name}
    if again.nth:
        return _("weekday: %(weekday)s, number %(nth)d of the month") % {"weekday": name, "nth": again.nth}
    return _("weekday: %(weekday)s") % {"weekday": name}


def _day(again: Recurrence) -> str:
    if again.day is None:
        return ""
    template = _("on day %(day)d of the month") if again.exact else _("by day %(day)d of the month")
    return template % {"day": again.day}
