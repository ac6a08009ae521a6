"""Everything that moves a school through a round. Each action locks, guards, appends, and is all or nothing.

`hand_over` runs in the school's schema, everything else in the municipality's: row security refuses the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from mentoring_reports import clock

from .enums import AWAITING_REVIEW, DecisionKind, RoundPhase, State
from .errors import (
    LONGEST_REASON,
    AlreadyDecided,
    AlreadyExempt,
    AlreadyHandedOver,
    ExtensionOutOfRange,
    ExtensionShortened,
    NotAccepted,
    NotExempt,
    NotExpected,
    ReasonMissing,
    ReasonTooLong,
    RoundClosed,
    StaleRevision,
    SubmissionError,
    UnknownElements,
)
from .handover import Author, Evidence, HandedValue, hand_over
from .models import AcceptedFigure, Decision, Exemption, Extension, Participation, Remark, Round, Submission
from .peers import refresh_peer_figures
from .queries import expected_schools

__all__ = (
    "AcceptedMany",
    "Author",
    "Evidence",
    "HandedValue",
    "accept",
    "accept_many",
    "exempt",
    "grant_extension",
    "hand_over",
    "reopen",
    "return_for_revision",
    "withdraw_exemption",
)

Remarks = Mapping[str, str]  # what a reviewer says about single values, by data element


@dataclass(frozen=True, slots=True)
class AcceptedMany:
    """What came of accepting several revisions: the decisions, and what was refused with the reason."""

    decisions: list[Decision]
    refused: list[tuple[int, SubmissionError]]


@transaction.atomic
def accept(*, submission_id: int, by: Author, comment: str = "", remarks: Remarks | None = None) -> Decision:
    """Accept a revision: it is locked, and its values become the school's current figures.

    `remarks` are comments on single values, by data element. Raises `StaleRevision`, `UnknownElements`.
    """
    decision = _accept(submission_id, by, comment, remarks or {})
    refresh_peer_figures(decision.round, {decision.submission.school_type})
    return decision


def accept_many(*, submission_ids: Iterable[int], by: Author) -> AcceptedMany:
    """Accept several revisions, each in a transaction of its own: one that cannot be accepted stops no other.

    Figures of peers are computed once at the end.
    """
    decisions: list[Decision] = []
    refused: list[tuple[int, SubmissionError]] = []
    for submission_id in submission_ids:
        try:
            with transaction.atomic():
                decisions.append(_accept(submission_id, by, "", {}))
        except SubmissionError as error:
            refused.append((submission_id, error))
    types: dict[Round, set[str]] = {}
    for decision in decisions:
        types.setdefault(decision.round, set()).add(decision.submission.school_type)
    for round_, school_types in types.items():
        refresh_peer_figures(round_, school_types)
    return AcceptedMany(decisions, refused)


@transaction.atomic
def return_for_revision(*, submission_id: int, reason: str, by: Author, remarks: Remarks | None = None) -> Decision:
    """Return a revision to the school, with the reason and, by data element, comments on single values.

    Raises `ReasonMissing`, `StaleRevision`, `UnknownElements`.
    """
    said = _reason(reason)
    submission, participation = _to_decide(submission_id)
    decision = _send_back(submission, participation, DecisionKind.RETURN, said, by)
    _write_remarks(decision, remarks or {})
    return decision


@transaction.atomic
def reopen(*, submission_id: int, reason: str, by: Author) -> Decision:
    """Let the school correct an accepted report; the accepted revision counts until the next one is accepted.

    Raises `ReasonMissing`, `StaleRevision`, `NotAccepted`.
    """
    said = _reason(reason)
    submission, participation = _latest(submission_id)
    if participation.state in AWAITING_REVIEW:
        raise NotAccepted
    if participation.state != State.ACCEPTED:
        raise _already_decided(submission)
    return _send_back(submission, participation, DecisionKind.REOPEN, said, by)


@transaction.atomic
def grant_extension(*, round_: Round, school: Any, due: dt.date, reason: str, by: Author) -> Extension:
    """Give a school a later due date, at most the round's closing date. What was granted is never shortened.

    Raises `ReasonMissing`, `ExtensionOutOfRange`, `ExtensionShortened`, `NotExpected`.
    """
    said = _reason(reason)
    if not expected_schools(round_).filter(pk=school.pk).exists():
        raise NotExpected(round_)
    earliest = max(round_.due + dt.timedelta(days=1), clock.today())
    if not earliest <= due <= round_.closes:
        raise ExtensionOutOfRange(round_, earliest, due)
    granted = Extension.objects.filter(**_place(round_, school)).aggregate(latest=Max("due"))["latest"]
    if granted and due < granted:
        raise ExtensionShortened(granted)
    return Extension.objects.create(**_place(round_, school), due=due, reason=said, **by.fields())


@transaction.atomic
def exempt(*, round_: Round, school: Any, reason: str, by: Author) -> Exemption:
    """Stop expecting a school in a round.

    Raises `ReasonMissing`, `NotExpected`, `AlreadyHandedOver`, `AlreadyExempt`, `RoundClosed`.
    """
    said = _reason(reason)
    _ensure_not_closed(round_)
    participation = Participation.objects.locked(round_.pk, school.pk)
    if participation:
        raise AlreadyHandedOver(participation.latest)
    if Exemption.objects.active().filter(**_place(round_, school)).exists():
        raise AlreadyExempt
    if not expected_schools(round_).filter(pk=school.pk).exists():
        raise NotExpected(round_)
    try:
        with transaction.atomic():
            return Exemption.objects.create(**_place(round_, school), reason=said, **by.fields())
    except IntegrityError:  # somebody else was faster by a moment
        raise AlreadyExempt from None


@transaction.atomic
def withdraw_exemption(*, round_: Round, school: Any, by: Author) -> Exemption:
    """Expect an exempt school again; the exemption is kept, with who withdrew it and when.

    Raises `NotExempt`, `RoundClosed`.
    """
    _ensure_not_closed(round_)
    exemption = Exemption.objects.active().select_for_update().filter(**_place(round_, school)).first()
    if exemption is None:
        raise NotExempt
    exemption.withdrawn_at = clock.now()
    exemption.withdrawn_by_name = by.name
    exemption.withdrawn_by_id, exemption.withdrawn_by_schema = by.id, by.schema
    exemption.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_by_id", "withdrawn_by_schema"])
    return exemption


def _ensure_not_closed(round_: Round) -> None:
    """Refuse to change who was expected in a round once that is frozen. Raises `RoundClosed`."""
    if round_.phase() is RoundPhase.CLOSED:
        raise RoundClosed(round_)


def _place(round_: Round, school: Any) -> dict[str, Any]:
    return {"round": round_, "school": school, "municipality_id": round_.municipality_id}


def _reason(text: str) -> str:
    said = text.strip()
    if not said:
        raise ReasonMissing
    if len(said) > LONGEST_REASON:
        raise ReasonTooLong(len(said))
    return said


# --- Deciding --------------------------------------------------------------------------------------------------------
def _latest(submission_id: int) -> tuple[Submission, Participation]:
    """Return the revision with its school's locked row. Raises `StaleRevision` when there is a newer revision."""
    submission = Submission.objects.select_related("round").get(pk=submission_id)
    participation = Participation.objects.locked(submission.round_id, submission.school_id)
    if participation is None:
        raise Participation.DoesNotExist
    if participation.latest_id != submission.pk:
        raise StaleRevision(participation.latest)
    return submission, participation


def _to_decide(submission_id: int) -> tuple[Submission, Participation]:
    submission, participation = _latest(submission_id)
    if participation.state not in AWAITING_REVIEW:
        raise _already_decided(submission)
    return submission, participation


def _already_decided(submission: Submission) -> AlreadyDecided:
    return AlreadyDecided(submission, submission.decisions.latest("created_at", "pk"))


def _decide(submission: Submission, kind: DecisionKind, reason: str, by: Author) -> Decision:
    return Decision.objects.create(
        **submission.place(),
        kind=kind,
        reason=reason,
        **by.fields(),
    )


def _send_back(
    submission: Submission, participation: Participation, kind: DecisionKind, reason: str, by: Author
) -> Decision:
    decision = _decide(submission, kind, reason, by)
    participation.state = State.REOPENED if kind is DecisionKind.REOPEN else State.RETURNED
    participation.save(update_fields=["state"])
    return decision


def _accept(submission_id: int, by: Author, comment: str, remarks: Remarks) -> Decision:
    submission, participation = _to_decide(submission_id)
    decision = _decide(submission, DecisionKind.ACCEPT, comment.strip(), by)
    _write_remarks(decision, remarks)
    participation.state = State.ACCEPTED
    participation.accepted = submission
    participation.accepted_at = decision.created_at
    participation.save(update_fields=["state", "accepted", "accepted_at"])
    _replace_figures(submission)
    return decision


def _write_remarks(decision: Decision, remarks: Remarks) -> None:
    said = {code: text.strip() for code, text in remarks.items() if text.strip()}
    known = set(decision.submission.values.filter(element_code__in=said).values_list("element_code", flat=True))
    if unknown := sorted(set(said) - known):
        raise UnknownElements(unknown)
    place = decision.submission.place()
    Remark.objects.bulk_create(
        Remark(**place, decision=decision, element_code=code, text=text) for code, text in said.items()
    )


def _replace_figures(submission: Submission) -> None:
    """Make the revision's values the school's current figures of the round."""
    AcceptedFigure.objects.filter(round_id=submission.round_id, school_id=submission.school_id).delete()
    AcceptedFigure.objects.bulk_create(
        AcceptedFigure(**submission.place(), element_code=value.element_code, value=value.value)
        for value in submission.values.all()
    )
