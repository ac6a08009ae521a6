"""The complete history of a school in a round: every event with its date, author and words, the oldest first.

The same for both sides; row security decides whose rows answer. A fixed number of statements, whatever happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring_reports import clock
from mentoring_reports.indicators.models import DataElement

from .comparing import compare_revisions
from .enums import DecisionKind
from .models import Exemption, Extension, Submission

if TYPE_CHECKING:
    from .comparing import Names, RevisionChanges
    from .models import Decision, Remark, Round


class EventKind(models.TextChoices):
    """What happened."""

    OPENED = "opened", _("the round opened")
    EXTENDED = "extended", _("the due date was extended")
    EXEMPTED = "exempted", _("the school was exempted")
    WITHDRAWN = "withdrawn", _("the exemption was withdrawn")
    SUBMITTED = "submitted", _("a revision was handed in")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned for revision")
    REOPENED = "reopened", _("reopened")
    MISSED = "missed", _("the due date passed, nothing was handed in")
    CLOSED = "closed", _("the round closed")


DECISIONS = {
    DecisionKind.ACCEPT: EventKind.ACCEPTED,
    DecisionKind.RETURN: EventKind.RETURNED,
    DecisionKind.REOPEN: EventKind.REOPENED,
}


@dataclass(frozen=True)
class Event:
    """One thing that happened. `whole_day`: it has a date, and no time; `due`: the date that it set."""

    kind: EventKind
    at: dt.datetime
    who: str = ""
    text: str = ""
    whole_day: bool = False
    due: dt.date | None = None
    submission: Submission | None = None
    decision: Decision | None = None
    changes: RevisionChanges | None = None
    remarks: Sequence[tuple[str, Remark]] = ()


@dataclass(frozen=True)
class History:
    """What happened between a school and a municipality in one round. Seven statements."""

    round: Round
    school: Any
    today: dt.date
    revisions: Sequence[Submission]
    extensions: Sequence[Extension]
    exemptions: Sequence[Exemption]
    names: Names

    @classmethod
    def of(cls, round_: Round, school: Any) -> History:
        """Read it, in the school's schema or in its municipality's."""
        place = {"round": round_, "school": school}
        revisions = Submission.objects.filter(**place).order_by("revision")
        revisions = revisions.prefetch_related("values", "evidence", "decisions__remarks")
        listed = list(revisions)
        forms = {round_.form_id, *(row.form_id for row in listed)}
        elements = DataElement.objects.filter(form__in=forms).values_list("form_id", "code", "name")
        return cls(
            round=round_,
            school=school,
            today=clock.today(),
            revisions=listed,
            extensions=list(Extension.objects.filter(**place).order_by("created_at", "pk")),
            exemptions=list(Exemption.objects.filter(**place).order_by("created_at", "pk")),
            names={(form, code): name for form, code, name in elements.order_by("order", "pk")},
        )

    @cached_property
    def events(self) -> list[Event]:
        """Return everything that has happened by today, the oldest first."""
        found = [*self._dates(), *self._agreements(), *self._handed_in(), *self._decided()]
        return sorted(found, key=lambda event: event.at)

    @property
    def due(self) -> dt.date:
        """Return the last day to be on time, the latest extension included."""
        return max([self.round.due, *(row.due for row in self.extensions[-1:])])

    def _dates(self) -> Iterator[Event]:
        round_ = self.round
        if self.today >= round_.opens:
            yield Event(EventKind.OPENED, _at(round_.opens, dt.time.min), whole_day=True, due=round_.due)
        if self.today > self.due and not self._handed_in_by(self.due) and not self._exempt_on(self.due):
            yield Event(EventKind.MISSED, _at(self.due, dt.time.max), whole_day=True)
        if self.today > round_.closes:
            yield Event(EventKind.CLOSED, _at(round_.closes, dt.time.max), whole_day=True)

    def _agreements(self) -> Iterator[Event]:
        for extension in self.extensions:
            yield _authored(EventKind.EXTENDED, extension, due=extension.due)
        for exemption in self.exemptions:
            yield _authored(EventKind.EXEMPTED, exemption)
            if exemption.withdrawn_at:
                yield Event(EventKind.WITHDRAWN, exemption.withdrawn_at, exemption.withdrawn_by_name)

    def _handed_in(self) -> Iterator[Event]:
        for before, row in zip([None, *self.revisions], self.revisions, strict=False):
            changes = compare_revisions(before, row, self.names) if before else None
            yield Event(EventKind.SUBMITTED, row.created_at, row.author_name, row.note, submission=row, changes=changes)

    def _decided(self) -> Iterator[Event]:
        for row in self.revisions:
            for decision in row.decisions.all():
                yield Event(
                    kind=DECISIONS[DecisionKind(decision.kind)],
                    at=decision.created_at,
                    who=decision.author_name,
                    text=decision.reason,
                    submission=row,
                    decision=decision,
                    remarks=[
                        (self.names.get((row.form_id, remark.element_code), remark.element_code), remark)
                        for remark in decision.remarks.all()
                    ],
                )

    def _handed_in_by(self, day: dt.date) -> bool:
        return any(row.submitted_on <= day for row in self.revisions)

    def _exempt_on(self, day: dt.date) -> bool:
        moment = _at(day, dt.time.max)
        return any(
            row.created_at <= moment and (row.withdrawn_at is None or row.withdrawn_at > moment)
            for row in self.exemptions
        )


def _authored(kind: EventKind, row: Extension | Exemption, *, due: dt.date | None = None) -> Event:
    return Event(kind, row.created_at, row.author_name, row.reason, due=due)


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
