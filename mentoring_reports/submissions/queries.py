"""Who is expected in a round, where schools stand, how many made it. Each question is a fixed number of statements.

Row security decides whose rows answer: a municipality reads all its schools, a school only itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django_tenants.utils import get_tenant_model

from mentoring_reports import clock

from .enums import AWAITING_REVIEW, State
from .models import (
    AcceptedFigure,
    Exemption,
    ExpectedSchool,
    Extension,
    Participation,
    Round,
    Submission,
    SubmittedValue,
)
from .rates import Rates
from .standings import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = (
    "Rates",
    "Standing",
    "computed_expected_schools",
    "due_date",
    "expected_schools",
    "last_accepted",
    "last_accepted_by_school",
    "rates",
    "rates_by_round",
    "round_values",
    "standing",
    "standings",
)

COUNTED: tuple[Literal["submitted", "on_time", "accepted", "returned", "waiting"], ...] = (
    "submitted",
    "on_time",
    "accepted",
    "returned",
    "waiting",
)


def expected_schools(round_: Round) -> QuerySet[Any]:
    """Return the schools expected in a round: as they were frozen when it closed, until then as they are computed."""
    if round_.frozen_at is None:
        return computed_expected_schools(round_)
    frozen = ExpectedSchool.objects.filter(round=round_)
    return get_tenant_model().objects.schools().filter(pk__in=frozen.values("school_id"))


def computed_expected_schools(round_: Round) -> QuerySet[Any]:
    """Return the municipality's schools at work on the first and the last day of the period, less exemptions."""
    return _expected(round_.municipality_id, round_.period_start, round_.period_end, exempt_in=round_.pk)


def due_date(round_: Round, school: Any) -> dt.date:
    """Return the last day on which the school is on time."""
    return standing(round_, school).due


def standing(round_: Round, school: Any) -> Standing:
    """Return where one school stands today."""
    return _standings(round_, [school], expected=expected_schools(round_).filter(pk=school.pk))[0]


def standings(round_: Round) -> list[Standing]:
    """Return where all schools stand that are expected, exempt or have handed something in, by their names."""
    expected = expected_schools(round_)
    schools = (
        get_tenant_model()
        .objects.schools()
        .filter(municipality_id=round_.municipality_id)
        .filter(
            Q(pk__in=expected.values("pk"))
            | Q(pk__in=Exemption.objects.active().filter(round=round_).values("school_id"))
            | Q(pk__in=Participation.objects.for_round(round_).values("school_id"))
        )
        .select_related("organisation_type", "territory")
        .order_by("short_name", "pk")
    )
    return _standings(round_, schools, expected=expected)


def rates(round_: Round) -> Rates:
    """Return the round in numbers."""
    return rates_by_round([round_])[round_.pk]


def rates_by_round(rounds: Sequence[Round]) -> dict[int, Rates]:
    """Return the numbers of several rounds by their ids: two statements for all that are frozen, two for the others."""
    frozen = [round_.pk for round_ in rounds if round_.frozen_at]
    running = [round_.pk for round_ in rounds if not round_.frozen_at]
    return {
        **(_rates(frozen, _frozen_counts(frozen), _was_expected()) if frozen else {}),
        **(_rates(running, _expected_counts(running), _is_expected()) if running else {}),
    }


def last_accepted(school: Any, *, before: Round) -> dict[str, Decimal | None]:
    """Return the school's accepted figures of the latest earlier round that has any, by data element."""
    return last_accepted_by_school([school.pk], before=before).get(school.pk, {})


def last_accepted_by_school(schools: Iterable[int], *, before: Round) -> dict[int, dict[str, Decimal | None]]:
    """Return `last_accepted` of several schools by their ids, in one statement."""
    latest = (
        Participation.objects.filter(school__in=schools, accepted__isnull=False)
        .filter(round__period_end__lt=before.period_end)
        .order_by("school_id", "-round__period_end", "-round_id")
        .distinct("school_id")
    )
    figures = AcceptedFigure.objects.filter(submission__in=latest.values("accepted_id"))
    found: dict[int, dict[str, Decimal | None]] = {}
    for school_id, code, value in figures.values_list("school_id", "element_code", "value"):
        found.setdefault(school_id, {})[code] = value
    return found


def round_values(submission: Submission) -> dict[str, SubmittedValue]:
    """Return a revision's values by data element."""
    return {value.element_code: value for value in SubmittedValue.objects.filter(submission=submission)}


def _rates(ids: Sequence[int], expected: dict[int, int], condition: Exists) -> dict[int, Rates]:
    """Count participations that meet the condition; `expected` has the number of expected schools by round."""
    counts = (
        Participation.objects.filter(condition, round__in=ids)
        .values("round_id")
        .annotate(
            submitted=Count("pk"),
            on_time=Count("pk", filter=Q(on_time=True)),
            accepted=Count("pk", filter=Q(accepted__isnull=False)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
            waiting=Count("pk", filter=Q(state__in=AWAITING_REVIEW)),
        )
    )
    by_round: dict[int, dict[str, int]] = {row["round_id"]: {name: row[name] for name in COUNTED} for row in counts}
    return {pk: Rates(expected=expected.get(pk, 0), **by_round.get(pk, {})) for pk in ids}


def _was_expected() -> Exists:
    """Say of an outer participation whether its school was expected when the round closed."""
    return Exists(ExpectedSchool.objects.filter(round=OuterRef("round_id"), school=OuterRef("school_id")))


def _is_expected() -> Exists:
    """Say of an outer participation whether its school is expected as things stand."""
    taking_part = _expected(
        OuterRef("municipality_id"),
        OuterRef("round__period_start"),
        OuterRef("round__period_end"),
        exempt_in=OuterRef(OuterRef("round_id")),
    )
    return Exists(taking_part.filter(pk=OuterRef("school_id")))


def _frozen_counts(ids: Sequence[int]) -> dict[int, int]:
    rows = ExpectedSchool.objects.filter(round__in=ids).values("round_id").annotate(expected=Count("pk"))
    return dict(rows.values_list("round_id", "expected"))


def _expected(municipality: Any, start: Any, end: Any, *, exempt_in: Any) -> QuerySet[Any]:
    """Return expected schools; the arguments are values, or references to the columns of an outer query."""
    exempt = Exemption.objects.active().filter(school_id=OuterRef("pk"), round_id=exempt_in)
    schools = get_tenant_model().objects.schools().filter(municipality_id=municipality)
    return schools.open_on(start).open_on(end).filter(~Exists(exempt))


def _expected_counts(ids: Sequence[int]) -> dict[int, int]:
    schools = _expected(
        OuterRef("municipality_id"),
        OuterRef("period_start"),
        OuterRef("period_end"),
        exempt_in=OuterRef(OuterRef("pk")),
    )
    # Without its own order and grouped by a constant, the subquery is one row: how many schools there are.
    counted = schools.order_by().values("kind").annotate(number=Count("pk")).values("number")
    rounds = Round.objects.filter(pk__in=ids).annotate(expected=Coalesce(Subquery(counted), 0))
    return dict(rounds.values_list("pk", "expected"))


def _standings(round_: Round, schools: Iterable[Any], *, expected: QuerySet[Any]) -> list[Standing]:
    """Return standings in the order of `schools`: one statement each for four kinds of rows."""
    listed = list(schools)
    only = {"round": round_} | ({"school": listed[0]} if len(listed) == 1 else {})
    frozen = {row.school_id: row for row in ExpectedSchool.objects.filter(**only)} if round_.frozen_at else {}
    is_expected = set(frozen if round_.frozen_at else expected.values_list("pk", flat=True))
    first = Subquery(_first_due())
    participations = {
        row.school_id: row
        for row in Participation.objects.filter(**only).select_related("latest", "accepted").annotate(first_due=first)
    }
    extensions = {row.school_id: row for row in Extension.objects.filter(**only).order_by("created_at", "pk")}
    exemptions = {row.school_id: row for row in Exemption.objects.active().filter(**only)}
    day = clock.today()
    return [
        Standing(
            school=school,
            round=round_,
            today=day,
            is_expected=school.pk in is_expected,
            participation=participations.get(school.pk),
            first_due=getattr(participations.get(school.pk), "first_due", None),
            extension=extensions.get(school.pk),
            exemption=exemptions.get(school.pk),
            frozen=frozen.get(school.pk),
        )
        for school in listed
    ]


def _first_due() -> QuerySet[Any]:
    """Return, for an outer participation, the due date that held when the school handed in its first revision."""
    first = Submission.objects.filter(round_id=OuterRef("round_id"), school_id=OuterRef("school_id"), revision=1)
    return first.values("due_then")[:1]
