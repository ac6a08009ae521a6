"""With which schools' reports a revision is compared: of its type, near in size, in this round or the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .neighbours import Group, Sized, nearest
from .reading import PastRound, figures_of, sized_schools
from .reports import Report, Shape
from .wording import Compared

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round, Submission

Candidates = Mapping[str, Sequence[Sized]]  # by type of organisation, each by size


@dataclass(frozen=True)
class Comparison:
    """The groups to compare with, by revision, and all reports needed, by theirs."""

    groups: Mapping[int, Group]
    reports: Mapping[int, Report]
    other_rounds: Mapping[str, str]
    size_code: str

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - what there is to compare, and by what
        cls,
        round_: Round,
        past: Sequence[PastRound],
        submissions: Sequence[Submission],
        reports: Mapping[int, Report],
        shape: Shape,
        smallest_group: int,
    ) -> Comparison:
        """Choose groups among this round's schools; a type that is too few here, among the last round's accepted."""
        types = {submission.school_type for submission in submissions}
        candidates = sized_schools(round_, types, shape.size_code, only_accepted=False)
        few = {kind for kind, schools in candidates.items() if len(schools) <= smallest_group}
        other_rounds = {}
        if few and past:
            earlier = past[-1].round
            candidates |= sized_schools(earlier, few, shape.size_code, only_accepted=True)
            other_rounds = dict.fromkeys(few, earlier.title)
        groups = {row.pk: _group(row, reports[row.pk], candidates, smallest_group) for row in submissions}
        needed = {member.submission_id for group in groups.values() for member in group.members} - set(reports)
        others = {pk: Report.of(figures, shape) for pk, figures in figures_of(needed).items()}
        return cls(groups, {**others, **reports}, other_rounds, shape.size_code)

    def peers(self, submission: Submission) -> list[Report]:
        """Return the reports that a revision is compared with."""
        members = self.groups[submission.pk].members
        return [self.reports[member.submission_id] for member in members if member.submission_id in self.reports]

    def compared(self, submission: Submission) -> Compared:
        """Return what is to be said about the group."""
        return Compared(
            similar=self.groups[submission.pk].similar,
            other_round=self.other_rounds.get(submission.school_type, ""),
            size_code=self.size_code,
            size=self.reports[submission.pk].size,
        )


def _group(submission: Submission, report: Report, candidates: Candidates, smallest_group: int) -> Group:
    return nearest(candidates[submission.school_type], report.size, submission.school_id, smallest_group)
