"""Schools that need help, with the reason in words: what a department would want to be told without asking.

Read for a whole municipality in a fixed number of statements. A school's rows of the register or roadmap are never
read: an overdue roadmap is one by the figures that the school handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from .enums import RoundPhase, State
from .reading import Reader, figures_frame
from .school_frames import missing_schools, school_frame

if TYPE_CHECKING:
    from mentoring_reports.indicators.models import Indicator

    from .models import Round

ROUNDS_LOOKED_AT = 3
TWICE = 2
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
    rounds: Sequence[Round],
    indicators: Sequence[Indicator],
    *,
    schools: pd.DataFrame | None = None,
    read: Reader = figures_frame,
) -> list[Alert]:
    """Return the schools that need help in the latest of `rounds`, given the latest first with their forms.

    While that round takes reports, a school whose report may still come is judged by the rounds before it: a round
    that has just opened silences nothing. `indicators` are those of the latest round's form that may fall; `schools`
    is its `school_frame`, read here where the caller has not. Schools come in reading order, their reasons by urgency.
    """
    if not rounds:
        return []
    is_taking = rounds[0].phase() is not RoundPhase.CLOSED
    looked_at = list(rounds[: ROUNDS_LOOKED_AT + is_taking])
    schools = (school_frame(looked_at[0]) if schools is None else schools).set_index("school_id")
    parts = _parts(read(looked_at, codes=element_codes(indicators)), looked_at, indicators)
    found = _missing_twice(schools, looked_at[: TWICE + is_taking])
    for place, judged in enumerate(_judged(schools, is_taking=is_taking)):
        upto, own = slice(place, place + ROUNDS_LOOKED_AT), schools[judged]
        found += _falling(own, looked_at[upto], indicators, parts[upto])
        found += _overdue_roadmaps(own, looked_at[upto], indicators, parts[upto])
    order = {kind: place for place, kind in enumerate(AlertKind)}
    return sorted(found, key=lambda alert: (frames.reading_order(alert.school), order[alert.kind], alert.code))


def _judged(schools: pd.DataFrame, *, is_taking: bool) -> Iterator[pd.Series[bool]]:
    """Yield who is judged from the latest round on, and, while it takes reports, who from the one before it."""
    if not is_taking:
        yield pd.Series(True, index=schools.index)
        return
    yield schools["accepted"]
    yield schools["expected"] & ~schools["accepted"]


def _missing_twice(schools: pd.DataFrame, rounds: Sequence[Round]) -> list[Alert]:
    """Return schools that handed in nothing in the last two rounds in which that can be said of them."""
    missing = [frozenset(_in_state(schools, State.MISSING)), *map(missing_schools, rounds[1:])]
    found = []
    for place, waiting in enumerate((State.MISSING, State.NOT_STARTED)):
        pair, absent = rounds[place : place + TWICE], missing[place : place + TWICE]
        if len(pair) == TWICE:
            both = frozenset(_in_state(schools, waiting)).intersection(*absent)
            found += [_missing_alert(schools, school_id, *pair) for school_id in sorted(both)]
    return found


def _in_state(schools: pd.DataFrame, state: State) -> Iterable[int]:
    return schools.index[schools["state"] == state.value]


def _missing_alert(schools: pd.DataFrame, school_id: int, last: Round, before: Round) -> Alert:
    reason = _("Nothing handed in for “%(round)s” and for “%(before)s”.")
    said = reason % {"round": last.title, "before": before.title}
    return _alert(schools, school_id, AlertKind.MISSING_TWICE, said)


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
        now, before, earlier = (part["value", indicator.code].reindex(schools.index).to_numpy() for part in parts)
        way = 1 if indicator.direction == "up" else -1
        step = NOTICEABLE_FALL * abs(earlier)
        worse = ((earlier - before) * way > step) & ((before - now) * way > step)
        for place in worse.nonzero()[0]:
            said = _fall_in_words(indicator, [values[place] for values in (earlier, before, now)])
            yield _alert(schools, schools.index[place], AlertKind.FALLING, said, indicator.code)


def _overdue_roadmaps(
    schools: pd.DataFrame, rounds: Sequence[Round], indicators: Sequence[Indicator], parts: Sequence[pd.DataFrame]
) -> Iterator[Alert]:
    """Yield schools that have done too little of what their roadmap had due by the period's end."""
    if not rounds or ROADMAP not in {indicator.code for indicator in indicators}:
        return
    done = parts[0]["numerator", ROADMAP].reindex(schools.index)
    due = parts[0]["denominator", ROADMAP].reindex(schools.index)
    for school_id in schools.index[(due > 0) & (done < due * LOW_ROADMAP)]:
        reason = _("%(done)d of %(due)d activities due by %(day)s are done.")
        fields = {
            "done": done.at[school_id],
            "due": due.at[school_id],
            "day": rounds[0].period_end.strftime("%d.%m.%Y"),
        }
        yield _alert(schools, school_id, AlertKind.OVERDUE_ROADMAP, reason % fields, ROADMAP)


def _parts(figures: pd.DataFrame, rounds: Sequence[Round], indicators: Sequence[Indicator]) -> list[pd.DataFrame]:
    """Return the indicators' parts of each round, a row a school by its id."""
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
    place = schools.index.get_loc(school_id)
    school, territory, type_ = (schools[column].array[place] for column in ("school", "territory", "type"))
    return Alert(int(school_id), school, territory, type_, kind, reason, code)
