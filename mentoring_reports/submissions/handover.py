"""How a school's report crosses into the shared schema: as a numbered, sealed revision, without a person's data.

The row of `Participation` is the lock; a first submission has none yet, there the unique constraint decides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from mentoring_reports import clock
from mentoring_reports.tenancy import current_organisation

from .enums import AWAITING_REVIEW, RoundPhase, State
from .errors import (
    AlreadyAccepted,
    AwaitingReview,
    NotExpected,
    RoundClosed,
    RoundNotOpen,
    UnknownElements,
    WrongNumber,
)
from .models import Participation, Round, Submission, SubmittedEvidence, SubmittedValue
from .queries import standing

if TYPE_CHECKING:
    from .queries import Standing

STEP = Decimal("0.0001")  # what a value's column keeps
MOST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class HandedValue:
    """A value of one data element; beside it what the register counted, and why the school overruled the count."""

    value: Decimal | None = None
    counted: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link to a document or page that backs a value; without a code it backs the whole report."""

    title: str
    url: str
    element_code: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts, as plain fields: a shared row never points at a user."""

    name: str
    id: int | None = None
    schema: str = ""

    @classmethod
    def of(cls, user: Any) -> Author:
        """Return the user of the current schema as an author."""
        organisation = current_organisation()
        schema = organisation.schema_name if organisation else ""
        return cls(name=user.get_full_name() or user.get_username(), id=user.pk, schema=schema)

    def fields(self) -> dict[str, Any]:
        """Return the columns of `Authored`."""
        return {"author_name": self.name, "author_id": self.id, "author_schema": self.schema}


@transaction.atomic
def hand_over(  # noqa: PLR0913 - the parts of a submission, by name
    *,
    round_: Round,
    school: Any,
    values: Mapping[str, HandedValue],
    explanations: Mapping[str, str],
    note: str,
    by: Author,
    evidence: Sequence[Evidence] = (),
    behalf_reason: str = "",
) -> Submission:
    """Write the school's next revision; an element of the form that `values` lacks is written as missing.

    With `behalf_reason` the municipality files it for a school that cannot (and only it may: the database refuses the
    mark to a school, and its absence to the municipality).

    Raises `RoundNotOpen`, `RoundClosed`, `NotExpected`, `AwaitingReview`, `AlreadyAccepted`, `UnknownElements`,
    `WrongNumber`.
    """
    round_ = Round.objects.select_related("form").get(pk=round_.pk)
    _ensure_taking(round_)
    participation = Participation.objects.locked(round_.pk, school.pk)
    stands = standing(round_, school)
    _ensure_school_may_submit(stands, participation)
    numbers, links = _numbers(round_, values), list(evidence)
    submission = Submission(
        round=round_,
        school=school,
        municipality_id=round_.municipality_id,
        revision=participation.latest.revision + 1 if participation else 1,
        school_name=school.name,
        school_type=school.organisation_type.name,
        territory=school.territory.name,
        form=round_.form,
        submitted_on=clock.today(),
        due_then=stands.due,
        explanations=dict(explanations),
        note=note,
        on_behalf=bool(behalf_reason),
        behalf_reason=behalf_reason,
        **by.fields(),
    )
    submission.checksum = checksum(submission, {code: number.value for code, number in numbers.items()}, links)
    if participation:
        _write_revision(submission, numbers, links)
        _hand_in_again(participation, submission)
    else:
        _hand_in_first(submission, numbers, links)
    return submission


def ensure_may_hand_over(round_: Round, school: Any) -> None:
    """Refuse beforehand what `hand_over` would refuse whatever the numbers are: before anybody types them.

    Raises `RoundNotOpen`, `RoundClosed`, `NotExpected`, `AwaitingReview`, `AlreadyAccepted`.
    """
    _ensure_taking(round_)
    stands = standing(round_, school)
    _ensure_school_may_submit(stands, stands.participation)


def stored(code: str, number: Decimal | None) -> Decimal | None:
    """Return a number exactly as the database keeps it. Raises `WrongNumber` where it would not fit unchanged."""
    if number is None:
        return None
    try:
        kept = number.quantize(STEP)
    except InvalidOperation:
        raise WrongNumber(code) from None
    if kept != number or abs(kept) >= MOST:
        raise WrongNumber(code)
    return kept


def checksum(submission: Submission, values: Mapping[str, Decimal | None], evidence: Sequence[Evidence] = ()) -> str:
    """Return the seal of a revision: SHA-256, as hex, of what `sealed_text` returns, in UTF-8."""
    return hashlib.sha256(sealed_text(submission, values, evidence).encode()).hexdigest()


def sealed_text(submission: Submission, values: Mapping[str, Decimal | None], evidence: Sequence[Evidence] = ()) -> str:
    """Return what a revision's seal is made of: canonical JSON (keys sorted, no spaces).

    Sealed are the round's and the form's code, the form's version, the revision, the names frozen in it, and each
    value as text with four places (null where it is missing); where there is any, the evidence (element, title,
    address), and why the municipality filed it. Anyone can compute it anew from the rows.
    """
    sealed: dict[str, Any] = {
        "round": submission.round.code,
        "form": [submission.form.code, submission.form.version],
        "revision": submission.revision,
        "school": [submission.school_name, submission.school_type, submission.territory],
        "values": {code: None if value is None else f"{value:.4f}" for code, value in values.items()},
    }
    if evidence:
        sealed["evidence"] = [[link.element_code, link.title, link.url] for link in evidence]
    if submission.on_behalf:
        sealed["on_behalf"] = submission.behalf_reason
    return json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _ensure_taking(round_: Round) -> None:
    phase = round_.phase(clock.today())
    if phase is RoundPhase.PLANNED:
        raise RoundNotOpen(round_)
    if phase is RoundPhase.CLOSED:
        raise RoundClosed(round_)


def _ensure_school_may_submit(stands: Standing, participation: Participation | None) -> None:
    if participation and participation.state in AWAITING_REVIEW:
        raise AwaitingReview(participation.latest)
    if participation and participation.state == State.ACCEPTED:
        raise AlreadyAccepted(participation.latest)
    if not participation and not stands.is_expected:
        raise NotExpected(stands.round)


def _numbers(round_: Round, values: Mapping[str, HandedValue]) -> dict[str, HandedValue]:
    """Return one value for every element of the form, as the database keeps them."""
    codes = list(round_.form.elements.values_list("code", flat=True))
    if unknown := sorted(set(values) - set(codes)):
        raise UnknownElements(unknown)
    handed = {code: values.get(code, HandedValue()) for code in codes}
    return {
        code: HandedValue(stored(code, number.value), stored(code, number.counted), number.reason)
        for code, number in handed.items()
    }


def _write_revision(submission: Submission, numbers: Mapping[str, HandedValue], links: Sequence[Evidence]) -> None:
    submission.save(force_insert=True)
    place = submission.place()
    SubmittedValue.objects.bulk_create(
        SubmittedValue(**place, element_code=code, value=number.value, counted=number.counted, reason=number.reason)
        for code, number in numbers.items()
    )
    SubmittedEvidence.objects.bulk_create(
        SubmittedEvidence(**place, element_code=link.element_code, title=link.title, url=link.url) for link in links
    )


def _hand_in_first(submission: Submission, numbers: Mapping[str, HandedValue], links: Sequence[Evidence]) -> None:
    """Write revision 1 and the row that is locked from now on; of two at once, one is told about the other."""
    try:
        with transaction.atomic():
            _write_revision(submission, numbers, links)
            Participation.objects.create(
                round_id=submission.round_id,
                school_id=submission.school_id,
                municipality_id=submission.municipality_id,
                state=State.SUBMITTED,
                latest=submission,
                first_submitted_at=submission.created_at,
                last_submitted_at=submission.created_at,
                on_time=not submission.is_late,
            )
    except IntegrityError:
        faster = Participation.objects.locked(submission.round_id, submission.school_id)
        if faster is None:
            raise
        raise AwaitingReview(faster.latest) from None


def _hand_in_again(participation: Participation, submission: Submission) -> None:
    participation.state = State.RESUBMITTED
    participation.latest = submission
    participation.last_submitted_at = submission.created_at
    participation.save(update_fields=["state", "latest", "last_submitted_at"])
