"""Schools and methodists at work, through the ordinary actions, on the days that a test names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django_tenants.utils import tenant_context

from mentoring_reports.clock import pretend
from mentoring_reports.submissions import actions
from mentoring_reports.submissions.actions import Author, HandedValue
from mentoring_reports.submissions.models import Decision, Participation, Round, Submission
from tests.factories import make_round

CURATOR = Author("Куратор Примерный", 7, "school_alpha")
METHODIST = Author("Методист Примерный", 3, "municipality_portal")

OPENS = dt.date(2026, 6, 1)
DUE = dt.date(2026, 6, 15)
CLOSES = dt.date(2026, 6, 30)
DAY = dt.timedelta(days=1)

FIGURES: dict[str, int | None] = {
    "teaching_staff": 40,
    "mentors": 6,
    "mentors_trained": 3,
    "mentees": 10,
    "mentees_teachers": 8,
    "mentees_in_pairs": 10,
}


def make_dated_round(municipality: Any, code: str = "2026-1", **fields: Any) -> Round:
    """Return a round of January to May 2026 that opens on 1, is due on 15 and closes on 30 June."""
    dates = {
        "period_start": dt.date(2026, 1, 1),
        "period_end": dt.date(2026, 5, 31),
        "opens": OPENS,
        "due": DUE,
        "closes": CLOSES,
    }
    return make_round(municipality, code, **{**dates, **fields})


def handed(values: Mapping[str, Any]) -> dict[str, HandedValue]:
    """Return plain numbers as handed values; a `HandedValue` stays as it is."""
    return {
        code: value if isinstance(value, HandedValue) else HandedValue(None if value is None else Decimal(value))
        for code, value in values.items()
    }


def hand_over(  # noqa: PLR0913
    round_: Round,
    school: Any,
    values: Mapping[str, Any] | None = None,
    *,
    on: dt.date = OPENS,
    explanations: Mapping[str, str] | None = None,
    note: str = "",
) -> Submission:
    """Submit as the school, in its own schema."""
    with tenant_context(school), pretend(on):
        return actions.hand_over(
            round_=round_,
            school=school,
            values=handed(FIGURES if values is None else values),
            explanations=explanations or {},
            note=note,
            by=CURATOR,
        )


def accept(submission: Submission, *, on: dt.date = OPENS, comment: str = "") -> Decision:
    """Accept as the municipality."""
    with tenant_context(submission.municipality), pretend(on):
        return actions.accept(submission_id=submission.pk, by=METHODIST, comment=comment)


def return_(submission: Submission, *, on: dt.date = OPENS, reason: str = "Проверьте число наставников.") -> Decision:
    """Return as the municipality."""
    with tenant_context(submission.municipality), pretend(on):
        return actions.return_for_revision(submission_id=submission.pk, reason=reason, by=METHODIST)


def reopen(submission: Submission, *, on: dt.date = OPENS, reason: str = "Нашлась ошибка.") -> Decision:
    """Reopen as the municipality."""
    with tenant_context(submission.municipality), pretend(on):
        return actions.reopen(submission_id=submission.pk, reason=reason, by=METHODIST)


def extend(round_: Round, school: Any, due: dt.date, *, on: dt.date = OPENS, reason: str = "Карантин.") -> Any:
    """Grant an extension as the municipality."""
    with tenant_context(round_.municipality), pretend(on):
        return actions.grant_extension(round_=round_, school=school, due=due, reason=reason, by=METHODIST)


def exempt(round_: Round, school: Any, *, on: dt.date = OPENS, reason: str = "Капитальный ремонт.") -> Any:
    """Exempt a school as the municipality."""
    with tenant_context(round_.municipality), pretend(on):
        return actions.exempt(round_=round_, school=school, reason=reason, by=METHODIST)


def participation(round_: Round, school: Any) -> Participation:
    """Return where the school stands, read anew."""
    with tenant_context(round_.municipality):
        return Participation.objects.select_related("latest", "accepted").get(round=round_, school=school)
