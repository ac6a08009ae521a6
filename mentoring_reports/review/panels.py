"""The open rounds on the home screen of the municipality's admin: how many, and who is late, by territory."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.queries import rates_by_round, standings
from mentoring_reports.tenancy import current_organisation

from .access import VIEW_ROUND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentoring_reports.submissions.queries import Rates, Standing


@dataclass(frozen=True)
class Late:
    """The schools of one territory that are late, the latest first."""

    territory: str
    schools: Sequence[Standing]


@dataclass(frozen=True)
class RoundNow:
    """An open round as it stands today."""

    round: Round
    numbers: Rates
    late: Sequence[Late]


class RoundsPanel(Component):
    """Expected, submitted, on time, accepted, returned, missing."""

    name = "open_rounds"
    order = 40
    template_name = "mentoring_review/panel.html"

    class Media:
        """The panel's look."""

        css = {"all": ["mentoring_review/review.css"]}  # noqa: RUF012 - as in Django

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Read the open rounds; when there is none, name the next one and the last one."""
        own = Round.objects.filter(municipality=current_organisation())
        open_ones = list(own.open_on().order_by("due", "pk"))
        numbers = rates_by_round(open_ones)
        user = (parent_context or {})["request"].user
        return {
            "rounds": [RoundNow(round_, numbers[round_.pk], late_schools(round_)) for round_ in open_ones],
            "last": None if open_ones else own.first(),
            "may_open_rounds": user.has_perm(VIEW_ROUND),
        }


def late_schools(round_: Round) -> list[Late]:
    """Return expected schools past their due date without a submission, by territory."""
    missing = [stands for stands in standings(round_) if stands.state == State.MISSING]
    ordered = sorted(missing, key=_by_territory)
    return [
        Late(territory, sorted(schools, key=lambda stands: -stands.days_late))
        for (_order, territory), schools in groupby(ordered, key=_by_territory)
    ]


def _by_territory(stands: Standing) -> tuple[int, str]:
    territory = stands.school.territory
    return (territory.order, territory.name) if territory else (0, "")
