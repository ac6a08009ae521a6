"""What a trial finds, by check and by school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mentoring_reports.indicators.checking import Finding, Severity

if TYPE_CHECKING:
    from .trial import Report


@dataclass(frozen=True, eq=False)
class SchoolLine:
    """One school: its remarks now and with the tried version."""

    report: Report
    now: Sequence[Finding]
    then: Sequence[Finding]

    @cached_property
    def appeared(self) -> list[Finding]:
        """Return the remarks that the tried version alone would make."""
        known = {(finding.key, finding.severity) for finding in self.now}
        return [finding for finding in self.then if (finding.key, finding.severity) not in known]

    @cached_property
    def vanished(self) -> list[Finding]:
        """Return the remarks that the tried version would not make any more."""
        kept = {(finding.key, finding.severity) for finding in self.then}
        return [finding for finding in self.now if (finding.key, finding.severity) not in kept]

    @property
    def is_changed(self) -> bool:
        """Say whether the school would have been told something else."""
        return bool(self.appeared or self.vanished)

    @property
    def is_stopped(self) -> bool:
        """Say whether the tried version finds an error that stops the report, and is new."""
        return any(finding.severity is Severity.ERROR for finding in self.appeared)


@dataclass(frozen=True)
class CheckLine:
    """One check: the schools that it flags now and with the tried version, and how many remarks it makes there."""

    code: str
    title: str
    now: Sequence[SchoolLine]
    then: Sequence[SchoolLine]

    @property
    def remarks_now(self) -> int:
        """Return how many remarks it makes; a school may have several."""
        return sum(finding.check_code == self.code for line in self.now for finding in line.now)

    @property
    def remarks_then(self) -> int:
        """Return how many remarks it would make with the tried version."""
        return sum(finding.check_code == self.code for line in self.then for finding in line.then)

    @property
    def appeared(self) -> list[SchoolLine]:
        """Return the schools that the tried version alone would flag."""
        return [line for line in self.then if line not in self.now]

    @property
    def vanished(self) -> list[SchoolLine]:
        """Return the schools that it would not flag any more."""
        return [line for line in self.now if line not in self.then]


@dataclass(frozen=True)
class FlagsTrial:
    """What would have been flagged."""

    checks: Sequence[CheckLine]
    schools: Sequence[SchoolLine]

    @property
    def changed(self) -> list[SchoolLine]:
        """Return the schools that would have been told something else, those that could not submit first."""
        return sorted((line for line in self.schools if line.is_changed), key=lambda line: not line.is_stopped)
