"""What thresholds would flag in the latest round, before they are saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mentoring_reports.submissions.models import Participation, Round, Submission

from .oddities import oddities
from .wording import OddityCode

if TYPE_CHECKING:
    from .verdicts import Thresholds


@dataclass(frozen=True, slots=True)
class Trial:
    """How many of a round's reports would be flagged, in all and by kind of oddity."""

    round: Round
    reports: int
    flagged: int
    by_code: Mapping[OddityCode, int]


def try_out(limits: Thresholds) -> Trial | None:
    """Judge the latest revisions of the latest round in which any came; None where nothing has come yet.

    Runs in the municipality's schema.
    """
    latest = Participation.objects.order_by("-round__period_end", "-round_id").select_related("round__form").first()
    if latest is None:
        return None
    rows = Participation.objects.for_round(latest.round).values("latest_id")
    found = oddities(latest.round, list(Submission.objects.filter(pk__in=rows)), limits)
    kinds = [{oddity.code for oddity in listed} for listed in found.values()]
    counted = Counter(code for codes in kinds for code in codes)
    return Trial(latest.round, len(found), sum(map(bool, kinds)), {code: counted[code] for code in OddityCode})
