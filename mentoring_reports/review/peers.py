"""How schools of the same type stand: medians of their accepted figures, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Aggregate, Count, FloatField, Subquery

from mentoring_reports.submissions.models import AcceptedFigure

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Submission


class Median(Aggregate):
    """PostgreSQL's continuous median: missing figures are left out."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Peers:
    """Medians by data element over `schools` other schools of the type, accepted in the round named."""

    round_title: str = ""
    schools: int = 0
    medians: dict[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, submission: Submission) -> Peers:
        """Return the peers in the submission's round or, while none is accepted there, in the last one before it."""
        figures = AcceptedFigure.objects.filter(
            submission__school_type=submission.school_type, round__period_end__lte=submission.round.period_end
        ).exclude(school_id=submission.school_id)
        nearest = figures.order_by("-round__period_end", "-round_id").values("round_id")[:1]
        rows = list(
            figures.filter(round_id=Subquery(nearest))
            .values("element_code", "round__title")
            .annotate(median=Median("value"), schools=Count("school_id"))
        )
        if not rows:
            return cls()
        return cls(
            round_title=rows[0]["round__title"],
            schools=max(row["schools"] for row in rows),
            medians={row["element_code"]: Decimal(str(row["median"])) for row in rows if row["median"] is not None},
        )
