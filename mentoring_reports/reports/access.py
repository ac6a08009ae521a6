"""May the school work on its report of a round now, and if not, why: said in the words that the screen shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.clock import today
from mentoring_reports.submissions.enums import AWAITING_REVIEW, DecisionKind, RoundPhase, State
from mentoring_reports.submissions.models import Decision
from mentoring_reports.submissions.queries import Standing, standing

from .models import Draft

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Participation, Round

SENT_BACK = (State.RETURNED, State.REOPENED)


@dataclass(frozen=True)
class Access:
    """A school before a round: where it stands, and what that lets it do."""

    round: Round
    standing: Standing
    today: dt.date
    has_draft: bool = False

    @classmethod
    def of(cls, round_: Round, school: Any) -> Access:
        """Return where the school stands today."""
        has_draft = Draft.objects.filter(round_id=round_.pk).exists()
        return cls(round_, standing(round_, school), today(), has_draft)

    @property
    def state(self) -> State:
        """Return the state of the school's report; only the school knows that a draft has been begun."""
        if self.has_draft and self.standing.state == State.NOT_STARTED:
            return State.DRAFT
        return self.standing.state

    @property
    def phase(self) -> RoundPhase:
        """Return what today is for this school: an extension moves the due date."""
        if self.round.phase(self.today) is RoundPhase.OVERDUE and self.today <= self.due:
            return RoundPhase.OPEN
        return self.round.phase(self.today)

    @property
    def due(self) -> dt.date:
        """Return the last day to be on time, the school's extension included."""
        return self.standing.due

    @property
    def days_left(self) -> int:
        """Return the days until the due date; 0 on the day itself, negative after it."""
        return (self.due - self.today).days

    @property
    def participation(self) -> Participation | None:
        """Return the row that the first submission made."""
        return self.standing.participation

    @property
    def may_edit(self) -> bool:
        """Say whether the draft may be changed and submitted."""
        return not self.explanation

    @property
    def was_sent_back(self) -> bool:
        """Say whether the school has to send another revision."""
        return self.state in SENT_BACK

    @property
    def explanation(self) -> str:
        """Return why the draft is closed; nothing when it is open."""
        return self._state_explanation() or self._phase_explanation()

    @cached_property
    def sent_back_by(self) -> Decision | None:
        """Return the decision that the school has to act on, with its reason."""
        if not self.was_sent_back:
            return None
        kinds = (DecisionKind.RETURN, DecisionKind.REOPEN)
        return Decision.objects.filter(round=self.round, school_id=self.standing.school.pk, kind__in=kinds).first()

    def _state_explanation(self) -> str:
        if self.state == State.EXEMPT:
            return _("The school does not take part in this round: there is nothing to hand in.")
        if self.state in AWAITING_REVIEW:
            return _("The report is with the methodist. It can be changed again if it is returned.")
        if self.state == State.ACCEPTED:
            return _("The report is accepted. To correct it, ask the education department to reopen it.")
        return ""

    def _phase_explanation(self) -> str:
        if self.phase is RoundPhase.PLANNED:
            return _("The round opens on %(day)s.") % {"day": date_format(self.round.opens, "SHORT_DATE_FORMAT")}
        if self.phase is RoundPhase.CLOSED:
            return _(
                "The round closed on %(day)s and takes no reports any more. Your draft is kept and can be read. "
                "If the figures must still reach the department, ask the methodist."
            ) % {"day": date_format(self.round.closes, "SHORT_DATE_FORMAT")}
        return ""
