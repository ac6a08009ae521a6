"""May the school work on its report of a round now, and if not, why: said in the words that the screen shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.clock import today
from mentoring_reports.submissions.enums import AWAITING_REVIEW, RoundPhase, State
from mentoring_reports.submissions.school_standings import latest_decisions, standings_of

from .models import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mentoring_reports.submissions.models import Decision, Exemption, Extension, Participation, Round, Submission
    from mentoring_reports.submissions.queries import Standing

SENT_BACK = (State.RETURNED, State.REOPENED)


@dataclass(frozen=True)
class Access:
    """A school before a round: where it stands, and what that lets it do."""

    round: Round
    standing: Standing
    today: dt.date
    has_draft: bool = False
    last_decision: Decision | None = None

    @classmethod
    def of(cls, round_: Round, school: Any) -> Access:
        """Return where the school stands today."""
        return cls.of_rounds([round_], school)[0]

    @classmethod
    def of_rounds(cls, rounds: Iterable[Round], school: Any) -> list[Access]:
        """Return where the school stands in each of the rounds: as many statements as for one."""
        listed, day = list(rounds), today()
        begun = set(
            Draft.objects.filter(round_id__in=[round_.pk for round_ in listed]).values_list("round_id", flat=True)
        )
        decisions = latest_decisions(school, listed)
        return [
            cls(stands.round, stands, day, stands.round.pk in begun, decisions.get(stands.round.pk))
            for stands in standings_of(school, listed)
        ]

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

    @property
    def sent_back_by(self) -> Decision | None:
        """Return the decision that the school has to act on, with its reason and comments on single values."""
        return self.last_decision if self.was_sent_back else None

    @cached_property
    def remarks(self) -> dict[str, str]:
        """Return what the last decision says about single values, by data element."""
        return {row.element_code: row.text for row in self.last_decision.remarks.all()} if self.last_decision else {}

    @property
    def latest(self) -> Submission | None:
        """Return the revision handed in last."""
        return self.participation.latest if self.participation else None

    @property
    def extension(self) -> Extension | None:
        """Return the extension that moves the school's due date; one that a later round's date overtook does not."""
        extension = self.standing.extension
        return extension if extension and extension.due > self.round.due else None

    @property
    def exemption(self) -> Exemption | None:
        """Return why nothing is expected from the school."""
        return self.standing.exemption

    @property
    def was_on_time(self) -> bool:
        """Say whether the first submission came in time: then no correction makes the school late."""
        return self.standing.on_time

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
