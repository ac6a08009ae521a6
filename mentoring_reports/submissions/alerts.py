"""Schools that need help, with the reason in words: what a department would want to be told without asking.

Read for a whole municipality in a fixed number of statements. A school's rows of the register or roadmap are never
read: an overdue roadmap is one by the figures that the school handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring_reports.indicators.comparing import broken_indicators

from . import frames
from .consolidation import element_codes
from .enums import State
from .reading import figures_frame
from .school_frames import missing_schools, school_frame

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

    from .models import Round

ROUNDS_LOOKED_AT = 3
ROADMAP = "roadmap_completion"  # the built-in indicator: activities done of those due
LOW_ROADMAP = 0.8  # share of the activities due
NOTICEABLE_FALL = 0.05  # share of the value that it was


class AlertKind(models.TextChoices):
    """Why a school needs help, the most urgent first."""

    MISSING_TWICE = "missing_twice", gettext_lazy("missing twice running")
    FALLING = "falling", gettext_lazy("an indicator keeps falling")
    OVERDUE_ROADMAP = "overdue_roadmap", gettext_lazy("overdue roadmap")


@dataclass(frozen=True, slots=True)
class Alert:
    """A school and a reason; `code` is the indicator that it is about, if any."""

    school_id: int
    school: str
    territory: str
    type: str
    kind: AlertKind
    reason: str
    code: str = ""


def alerts(
    rounds: Sequence[Round], indicators: Sequence[Indicator], *, schools: pd.DataFrame | None = None
) -> list[Alert]:
    """Return the schools that need help in the latest of `rounds`, given the latest first with their forms.

    `indicators` are those of the latest round's form that may fall; `schools` is its `school_frame`, read here where
    the caller has not. Schools come in reading order, their reasons by urgency.
    """
    if not rounds:
        return []
    looked_at = list(rounds[:ROUNDS_LOOKED_AT])
    schools = (school_frame(looked_at[0]) if schools is None else schools).set_index("school_id")
    parts = _parts(looked_at, indicators)
    found = [
        *_missing_twice(schools, looked_at),
        *_falling(schools, looked_at, indicators, parts),
        *_overdue_roadmaps(schools, looked_at[0], indicators, parts),
    ]
    order = {kind: place for place, kind in enumerate(AlertKind)}
    return sorted(found, key=lambda alert: (frames.reading_order(alert.school), order[alert.kind], alert.code))


def _missing_twice(schools: pd.DataFrame, rounds: Sequence[Round]) -> Iterator[Alert]:
    """Yield schools that handed in nothing in the last two rounds in which that can be said."""
    if len(rounds) == 1:
        return
    missing_now = schools.index[schools["state"] == State.MISSING.value]
    missing_before = missing_schools(rounds[1])
    for school_id in (pk for pk in missing_now if pk in missing_before):
        reason = _("Nothing handed in for “%(round)s” and for “%(before)s”.")
        yield _alert(
            schools,
            school_id,
            AlertKind.MISSING_TWICE,
            reason % {"round": rounds[0].title, "before": rounds[1].title},
        )


def _falling(
    schools: pd.DataFrame, rounds: Sequence[Round], indicators: Sequence[Indicator], parts: Sequence[pd.DataFrame]
) -> Iterator[Alert]:
    """Yield schools whose indicator got noticeably worse in both of the last two steps."""
    if len(rounds) < ROUNDS_LOOKED_AT:
        return
    broken = broken_indicators(rounds[1].form, rounds[0].form) | broken_indicators(rounds[2].form, rounds[0].form)
    for indicator in indicators:
        if indicator.code in broken:
            continue
        now, before, earlier = (part["value", indicator.code].reindex(schools.index) for part in parts)
        way = 1 if indicator.direction == "up" else -1
        step = NOTICEABLE_FALL * earlier.abs()
        worse = ((earlier - before) * way > step) & ((before - now) * way > step)
        for school_id in schools.index[worse]:
            values = [series.loc[school_id] for series in (earlier, before, now)]
            yield _alert(schools, school_id, AlertKind.FALLING, _fall_in_words(indicator, values), indicator.code)


def _overdue_roadmaps(
    schools: pd.DataFrame, round_: Round, indicators: Sequence[Indicator], parts: Sequence[pd.DataFrame]
) -> Iterator[Alert]:
    """Yield schools that have done too little of what their roadmap had due by the period's end."""
    if ROADMAP not in {indicator.code for indicator in indicators}:
        return
    done = parts[0]["numerator", ROADMAP].reindex(schools.index)
    due = parts[0]["denominator", ROADMAP].reindex(schools.index)
    for school_id in schools.index[(due > 0) & (done < due * LOW_ROADMAP)]:
        reason = _("Roadmap: %(done)d of %(due)d activities due by %(day)s are done.")
        fields = {
            "done": done.loc[school_id],
            "due": due.loc[school_id],
            "day": round_.period_end.strftime("%d.%m.%Y"),
        }
        yield _alert(schools, school_id, AlertKind.OVERDUE_ROADMAP, reason % fields, ROADMAP)


def _parts(rounds: Sequence[Round], indicators: Sequence[Indicator]) -> list[pd.DataFrame]:
    """Return the indicators' parts of each round, a row a school by its id."""
    figures = figures_frame(rounds, codes=element_codes(indicators))
    blocks = (figures[figures["round_id"] == one.pk].set_index("school_id") for one in rounds)
    return [frames.indicator_frame(block, indicators) for block in blocks]


def _fall_in_words(indicator: Indicator, values: Sequence[float]) -> str:
    shown = " → ".join(number_format(round(value, indicator.decimals), indicator.decimals) for value in values)
    return _("%(indicator)s: %(values)s %(unit)s over three rounds.") % {
        "indicator": indicator.name,
        "values": shown,
        "unit": indicator.unit,
    }


def _alert(schools: pd.DataFrame, school_id: int, kind: AlertKind, reason: str, code: str = "") -> Alert:
    row = schools.loc[school_id]
    return Alert(int(school_id), row["school"], row["territory"], row["type"], kind, reason, code)
