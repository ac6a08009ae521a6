"""The kinds of deadlines and the codes of doubts about a reading. Pure: words for people stand in `readings`."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How a deadline is meant."""

    BY_DATE = "by_date"
    RANGE = "range"
    MONTH = "month"
    MONTH_RANGE = "month_range"
    WHOLE_PERIOD = "whole_period"
    RECURRING = "recurring"
    RELATIVE = "relative"
    UNSCHEDULED = "unscheduled"


class Doubt(StrEnum):
    """Why a person should look at a reading."""

    EMPTY = "empty"  # nothing is written, or a dash
    NOT_UNDERSTOOD = "not_understood"  # nothing of the text was read
    PARTLY_UNDERSTOOD = "partly_understood"  # some words were left unread
    TOO_LONG = "too_long"  # only the beginning of a very long text was read
    AMBIGUOUS = "ambiguous"  # the words allow another reading
    UNTIL_MONTH = "until_month"  # «до марта»: the month named may have been meant too
    APPROXIMATE = "approximate"  # «конец мая»: the days are a convention
    MISSPELT = "misspelt"  # a month was recognised in spite of an error
    YEAR_INFERRED = "year_inferred"  # the year comes from the plan's period
    YEAR_UNKNOWN = "year_unknown"  # no year in the text, and no period to take it from
    PERIOD_UNKNOWN = "period_unknown"  # the whole period, of which the days are not known
    COUNTED_FROM_START = "counted_from_start"  # «первый месяц»: counted from the plan's first day
    COUNTED_FROM_END = "counted_from_end"  # «последний месяц»: counted back from the plan's last day
    EVENT_UNKNOWN = "event_unknown"  # counted from something whose day is not known; only `relative` says so
    OUTSIDE_PERIOD = "outside_period"  # a day lies before or after the plan
    SEVERAL_DATES = "several_dates"  # the first day and the last one were taken
    REVERSED = "reversed"  # the last day was written before the first one
    IMPOSSIBLE_DATE = "impossible_date"  # there is no such day: 31.09


class Period(NamedTuple):
    """The plan's first and last day; any pair of dates does as well."""

    start: dt.date
    end: dt.date
