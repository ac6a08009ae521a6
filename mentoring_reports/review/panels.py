"""The open rounds on the home screen of the municipality's admin: how many, and who is late, by territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.queries import rates_by_round, standings
from mentoring_reports.tenancy import current_organisation

from .access import VIEW_ROUND, own_rounds
from .rounds.missing import Gap, gaps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentoring_reports.submissions.rates import Rates


@dataclass(frozen=True)
class RoundNow:
    """An open round as it stands today; `gaps` are the territories in which somebody is late."""

    round: Round
    numbers: Rates
    gaps: Sequence[Gap]


class RoundsPanel(Component):
    """Expected, submitted, on time, accepted, returned, missing."""

    name = "open_rounds"
    order = 40
    template_name = "mentoring_review/rounds/panel.html"

    class Media:
        """The panel's look."""

        css = {"all": ["mentoring_review/review.css", "mentoring_review/rounds.css"]}  # noqa: RUF012 - as in Django

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Read the open rounds; when there is none, name the next one and the last one."""
        own = Round.objects.filter(municipality=current_organisation())
        open_ones = list(own.open_on().order_by("due", "pk"))
        numbers = rates_by_round(open_ones)
        user = (parent_context or {})["request"].user
        return {
            "rounds": [RoundNow(round_, numbers[round_.pk], late_schools(round_)) for round_ in open_ones],
            "next": None if open_ones else own.planned().order_by("opens", "pk").first(),
            "last": None if open_ones else own.finished().first(),
            "may_view": user.has_perm(VIEW_ROUND),
            "may_open_rounds": own_rounds.user_has_permission(user, "add"),
        }


def late_schools(round_: Round) -> list[Gap]:
    """Return the territories in which an expected school past its date has handed nothing in."""
    return [gap for gap in gaps(standings(round_)) if gap.overdue]
