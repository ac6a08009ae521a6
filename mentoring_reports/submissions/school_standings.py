"""Where one school stands in many rounds: six statements, however many rounds there are. Works in a school's schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery

from mentoring_reports import clock

from .models import Decision, Exemption, ExpectedSchool, Extension, Participation, Round, Submission
from .queries import Standing, _expected

if TYPE_CHECKING:
    from .models.rows import SchoolRow


def standings_of(school: Any, rounds: Sequence[Round]) -> list[Standing]:
    """Return where the school stands today in each of the rounds, in their order."""
    participations = _by_round(_participations(), school, rounds)
    extensions = _by_round(Extension.objects.order_by("created_at", "pk"), school, rounds)
    exemptions = _by_round(Exemption.objects.active(), school, rounds)
    frozen = _by_round(ExpectedSchool.objects.all(), school, rounds)
    expected, day = {*frozen, *_rounds_that_expect(school, rounds)}, clock.today()
    return [
        Standing(
            school=school,
            round=round_,
            today=day,
            is_expected=round_.pk in expected,
            participation=participations.get(round_.pk),
            first_due=getattr(participations.get(round_.pk), "first_due", None),
            extension=extensions.get(round_.pk),
            exemption=exemptions.get(round_.pk),
            frozen=frozen.get(round_.pk),
        )
        for round_ in rounds
    ]


def latest_decisions(school: Any, rounds: Sequence[Round]) -> dict[int, Decision]:
    """Return the last decision about the school in each round that has one, with its comments, by the round's id."""
    decisions = Decision.objects.select_related("submission").prefetch_related("remarks")
    return _by_round(decisions.order_by("created_at", "pk"), school, rounds)


def _participations() -> Any:
    first = Submission.objects.filter(round_id=OuterRef("round_id"), school_id=OuterRef("school_id"), revision=1)
    rows = Participation.objects.select_related("latest", "accepted")
    return rows.annotate(first_due=Subquery(first.values("due_then")[:1]))


def _by_round(rows: Any, school: Any, rounds: Sequence[Round]) -> dict[int, Any]:
    """Return the school's rows by the ids of their rounds; of several in a round the last one."""
    found: list[SchoolRow] = list(rows.filter(school_id=school.pk, round__in=[round_.pk for round_ in rounds]))
    return {row.round_id: row for row in found}


def _rounds_that_expect(school: Any, rounds: Sequence[Round]) -> set[int]:
    """Return the ids of those rounds not frozen yet in which the school is expected as things stand."""
    at_work = _expected(
        OuterRef("municipality_id"),
        OuterRef("period_start"),
        OuterRef("period_end"),
        exempt_in=OuterRef(OuterRef("pk")),
    )
    asked = Round.objects.filter(pk__in=[round_.pk for round_ in rounds], frozen_at=None)
    return set(asked.filter(Exists(at_work.filter(pk=school.pk))).values_list("pk", flat=True))
