"""What is odd about submitted revisions: read in a fixed number of statements, judged by pure rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mentoring_reports.indicators.models import DataElement, ElementAggregation, Indicator

from . import rules
from .comparison import Comparison
from .reading import PastRound, figures_of, last_and_now, past_rounds, typed_of
from .reports import Figures, Report, Shape
from .thresholds import own_settings, thresholds
from .wording import Names, Oddity, Wording

if TYPE_CHECKING:
    from mentoring_reports.submissions.models import Round, Submission

    from .verdicts import Thresholds, Verdict


def oddities(
    round_: Round, submissions: Sequence[Submission], limits: Thresholds | None = None
) -> dict[int, list[Oddity]]:
    """Return the oddities of each revision of a round by its id.

    The number of statements does not depend on how many revisions there are. `limits` are the municipality's own
    thresholds unless others are tried. Runs in the municipality's schema.
    """
    if not submissions:
        return {}
    found = Plausibility.of(round_, submissions, limits or thresholds(own_settings()))
    return {submission.pk: found.of_submission(submission) for submission in submissions}


@dataclass(frozen=True)
class Plausibility:
    """Everything that revisions of one round are judged by, read once."""

    form: FormShape
    past: Sequence[PastRound]
    typed: Mapping[int, Mapping[str, float]]
    comparison: Comparison
    common: Mapping[str, float]
    limits: Thresholds

    @classmethod
    def of(cls, round_: Round, submissions: Sequence[Submission], limits: Thresholds) -> Plausibility:
        """Read what belongs to the revisions."""
        form = FormShape.of(round_)
        past = past_rounds(round_, {submission.school_id for submission in submissions})
        ids = [submission.pk for submission in submissions]
        figures = figures_of(ids)
        reports = {pk: Report.of(figures.get(pk, {}), form.shape) for pk in ids}
        comparison = Comparison.of(round_, past, submissions, reports, form.shape, limits.smallest_group)
        return cls(form, past, typed_of(ids), comparison, _common(round_, past, form.shape, limits), limits)

    def of_submission(self, submission: Submission) -> list[Oddity]:
        """Return what is odd about one revision: about the whole first, then in the form's order."""
        wording = Wording(
            self.form.names,
            [earlier.round.title for earlier in self.past],
            self.comparison.compared(submission),
        )
        found = [wording.oddity(verdict) for verdict in self._verdicts(submission)]
        return sorted(found, key=lambda oddity: self.form.place(oddity.subject))

    def _verdicts(self, submission: Submission) -> Iterator[Verdict]:
        report = self.comparison.reports[submission.pk]
        past = self._own_past(submission.school_id)
        last = past[-1] if past else {}
        copied = rules.copied(self.typed.get(submission.pk, {}), last, self.limits)
        if copied:
            yield copied
        yield from rules.sums(report)
        common = self.common if len(past) == len(self.past) else {}  # others' change since the very same round
        yield from rules.jumps(report, past, self.limits, common)
        yield from rules.distances(report, self.comparison.peers(submission), self.form.shape, self.limits)

    def _own_past(self, school_id: int) -> list[dict[str, float]]:
        """Return a school's accepted numbers by round, up to the last round in which it had any."""
        past = [_known(earlier.figures.get(school_id, {})) for earlier in self.past]
        while past and not past[-1]:
            past.pop()
        return past


@dataclass(frozen=True)
class FormShape:
    """A round's form as plausibility needs it: its shape and its names."""

    elements: Sequence[DataElement]
    indicators: Sequence[Indicator]

    @classmethod
    def of(cls, round_: Round) -> FormShape:
        """Read the form's elements and indicators."""
        return cls(
            list(DataElement.objects.filter(form=round_.form_id)),
            list(Indicator.objects.filter(form=round_.form_id)),
        )

    @cached_property
    def shape(self) -> Shape:
        """Return what the pure rules need."""
        return Shape.of(
            self._codes(ElementAggregation.SUM),
            self._codes(ElementAggregation.MEDIAN),
            [indicator.formula for indicator in self.indicators],
        )

    @cached_property
    def names(self) -> Names:
        """Return how elements and indicators are called."""
        return Names(
            {element.code: element.name for element in self.elements},
            {indicator.code: indicator.name for indicator in self.indicators},
            {indicator.code: indicator.decimals for indicator in self.indicators},
        )

    @cached_property
    def _places(self) -> Mapping[str, int]:
        codes = dict.fromkeys(part.code for part in (*self.elements, *self.indicators))
        return {code: number for number, code in enumerate(codes, start=1)}

    def place(self, code: str) -> int:
        """Return where a code stands in the form; the whole report comes first."""
        return self._places.get(code, 0)

    def _codes(self, aggregation: ElementAggregation) -> Collection[str]:
        return [element.code for element in self.elements if element.aggregation == aggregation]


def _common(round_: Round, past: Sequence[PastRound], shape: Shape, limits: Thresholds) -> dict[str, float]:
    """Return by what each element was multiplied in most schools since the last round."""
    if not past:
        return {}
    pairs = last_and_now(past[-1].round, round_)
    return rules.common_changes(((Report.of(last, shape), Report.of(now, shape)) for last, now in pairs), limits)


def _known(figures: Figures) -> dict[str, float]:
    return {code: float(value) for code, value in figures.items() if value is not None}
