"""Is what the tables hold still what was handed over? The seal of a revision, computed anew from its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from .handover import Evidence, checksum, sealed_text
from .models import Submission

if TYPE_CHECKING:
    from decimal import Decimal

    from .querysets import SubmissionQuerySet

AT_ONCE = 500


def receipt_number(submission: Submission) -> str:
    """Return the number of a revision's receipt: round, school, revision. It never changes."""
    return f"{submission.round.code}-{submission.school_id}-{submission.revision}"


def sealed(submission: Submission) -> str:
    """Return the text that the revision's seal is made of, from its rows; expects round and form to be loaded."""
    return sealed_text(submission, _values(submission), _links(submission))


def is_intact(submission: Submission) -> bool:
    """Say whether the rows of a revision give the checksum that was written when it was handed over."""
    return checksum(submission, _values(submission), _links(submission)) == submission.checksum


@dataclass(frozen=True)
class Damage:
    """A revision whose rows are not what was handed over, or revisions that are gone."""

    number: str
    school: str
    missing: int = 0


def verified(submissions: SubmissionQuerySet) -> Iterator[tuple[int, list[Damage]]]:
    """Yield, batch by batch, how many revisions were looked at and which of them are damaged."""
    rows = submissions.select_related("round", "form").prefetch_related("values", "evidence").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = batch[-1].pk
        damaged = [row for row in batch if not is_intact(row)]
        yield len(batch), [Damage(receipt_number(row), row.school_name) for row in damaged]


def gaps(submissions: SubmissionQuerySet) -> list[Damage]:
    """Return the schools and rounds in which a revision before the last one is gone."""
    counted = submissions.order_by().values("round_id", "school_id").annotate(there=Count("pk"), last=Max("revision"))
    broken = {(row["round_id"], row["school_id"]): row for row in counted if row["there"] < row["last"]}
    if not broken:
        return []
    newest = submissions.filter(round__in=[key[0] for key in broken]).select_related("round").order_by("revision")
    shown = {(row.round_id, row.school_id): row for row in newest}
    return [
        Damage(receipt_number(shown[key]), shown[key].school_name, row["last"] - row["there"])
        for key, row in broken.items()
    ]


def _values(submission: Submission) -> dict[str, Decimal | None]:
    return {row.element_code: row.value for row in submission.values.all()}


def _links(submission: Submission) -> list[Evidence]:
    return [Evidence(row.title, row.url, row.element_code) for row in submission.evidence.all()]
