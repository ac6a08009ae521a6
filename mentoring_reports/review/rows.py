"""What stands in one row of a submission's screen: a value, what it can be compared with, and all that was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mentoring_reports.indicators.formulas import PERCENT, TargetState

if TYPE_CHECKING:
    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.indicators.models import DataElement, ElementGroup, Indicator
    from mentoring_reports.submissions.models import Remark as Comment
    from mentoring_reports.submissions.models import SubmittedEvidence, SubmittedValue

    from .plausibility import Oddity

WEB = ("http", "https")


@dataclass(frozen=True)
class Remark:
    """A finding with the school's explanation beside it."""

    finding: Finding
    explanation: str


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of evidence, with the host that it leads to."""

    title: str
    url: str

    @classmethod
    def of(cls, evidence: SubmittedEvidence) -> Link:
        """Return what is shown of it."""
        return cls(evidence.title, evidence.url)

    @property
    def host(self) -> str:
        """Return the host; empty for what is no address of the web, which is shown and never followed."""
        parts = urlsplit(self.url)
        return (parts.hostname or "") if parts.scheme in WEB else ""


@dataclass(frozen=True)
class Row:
    """One data element: what was handed over, its neighbours, and what was said about it."""

    element: DataElement
    handed: SubmittedValue | None
    last: Decimal | None
    median: Decimal | None
    before: SubmittedValue | None
    remarks: Sequence[Remark] = ()
    oddities: Sequence[Oddity] = ()
    evidence: Sequence[Link] = ()
    comments: Sequence[Comment] = ()
    typed: str = ""

    @property
    def name(self) -> str:
        """Return the element's name."""
        return self.element.name

    @property
    def anchor(self) -> str:
        """Return the name of the row's place on the page."""
        return self.element.code

    @property
    def value(self) -> Decimal | None:
        """Return the value; None where it is missing."""
        return self.handed.value if self.handed else None

    @property
    def is_flagged(self) -> bool:
        """Say whether checks or plausibility object."""
        return bool(self.remarks or self.oddities)

    @property
    def flags(self) -> int:
        """Return how many objections there are."""
        return len(self.remarks) + len(self.oddities)

    @property
    def is_overruled(self) -> bool:
        """Say whether the school replaced the count."""
        return bool(self.handed and self.handed.counted is not None and self.handed.value != self.handed.counted)

    @property
    def change_in_percent(self) -> Decimal | None:
        """Return the change against the last accepted value; None where it means nothing."""
        if self.value is None or not self.last:
            return None
        return (self.value - self.last) * PERCENT / abs(self.last)

    @property
    def was_changed(self) -> bool:
        """Say whether the value differs from the revision compared with."""
        return self.before is not None and self.before.value != self.value

    @property
    def reason_was_changed(self) -> bool:
        """Say whether the reason for overruling the count differs from the revision compared with."""
        return self.before is not None and self.handed is not None and self.before.reason != self.handed.reason


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator computed from the submission, and how it stands to its target."""

    indicator: Indicator
    value: Decimal | None
    last: Decimal | None
    target: Decimal | None = None
    median: Decimal | None = None
    is_broken: bool = False  # the formula was another one when the last figures were accepted
    remarks: Sequence[Remark] = ()
    oddities: Sequence[Oddity] = ()

    @property
    def name(self) -> str:
        """Return the indicator's name."""
        return self.indicator.name

    @property
    def anchor(self) -> str:
        """Return the name of the row's place on the page: an element may have the same code."""
        return f"{self.indicator.code}-indicator"

    @property
    def is_flagged(self) -> bool:
        """Say whether checks or plausibility object."""
        return bool(self.remarks or self.oddities)

    @property
    def flags(self) -> int:
        """Return how many objections there are."""
        return len(self.remarks) + len(self.oddities)

    @property
    def state(self) -> TargetState:
        """Return how the value stands to its target."""
        return self.indicator.judge(self.value, self.target)


@dataclass(frozen=True)
class Group:
    """A heading of the form with what stands under it."""

    group: ElementGroup
    rows: Sequence[Row]
    indicators: Sequence[IndicatorRow]

    @property
    def marked(self) -> list[Row | IndicatorRow]:
        """Return the rows that are flagged, as they stand on the page."""
        rows: list[Row | IndicatorRow] = [*self.rows, *self.indicators]
        return [row for row in rows if row.is_flagged]
