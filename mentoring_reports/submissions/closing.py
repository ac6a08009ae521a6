"""Freezing who was expected in a round when it closes: what happens to schools later does not rewrite its rates.

Runs in the municipality's schema: from the daily command, and before anything that would change the answer.
"""

from __future__ import annotations

from django.db import transaction

from mentoring_reports import clock

from .enums import RoundPhase
from .models import ExpectedSchool, Round
from .queries import computed_expected_schools


def freeze_closed_rounds(municipality_id: int) -> list[Round]:
    """Freeze every round of the municipality that has closed and is not frozen yet; return those."""
    waiting = Round.objects.filter(municipality_id=municipality_id, closes__lt=clock.today(), frozen_at=None)
    return [round_ for round_ in waiting if _freeze(round_)]


def keep_frozen_true(round_: Round) -> None:
    """After a round's dates were changed: what takes reports again is not frozen, what has closed is."""
    if round_.phase() is RoundPhase.CLOSED:
        _freeze(round_)
    elif round_.frozen_at:
        unfreeze(round_)


@transaction.atomic
def unfreeze(round_: Round) -> None:
    """Compute the expected schools anew until the round closes again: its closing date was moved to the future."""
    ExpectedSchool.objects.filter(round=round_).delete()
    Round.objects.filter(pk=round_.pk).update(frozen_at=None)
    round_.frozen_at = None


@transaction.atomic
def _freeze(round_: Round) -> bool:
    """Write down the expected schools with their names; False when it was done before, or there is nothing to do.

    The round is read again under a lock: another process may have been faster, or has just moved its closing date.
    """
    locked = Round.objects.select_for_update().filter(pk=round_.pk).first()
    if locked is None or locked.frozen_at or locked.phase() is not RoundPhase.CLOSED:
        return False
    schools = computed_expected_schools(locked).select_related("organisation_type", "territory")
    ExpectedSchool.objects.bulk_create(
        ExpectedSchool(
            round=locked,
            school=school,
            municipality_id=locked.municipality_id,
            school_name=school.name,
            school_type=school.organisation_type.name,
            territory=school.territory.name,
        )
        for school in schools
    )
    round_.frozen_at = locked.frozen_at = clock.now()
    locked.save(update_fields=["frozen_at"])
    return True
