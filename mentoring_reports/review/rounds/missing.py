"""Who has not handed anything in, by territory: what a methodist has to ask for, not what has arrived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mentoring_reports.submissions.enums import State
from mentoring_reports.submissions.frames import reading_order
from mentoring_reports.submissions.standings import Standing


@dataclass
class Gap:
    """A territory's expected schools, and those that have handed nothing in: the longest overdue first."""

    territory: str
    expected: int = 0
    missing: list[Standing] = field(default_factory=list)

    @property
    def overdue(self) -> list[Standing]:
        """Return the missing schools whose own date has passed."""
        return [stands for stands in self.missing if stands.state == State.MISSING]


def gaps(standings: Iterable[Standing]) -> list[Gap]:
    """Return the territories in the municipality's order, those without a missing school too."""
    found: dict[str, Gap] = {}
    places: dict[str, tuple[int, object]] = {}
    for stands in standings:
        if not stands.is_expected:
            continue
        name = stands.names.territory
        places.setdefault(name, (stands.school.territory.order, reading_order(name)))
        gap = found.setdefault(name, Gap(name))
        gap.expected += 1
        if stands.is_missing:
            gap.missing.append(stands)
    for gap in found.values():
        gap.missing.sort(key=lambda stands: (-stands.days_late, reading_order(stands.school.short_name)))
    return [found[name] for name in sorted(found, key=places.__getitem__)]
