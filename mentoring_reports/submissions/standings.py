"""Where one school stands in one round on one day: what is known of it, and what follows from that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils import timezone

from .enums import State, Timeliness
from .models import Exemption, ExpectedSchool, Extension, Participation, Round

NO_DAYS = 0


class Names(NamedTuple):
    """What a school, its type and its territory were called."""

    school: str
    type: str
    territory: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one school stands in one round on `today`. `frozen` is set where the round closed with it expected."""

    school: Any
    round: Round
    today: dt.date
    is_expected: bool
    participation: Participation | None = None
    first_due: dt.date | None = None
    extension: Extension | None = None
    exemption: Exemption | None = None
    frozen: ExpectedSchool | None = None

    @property
    def state(self) -> State:
        """Return the state; a school that is not expected is shown as exempt, one past its due date as missing."""
        if self.participation:
            return State(self.participation.state)
        if not self.is_expected:
            return State.EXEMPT
        return State.MISSING if self.today > self.due else State.NOT_STARTED

    @property
    def due(self) -> dt.date:
        """Return the last day to be on time: the round's, or the school's extension where that is later."""
        return max(self.round.due, self.extension.due) if self.extension else self.round.due

    @property
    def on_time(self) -> bool:
        """Say whether the first submission came in time; False as long as there is none."""
        return bool(self.participation and self.participation.on_time)

    @property
    def timeliness(self) -> Timeliness:
        """Return how the school stands to its date; coming back after a return makes nobody late."""
        if self.participation:
            return Timeliness.ON_TIME if self.participation.on_time else Timeliness.LATE
        if not self.is_expected:
            return Timeliness.NOT_ASKED
        return Timeliness.OVERDUE if self.today > self.due else Timeliness.PENDING

    @property
    def is_missing(self) -> bool:
        """Say whether the school is expected and has handed nothing in so far, late or not."""
        return self.is_expected and not self.participation

    @property
    def first_submitted_on(self) -> dt.date | None:
        """Return the day of the first submission."""
        return self.participation.first_submitted_on if self.participation else None

    @property
    def last_submitted_on(self) -> dt.date | None:
        """Return the day of the latest revision."""
        return timezone.localdate(self.participation.last_submitted_at) if self.participation else None

    @property
    def accepted_on(self) -> dt.date | None:
        """Return the day on which the revision that counts was accepted."""
        accepted_at = self.participation.accepted_at if self.participation else None
        return timezone.localdate(accepted_at) if accepted_at else None

    @property
    def days_late(self) -> int:
        """Return by how many days the first submission missed the date that held then; without one, until today."""
        if self.participation and self.participation.on_time:
            return NO_DAYS
        if not self.participation and not self.is_expected:
            return NO_DAYS
        came = self.first_submitted_on or min(self.today, self.round.closes)
        return max(NO_DAYS, (came - (self.first_due or self.due)).days)

    @property
    def names(self) -> Names:
        """Return the names that hold for this round: of the revision that counts, of the closing day, or of today."""
        taken = self.participation
        kept = ((taken.accepted or taken.latest) if taken else None) or self.frozen
        if kept:
            return Names(kept.school_name, kept.school_type, kept.territory)
        school = self.school
        return Names(school.name, school.organisation_type.name, school.territory.name)
