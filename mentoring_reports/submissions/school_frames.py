"""Where a round's schools stand, as a frame: `queries.standings` for thousands of schools, without a model's instance.

Each row is judged by `Standing` itself, so that there is one definition of state, due date and lateness.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django_tenants.utils import get_tenant_model

from mentoring_reports import clock

from . import frames
from .enums import DecisionKind, State
from .models import Decision, Exemption, ExpectedSchool, Extension, Participation, Submission
from .queries import expected_schools
from .standings import Names, Standing

if TYPE_CHECKING:
    import datetime as dt

    from .models import Round

DTYPES: dict[str, str] = {
    "school_id": "int64",
    "school": "str",
    "type": "str",
    "territory": "str",
    "state": "str",
    "expected": "bool",
    "on_time": "bool",
    "accepted": "bool",
    "latest_id": "Int64",
    "due": "object",
    "submitted_on": "object",
    "days_late": "int64",
    "extended_to": "object",
    "reason": "str",
    "reopened": "bool",
    "revised_at": "datetime64[us, UTC]",
}
COLUMNS = tuple(DTYPES)
PARTICIPATION = ("school_id", "state", "on_time", "first_submitted_on", "accepted_id", "latest_id")


@dataclass(frozen=True)
class Rows:
    """What the shared tables know about a round, by school."""

    names: dict[int, Names]
    frozen: dict[int, Names]
    expected: frozenset[int]
    participations: dict[int, Any]
    first_due: dict[int, dt.date]
    extensions: dict[int, Any]
    exemptions: dict[int, Any]
    revised: dict[int, dt.datetime]


def school_frame(round_: Round, *, on: dt.date | None = None) -> pd.DataFrame:
    """Return a row for each school that is expected, exempt or has handed something in; in reading order of names.

    The columns are `COLUMNS`: `reopened` says that the accepted revision counts while it is being corrected,
    `revised_at` when a correction of an accepted report was accepted. Dates are judged as on the day `on`, today by
    default. A fixed number of statements.
    """
    rows, judge = _read(round_), _judge(round_, on or clock.today())
    listed = [_row(school_id, rows, judge) for school_id in sorted({*rows.names, *rows.participations})]
    listed.sort(key=lambda row: frames.reading_order(row[1]))
    columns = zip(*listed, strict=True) if listed else ((),) * len(COLUMNS)
    return pd.DataFrame(
        {name: pd.Series(column, dtype=DTYPES[name]) for name, column in zip(COLUMNS, columns, strict=True)}
    )


def missing_schools(round_: Round) -> frozenset[int]:
    """Return the ids of the schools that are missing in a round: expected, without a report, past their date."""
    handed_in = Participation.objects.for_round(round_).values("school_id")
    absent = expected_schools(round_).order_by().exclude(pk__in=handed_in)
    extensions = _by_school(_excuses(Extension.objects.filter(round=round_).order_by("created_at", "pk"), "due"))
    today = clock.today()
    stands = {
        pk: Standing(school=None, round=round_, today=today, is_expected=True, extension=extensions.get(pk))
        for pk in absent.values_list("pk", flat=True)
    }
    return frozenset(pk for pk, one in stands.items() if one.state is State.MISSING)


def _read(round_: Round) -> Rows:
    of_round = {"round": round_}
    expected = frozenset(expected_schools(round_).order_by().values_list("pk", flat=True))
    participations = _by_school(_participations(round_))
    exemptions = _by_school(_excuses(Exemption.objects.active().filter(**of_round)))
    late = Submission.objects.filter(**of_round, revision=1, submitted_on__gt=F("due_then")).order_by()
    return Rows(
        names=_names(round_, {*expected, *exemptions} - {*participations}),
        frozen=_frozen_names(round_),
        expected=expected,
        participations=participations,
        first_due=dict(late.values_list("school_id", "due_then")),
        extensions=_by_school(_excuses(Extension.objects.filter(**of_round).order_by("created_at", "pk"), "due")),
        exemptions=exemptions,
        revised=dict(_revised(round_).values_list("school_id", "accepted_at")),
    )


def _names(round_: Round, asked: Collection[int]) -> dict[int, Names]:
    """Return the names of schools without a report, of today, or of the day on which the round was frozen."""
    if not asked:
        return {}
    schools = get_tenant_model().objects.schools().filter(municipality_id=round_.municipality_id, pk__in=asked)
    rows = schools.order_by().values_list("pk", "name", "organisation_type__name", "territory__name")
    names = {pk: Names(name, type_, territory) for pk, name, type_, territory in rows}
    if round_.frozen_at:
        frozen = ExpectedSchool.objects.filter(round=round_, school__in=asked)
        then = frozen.values_list("school_id", "school_name", "school_type", "territory")
        names |= {pk: Names(name, type_, territory) for pk, name, type_, territory in then}
    return names


def _participations(round_: Round) -> Iterable[Any]:
    days = {"first_submitted_on": TruncDate("first_submitted_at")}  # a day is read much faster than a moment
    return Participation.objects.for_round(round_).annotate(**days).values_list(*PARTICIPATION, named=True)


def _frozen_names(round_: Round) -> dict[int, Names]:
    """Return the names that are frozen in each revision: read at once, faster than joined to the participations."""
    rows = Submission.objects.for_round(round_).order_by().values_list("pk", "school_name", "school_type", "territory")
    return {pk: Names(*names) for pk, *names in rows}


def _revised(round_: Round) -> Any:
    """Return the participations whose accepted figures correct figures that had counted before."""
    reopened = Decision.objects.filter(round=round_, school=OuterRef("school_id"), kind=DecisionKind.REOPEN)
    earlier = reopened.filter(created_at__lt=OuterRef("accepted_at"))
    return Participation.objects.for_round(round_).filter(Exists(earlier), accepted__isnull=False)


def _excuses(rows: Any, *fields: str) -> Iterable[Any]:
    return rows.values_list("school_id", "reason", *fields, named=True)


def _by_school(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.school_id: row for row in rows}


def _judge(round_: Round, today: dt.date) -> Callable[..., tuple[Any, ...]]:
    """Return what judges a school by what is known of it. Many stand alike and are judged once."""
    found: dict[Hashable, tuple[Any, ...]] = {}

    def judged(taken: Any, extension: Any, exemption: Any, first_due: dt.date | None, *, is_expected: bool) -> tuple:
        known = (taken.state, taken.on_time, taken.first_submitted_on) if taken else None
        key = (known, extension and extension.due, exemption is None, first_due, is_expected)
        if key not in found:
            stands = Standing(
                school=None,
                round=round_,
                today=today,
                is_expected=is_expected,
                participation=taken,
                first_due=first_due,
                extension=extension,
                exemption=exemption,
            )
            found[key] = (stands.state.value, stands.on_time, stands.due, stands.days_late)
        return found[key]

    return judged


def _row(school_id: int, rows: Rows, judge: Callable[..., tuple[Any, ...]]) -> tuple[Any, ...]:
    taken, extension = rows.participations.get(school_id), rows.extensions.get(school_id)
    exemption, is_expected = rows.exemptions.get(school_id), school_id in rows.expected
    state, on_time, due, days_late = judge(
        taken, extension, exemption, rows.first_due.get(school_id), is_expected=is_expected
    )
    names = rows.frozen[taken.accepted_id or taken.latest_id] if taken else rows.names[school_id]
    excuse = exemption or extension
    is_accepted = bool(taken and taken.accepted_id)
    return (
        school_id,
        *names,
        state,
        is_expected,
        on_time,
        is_accepted,
        taken.latest_id if taken else None,
        due,
        taken.first_submitted_on if taken else None,
        days_late,
        extension.due if extension else None,
        excuse.reason if excuse else "",
        is_accepted and state != State.ACCEPTED.value,
        rows.revised.get(school_id),
    )
