"""Changes to a school's draft, and handing it over. Everything runs inside the school's schema, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring_reports.indicators.checking import Severity
from mentoring_reports.submissions.actions import Author, HandedValue, hand_over
from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation

from .access import Access
from .basis import Basis
from .errors import FiguresChanged, NotEditable, StaleDraft, SubmissionRefused
from .evidence import evidence_of, handed_evidence
from .filling import Entered, Filling
from .models import Draft, DraftExplanation, DraftValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.submissions.models import Submission


@transaction.atomic
def save_draft(  # noqa: PLR0913 - the parts of a draft, by name
    *,
    round_: Round,
    values: Mapping[str, Entered],
    reasons: Mapping[str, str],
    explanations: Mapping[str, str],
    version: int,
    by: AbstractBaseUser | AnonymousUser | None,
    note: str = "",
    carried: Collection[str] = (),
    saved_from: str = "",
) -> Draft:
    """Replace what the draft holds by what was entered, and return it with its new version.

    `values` holds typed elements and the counted ones that are overruled; text that is no number is kept as it is.
    `carried` names those taken from the last accepted report and not touched since. `saved_from` names the open form:
    one whose last save came through while its answer got lost is not taken for somebody else. Evidence stays.
    Raises `StaleDraft` when the draft is no longer at `version` (0: there was none), `NotEditable` when the round
    takes nothing from this school.
    """
    ensure_editable(round_)
    draft = locked_draft(round_.pk)
    if draft.version != version and not _answer_was_lost(draft, version, saved_from):
        raise StaleDraft(draft)
    draft.version += 1
    draft.note = note
    draft.saved_from = saved_from
    draft.updated_by_id = getattr(by, "pk", None)
    draft.save()
    _replace_values(draft, values, reasons, counted=_counted_codes(round_), carried=carried)
    _replace_explanations(draft, explanations)
    return draft


@transaction.atomic
def submit(*, draft: Draft, by: AbstractBaseUser | AnonymousUser, confirmed: str = "") -> Submission:
    """Count again, check, and hand revision n over; all of it or nothing. The draft stays for a possible return.

    `confirmed` is the fingerprint of the summary that the curator agreed to. Raises `StaleDraft`, `FiguresChanged`,
    `SubmissionRefused`, `EvidenceBroken`, and the errors of `submissions.errors` (round closed, already accepted …).
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.version != draft.version:
        raise StaleDraft(locked)
    round_ = Round.objects.select_related("form").get(pk=locked.round_id)
    school = current_organisation()
    basis = Basis.of(round_, school)
    filling = Filling.of_draft(basis, locked)
    evidence = handed_evidence(evidence_of(locked))
    if confirmed and confirmed != filling.fingerprint(evidence):
        raise FiguresChanged
    findings = basis.findings(filling)
    if obstacles := basis.obstacles(findings, filling):
        raise SubmissionRefused(obstacles)
    return hand_over(
        round_=round_,
        school=school,
        values=_handed_values(basis, filling),
        explanations=_handed_explanations(basis, filling, findings),
        note=filling.note,
        evidence=evidence,
        by=Author.of(by),
    )


def ensure_editable(round_: Round) -> None:
    """Raise `NotEditable`, with the reason, when the round takes nothing from this school now."""
    access = Access.of(round_, current_organisation())
    if not access.may_edit:
        raise NotEditable(access.explanation or _("This round takes no report from you now."))


def locked_draft(round_id: int) -> Draft:
    """Return the round's draft, made if there is none, locked until the transaction ends."""
    Draft.objects.bulk_create([Draft(round_id=round_id)], ignore_conflicts=True)
    return Draft.objects.select_for_update().get(round_id=round_id)


def _answer_was_lost(draft: Draft, version: int, saved_from: str) -> bool:
    """Say whether every save since `version` was this open form's own: each of them passed this same question."""
    return bool(saved_from) and draft.saved_from == saved_from and 0 <= version < draft.version


def _counted_codes(round_: Round) -> frozenset[str]:
    return frozenset(element.code for element in round_.form.elements.all() if Basis.is_counted(element))


def _replace_values(
    draft: Draft,
    values: Mapping[str, Entered],
    reasons: Mapping[str, str],
    *,
    counted: Iterable[str],
    carried: Collection[str],
) -> None:
    draft.values.all().delete()
    DraftValue.objects.bulk_create(
        DraftValue(
            draft=draft,
            element_code=code,
            value=None if isinstance(entered := values.get(code), str) else entered,
            typed=entered if isinstance(entered, str) else "",
            overruled=code in values and code in counted,
            reason=reasons.get(code, ""),
            carried=code in carried and values.get(code) is not None,
        )
        for code in {**values, **reasons}
        if values.get(code) is not None or reasons.get(code) or (code in values and code in counted)
    )


def _replace_explanations(draft: Draft, explanations: Mapping[str, str]) -> None:
    draft.explanations.all().delete()
    DraftExplanation.objects.bulk_create(
        DraftExplanation(draft=draft, key=key, text=text) for key, text in explanations.items() if text.strip()
    )


def _handed_values(basis: Basis, filling: Filling) -> dict[str, HandedValue]:
    return {
        code: HandedValue(
            value=value,
            counted=basis.counts.get(code),
            reason=filling.reasons.get(code, "") if code in filling.overruled else "",
        )
        for code, value in filling.values.items()
    }


def _handed_explanations(basis: Basis, filling: Filling, findings: Sequence[Finding]) -> dict[str, str]:
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    return {finding.key: basis.explanation(finding, filling) for finding in warnings}
