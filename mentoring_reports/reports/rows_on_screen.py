"""What stands on the screen of a report: a data element, an indicator, a group; each with what belongs beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mentoring_reports.indicators.formulas import PERCENT, TargetState
from mentoring_reports.indicators.numbers import write_number

if TYPE_CHECKING:
    from django.forms import BoundField

    from mentoring_reports.indicators.checking import Finding
    from mentoring_reports.indicators.models import DataElement, ElementGroup, Indicator
    from mentoring_reports.submissions.peers import Quartiles

    from .evidence import Linked


@dataclass(frozen=True)
class Warned:
    """A warning with the field that explains it; an overruled count is explained by its reason, elsewhere."""

    finding: Finding
    explanation: BoundField | None
    text: str
    theirs: str | None = None

    @property
    def explained(self) -> bool:
        """Say whether it stops nothing any more."""
        return bool(self.text.strip())


@dataclass(frozen=True)
class SentBefore:
    """What the revision that was sent back held for one data element."""

    value: Decimal | None


@dataclass(frozen=True)
class Row:
    """One data element on the screen."""

    element: DataElement
    value: Decimal | None
    box: BoundField | None
    reason: BoundField | None
    counted: bool
    count: Decimal | None
    overruled: bool
    last: Decimal | None
    errors: Sequence[str]
    warnings: Sequence[Warned]
    given_reason: str = ""
    theirs: str | None = None
    their_reason: str | None = None
    peers: Quartiles | None = None
    remark: str = ""
    before: SentBefore | None = None
    evidence: Sequence[Linked] = ()
    carried: bool = False
    unread: bool = False

    @property
    def change(self) -> Decimal | None:
        """Return the value less the last accepted one."""
        return None if self.value is None or self.last is None else self.value - self.last

    @property
    def change_percent(self) -> Decimal | None:
        """Return the change in percent of the last accepted value; from 0 there is none."""
        return self.change * PERCENT / abs(self.last) if self.change and self.last else None

    @property
    def changed_since(self) -> bool:
        """Say whether it differs from the revision that was sent back."""
        return self.before is not None and (self.unread or self.value != self.before.value)

    @property
    def may_carry(self) -> bool:
        """Say whether the last accepted number can be taken: typed, and nothing stands there yet."""
        return not (self.counted or self.unread) and self.value is None and self.last is not None

    @property
    def shown_count(self) -> str:
        """Return the count as the form sends it back: so a count that changes meanwhile is not taken for overruled."""
        return write_number(self.count)

    @property
    def shown_last(self) -> str:
        """Return the last accepted number as one would type it."""
        return write_number(self.last)

    @property
    def unexplained(self) -> int:
        """Return how many warnings still need an explanation."""
        return sum(not warned.explained for warned in self.warnings)


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator, computed from what is on the screen."""

    indicator: Indicator
    value: Decimal | None
    last: Decimal | None
    target: Decimal | None = None
    peers: Quartiles | None = None

    @property
    def state(self) -> TargetState:
        """Return how the value stands to the target."""
        return self.indicator.judge(self.value, self.target)

    @property
    def change(self) -> Decimal | None:
        """Return the value less the one that the last accepted figures gave."""
        return None if self.value is None or self.last is None else self.value - self.last


@dataclass(frozen=True)
class GroupOnScreen:
    """A heading with its rows and indicators."""

    group: ElementGroup
    rows: Sequence[Row]
    indicators: Sequence[IndicatorRow]

    @property
    def filled(self) -> int:
        """Return how many numbers there are."""
        return sum(row.value is not None for row in self.rows)

    @property
    def missing(self) -> int:
        """Return how many numbers must still be entered."""
        return sum(row.value is None and row.element.required for row in self.rows)

    @property
    def problems(self) -> int:
        """Return how many fields have an error or a warning without an explanation."""
        return sum(bool(row.errors or row.unexplained) for row in self.rows)

    @property
    def may_carry(self) -> bool:
        """Say whether last accepted numbers can be taken for some of its fields."""
        return any(row.may_carry for row in self.rows)
