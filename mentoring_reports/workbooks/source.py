"""Everything a workbook is made of, read from one snapshot: figures, rounds, revisions, and what cannot be read.

Nothing here depends on the day on which it is read: what time has to say is judged as on the day of the newest event.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring_reports.indicators.models import DataElement
from mentoring_reports.submissions.consolidation import Consolidation, consolidate
from mentoring_reports.submissions.models import (
    AcceptedFigure,
    Decision,
    Exemption,
    Extension,
    Participation,
    Round,
    Submission,
)
from mentoring_reports.submissions.queries import rates_by_round
from mentoring_reports.submissions.school_frames import school_frame
from mentoring_reports.submissions.trends import Point, municipal_points
from mentoring_reports.tenancy import tenant_connection

if TYPE_CHECKING:
    import pandas as pd

    from .choices import Choices
    from .revisions import Reader, Revisions

ROUNDS_OF_HISTORY = 8
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What sheets are made from. `rounds` are the last ones up to the chosen, the earliest first."""

    choices: Choices
    consolidation: Consolidation
    rounds: Sequence[Round]
    reader: Reader
    read: Revisions
    elements: Mapping[int, Mapping[str, DataElement]]
    as_of: dt.date
    manifest: Mapping[str, Any]
    digest: str
    previous: Mapping[str, Any] | None = None

    @property
    def round(self) -> Round:
        """Return the chosen round."""
        return self.consolidation.round

    @property
    def compared(self) -> Round | None:
        """Return the round to compare with."""
        return self.consolidation.compared

    @cached_property
    def history(self) -> Sequence[Round]:
        """Return the rounds up to the chosen one; the one to compare with may be another."""
        return [one for one in self.rounds if one.period_end <= self.round.period_end]

    @cached_property
    def points(self) -> dict[str, list[Point]]:
        """Return every indicator's figures over the rounds of the history, by its code."""
        return municipal_points(
            self.history,
            [indicator.code for indicator in self.consolidation.indicators],
            territory=self.choices.territory,
            type_=self.choices.type_,
            without=self.read.damaged,
        )

    @cached_property
    def unreadable_schools(self) -> frozenset[int]:
        """Return the schools whose figures of the chosen round cannot be read."""
        return frozenset(one["school_id"] for one in self.read.unreadable if one["round"] == self.round.code)

    @property
    def selection(self) -> str:
        """Return the filters in words; empty where everything is in."""
        parts = [part for part in (self.choices.territory, self.choices.type_) if part]
        return ", ".join(parts)


def shown_school(choices: Choices, school_id: int, name: str) -> str:
    """Return a school as the file calls it: by its name, or by its code."""
    return _("School %(code)s") % {"code": school_id} if choices.codes_for_names else name


def chosen_round(choices: Choices) -> Round:
    """Return the chosen round of the municipality whose schema is current. Raises `Round.DoesNotExist`."""
    return _own_rounds().get(pk=choices.round_id)


def compared_round(choices: Choices) -> Round | None:
    """Return the round to compare with; None where there is none, or no longer."""
    if choices.compared_id is None:
        return None
    return _own_rounds().filter(pk=choices.compared_id).first()


def previous_round(round_: Round) -> Round | None:
    """Return the round before this one, by its period."""
    return _earlier(round_).filter(period_end__lt=round_.period_end).first()


def as_of(round_: Round) -> dt.date:
    """Return the day of the newest event of a round, the day after its end once it is closed for good."""
    if round_.frozen_at:
        return round_.closes + DAY
    of_round = {"round": round_}
    moments = [
        Participation.objects.filter(**of_round).aggregate(at=Max("last_submitted_at"))["at"],
        *(
            model.objects.filter(**of_round).aggregate(at=Max("created_at"))["at"]
            for model in (Submission, Decision, Extension, Exemption)
        ),
        Exemption.objects.filter(**of_round).aggregate(at=Max("withdrawn_at"))["at"],
        Participation.objects.filter(**of_round).aggregate(at=Max("accepted_at"))["at"],
    ]
    known = [timezone.localdate(moment) for moment in moments if moment]
    return max([round_.opens, *known])


def course_of(choices: Choices, schools: pd.DataFrame, rounds: Sequence[Round]) -> str:
    """Return a digest of where the chosen schools stand, and of how many schools the rounds expect.

    `schools` is the round's `school_frame`, filtered already or not yet. A name that codes stand for does not count.
    """
    wanted = {"territory": choices.territory, "type": choices.type_}
    for column, name in wanted.items():
        schools = schools[schools[column] == name] if name else schools
    shown = schools.drop(columns=["school", "reason"]) if choices.codes_for_names else schools
    expected = sorted((pk, one.expected) for pk, one in rates_by_round(rounds).items())
    text = f"{shown.sort_values('school_id').to_csv(index=False)}{expected}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def course_now(choices: Choices, round_: Round, rounds: Sequence[Round]) -> str:
    """Return the digest that a workbook made now would have."""
    return course_of(choices, school_frame(round_, on=as_of(round_)), rounds)


def rounds_of(round_: Round, compared: Round | None) -> list[Round]:
    """Return the last rounds up to the chosen one, and the one to compare with; the earliest first."""
    history = list(_earlier(round_)[: ROUNDS_OF_HISTORY - 1])
    rounds = {one.pk: one for one in (round_, *history, *([compared] if compared else []))}
    return sorted(rounds.values(), key=lambda one: (one.period_end, one.pk))


def count_figures(rounds: Sequence[Round]) -> int:
    """Return about how many figures there are to read."""
    return AcceptedFigure.objects.filter(round__in=[one.pk for one in rounds]).count()


def elements_of(rounds: Sequence[Round]) -> dict[int, dict[str, DataElement]]:
    """Return the data elements of the rounds' forms, by form and code, in each form's order."""
    found: dict[int, dict[str, DataElement]] = {}
    elements = DataElement.objects.filter(form__in={one.form_id for one in rounds}).select_related("group")
    for element in elements.order_by("form_id", "group__order", "order", "pk"):
        found.setdefault(element.form_id, {})[element.code] = element
    return found


def consolidated(
    choices: Choices, round_: Round, compared: Round | None, read: Revisions, on: dt.date
) -> Consolidation:
    """Return the figures as they were chosen: filtered, without what cannot be read, with names or codes."""
    whole = consolidate(round_, compared=compared, on=on).without(read.damaged)
    if choices.territory or choices.type_:
        whole = whole.within(territory=choices.territory, type_=choices.type_)
    return whole.coded(lambda school_id: shown_school(choices, school_id, "")) if choices.codes_for_names else whole


def _own_rounds() -> Any:
    rounds = Round.objects.select_related("form", "municipality")
    return rounds.filter(municipality__schema_name=tenant_connection.schema_name)


def _earlier(round_: Round) -> Any:
    rounds = Round.objects.select_related("form", "municipality").filter(municipality_id=round_.municipality_id)
    before = Q(period_end__lt=round_.period_end) | Q(period_end=round_.period_end, pk__lt=round_.pk)
    return rounds.filter(before).order_by("-period_end", "-pk")
