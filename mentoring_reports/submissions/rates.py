"""A round in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rates:
    """A round in numbers, over expected schools only.

    `accepted` counts schools whose accepted revision stands, also while a reopened one is corrected; `missing` those
    that have handed nothing in so far. A rate is a share from 0 to 1, None where no school is expected.
    """

    expected: int = 0
    submitted: int = 0
    on_time: int = 0
    accepted: int = 0
    returned: int = 0
    waiting: int = 0

    @property
    def missing(self) -> int:
        """Return how many expected schools have handed nothing in so far."""
        return self.expected - self.submitted

    @property
    def late(self) -> int:
        """Return how many expected schools came after the date that held for them."""
        return self.submitted - self.on_time

    @property
    def reporting_rate(self) -> Decimal | None:
        """Return expected schools with a submission / expected."""
        return self._share(self.submitted)

    @property
    def on_time_rate(self) -> Decimal | None:
        """Return expected schools whose first submission was on time / expected."""
        return self._share(self.on_time)

    @property
    def acceptance_rate(self) -> Decimal | None:
        """Return accepted / expected."""
        return self._share(self.accepted)

    def _share(self, part: int) -> Decimal | None:
        return Decimal(part) / self.expected if self.expected else None
