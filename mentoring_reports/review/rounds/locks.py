"""What of a round may still be changed: nothing that handed-in reports rest on, and no date that schools rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mentoring_reports.submissions.enums import RoundPhase
from mentoring_reports.submissions.models import Exemption, Extension, Submission

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round

PERIOD = ("kind", "period_start", "period_end")


def locks_of(round_: Round) -> dict[str, str]:
    """Return the fields that cannot be changed any more, each with the reason in words."""
    locked: dict[str, str] = {}
    if has_opened(round_):
        locked["opens"] = _("Cannot be changed any more: the round has opened, and schools were told this day.")
    if round_.frozen_at:
        locked |= dict.fromkeys(
            PERIOD,
            _(
                "Cannot be changed any more: the round has closed, and the schools that were expected are written "
                "down. For another period make a new round."
            ),
        )
    if Submission.objects.for_round(round_).exists():
        locked |= dict.fromkeys(
            ("code", "form", *PERIOD),
            _(
                "Cannot be changed any more: schools have already handed in reports for this form and period. "
                "For another period make a new round."
            ),
        )
    return locked


def has_opened(round_: Round) -> bool:
    """Say whether the round's first day has come."""
    return round_.phase() is not RoundPhase.PLANNED


def is_deletable(round_: Round) -> bool:
    """Say whether nobody can have relied on the round: not opened, nothing handed in, nothing agreed with a school."""
    if has_opened(round_):
        return False
    return not any(model._default_manager.filter(round=round_).exists() for model in (Submission, Extension, Exemption))
