"""What each doubt about a deadline's reading means, in words for a curator."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mentoring_reports.roadmaps.deadlines import Doubt

WORDS = {
    Doubt.EMPTY: _("No deadline is written."),
    Doubt.NOT_UNDERSTOOD: _("The text was not understood: choose the kind and the dates yourself."),
    Doubt.PARTLY_UNDERSTOOD: _("Not all words of the deadline were understood."),
    Doubt.TOO_LONG: _("The text is too long: only its beginning was read."),
    Doubt.AMBIGUOUS: _("The text can be understood in another way."),
    Doubt.UNTIL_MONTH: _("The day before the period named is the last one; perhaps that period is meant as well."),
    Doubt.APPROXIMATE: _("The days are approximate: the text names none."),
    Doubt.MISSPELT: _("The month was recognised in spite of a misprint."),
    Doubt.YEAR_INFERRED: _("The year is taken from the roadmap's period."),
    Doubt.YEAR_UNKNOWN: _("The year is not given, and there is no period to take it from."),
    Doubt.PERIOD_UNKNOWN: _("The dates depend on the roadmap's period, which is not known."),
    Doubt.COUNTED_FROM_START: _("Counted from the roadmap's first day."),
    Doubt.COUNTED_FROM_END: _("Counted back from the roadmap's last day."),
    Doubt.EVENT_UNKNOWN: _("Counted from an event whose day is not known: enter the dates yourself."),
    Doubt.OUTSIDE_PERIOD: _("The dates go beyond the roadmap's period."),
    Doubt.SEVERAL_DATES: _("Several dates are named: the first and the last one were taken."),
    Doubt.REVERSED: _("The last date was written before the first one: they were exchanged."),
    Doubt.IMPOSSIBLE_DATE: _("There is no such date in the calendar."),
}


def doubt_words(doubts: Iterable[Doubt]) -> list[str]:
    """Return the sentences for the doubts; the general one is left out where another one says it better."""
    found = list(doubts)
    if Doubt.UNTIL_MONTH in found:
        found = [doubt for doubt in found if doubt != Doubt.AMBIGUOUS]
    return [str(WORDS[doubt]) for doubt in found]
