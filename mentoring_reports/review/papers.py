"""All that belongs to a revision and is read from the database: values, evidence, comments, what it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from mentoring_reports.indicators.comparing import broken_indicators
from mentoring_reports.indicators.models import ReportForm
from mentoring_reports.submissions.models import Participation, SubmittedEvidence, SubmittedValue
from mentoring_reports.submissions.models import Remark as Comment
from mentoring_reports.submissions.peers import peers_of
from mentoring_reports.submissions.queries import last_accepted

from .findings import FormParts
from .flags import oddities_of
from .peers import Peers
from .rows import Link

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Submission
    from mentoring_reports.submissions.peers import Peers as AllPeers

    from .plausibility import Oddity

Part = TypeVar("Part", SubmittedValue, SubmittedEvidence)


@dataclass(frozen=True)
class Papers:
    """A revision and the one compared with (`before`), by data element. A fixed number of statements."""

    form: FormParts
    handed: Mapping[str, SubmittedValue]
    before: Mapping[str, SubmittedValue]
    evidence: Sequence[SubmittedEvidence]
    evidence_before: Sequence[SubmittedEvidence]
    comments: Sequence[Comment]
    last: Mapping[str, Decimal | None]
    peers: Peers
    indicator_peers: AllPeers
    oddities: Sequence[Oddity] = ()
    broken: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, submission: Submission, before: Submission | None) -> Papers:
        """Read what belongs to a revision."""
        ids = [row.pk for row in (submission, before) if row]
        values = _by_revision(SubmittedValue.objects.filter(submission__in=ids))
        evidence = _by_revision(SubmittedEvidence.objects.filter(submission__in=ids))
        return cls(
            form=FormParts.by_form([submission.form_id])[submission.form_id],
            handed=_by_code(values.get(submission.pk, [])),
            before=_by_code(values.get(before.pk, [])) if before else {},
            evidence=evidence.get(submission.pk, []),
            evidence_before=evidence.get(before.pk, []) if before else [],
            comments=_comments(submission),
            last=last_accepted(submission.school, before=submission.round),
            peers=Peers.of(submission),
            indicator_peers=peers_of(submission.school_type, upto=submission.round),
            oddities=oddities_of([submission]).get(submission.pk, []),
            broken=_broken(submission),
        )

    def links(self, code: str = "") -> list[Link]:
        """Return the evidence for a data element; without a code what backs the whole report."""
        return [Link.of(row) for row in self.evidence if row.element_code == code]

    def comments_on(self, code: str) -> list[Comment]:
        """Return what reviewers said about a value, the newest first."""
        return [comment for comment in self.comments if comment.element_code == code]


def _by_revision(rows: Iterable[Part]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    for row in rows:
        found.setdefault(row.submission_id, []).append(row)
    return found


def _by_code(rows: Iterable[SubmittedValue]) -> dict[str, SubmittedValue]:
    return {row.element_code: row for row in rows}


def _comments(submission: Submission) -> list[Comment]:
    """Return the comments on all revisions of the school's report, the newest first."""
    rows = Comment.objects.filter(round_id=submission.round_id, school_id=submission.school_id)
    return list(rows.select_related("submission", "decision").order_by("-pk"))


def _broken(submission: Submission) -> frozenset[str]:
    """Return the indicators whose formula was another one when the school's last figures were accepted."""
    rows = Participation.objects.filter(school=submission.school_id, accepted__isnull=False)
    earlier = rows.filter(round__period_end__lt=submission.round.period_end)
    form_ids = earlier.order_by("-round__period_end", "-round_id").values_list("accepted__form_id", flat=True)
    last = form_ids.first()
    if last is None or last == submission.form_id:
        return frozenset()
    forms = {form.pk: form for form in ReportForm.objects.filter(pk__in=[last, submission.form_id]).with_parts()}
    return broken_indicators(forms[last], forms[submission.form_id])
