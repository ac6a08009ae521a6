"""Freezing who was expected in a round when it closes: what happens to schools later does not rewrite its rates.

Runs in the municipality's schema: from the daily command, and before anything that would change the answer.
"""

from __future__ import annotations

from django.db import transaction

from mentoring_reports import clock

from .models import ExpectedSchool, Round
from .queries import computed_expected_schools


def freeze_closed_rounds(municipality_id: int) -> list[Round]:
    """Freeze every round of the municipality that has closed and is not frozen yet; return those."""
    waiting = Round.objects.filter(municipality_id=municipality_id, closes__lt=clock.today(), frozen_at=None)
    return [round_ for round_ in waiting if _freeze(round_.pk)]


@transaction.atomic
def unfreeze(round_: Round) -> None:
    """Compute the expected schools anew until the round closes again: its closing date was moved to the future."""
    ExpectedSchool.objects.filter(round=round_).delete()
    Round.objects.filter(pk=round_.pk).update(frozen_at=None)
    round_.frozen_at = None


@transaction.atomic
def _freeze(round_id: int) -> bool:
    """Write down the expected schools with their names; False when another process was faster."""
    round_ = Round.objects.select_for_update().get(pk=round_id)
    if round_.frozen_at:
        return False
    ExpectedSchool.objects.bulk_create(
        ExpectedSchool(
            round=round_,
            school=school,
            municipality_id=round_.municipality_id,
            school_name=school.name,
            school_type=school.organisation_type.name,
            territory=school.territory.name,
        )
        for school in computed_expected_schools(round_).select_related("organisation_type", "territory")
    )
    round_.frozen_at = clock.now()
    round_.save(update_fields=["frozen_at"])
    return True
