"""The differences between a roadmap and a document, as the screen shows them and as they may be taken."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from mentoring_reports.roadmaps.models import RoadmapItem

from .draft import Item, Section
from .words import CELLS as NAMES


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that the document has otherwise; `known` where it had so the last time."""

    field: str
    old: str
    new: str
    known: bool
    reading: str = ""  # of a deadline: what the new text means in the roadmap's period

    @property
    def label(self) -> str:
        """Return the cell's name."""
        return str(NAMES[self.field])


@dataclass(frozen=True, slots=True)
class Found:
    """An activity of the document that the roadmap has, with the cells that differ."""

    existing: RoadmapItem
    item: Item
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """An activity that the roadmap has not; `known` where it was left out the last time."""

    item: Item
    section: Section
    known: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it, in the document's order; what is gone in the roadmap's."""

    found: tuple[Found, ...]
    added: tuple[Added, ...]
    gone: tuple[RoadmapItem, ...]
    own: int = 0  # activities that came into the roadmap otherwise, and stay

    @property
    def changed(self) -> list[Found]:
        """Return the activities with cells that the document has newly."""
        return [row for row in self.found if any(not change.known for change in row.changes)]

    @property
    def corrected(self) -> list[Found]:
        """Return the activities with cells that were corrected since the document said the same."""
        return [row for row in self.found if any(change.known for change in row.changes)]

    @property
    def same(self) -> int:
        """Return how many activities are the same in both."""
        return sum(not row.changes for row in self.found)

    @property
    def new(self) -> list[Added]:
        """Return the activities that the document has for the first time."""
        return [row for row in self.added if not row.known]

    @property
    def left_out(self) -> list[Added]:
        """Return the activities that were left out the last time."""
        return [row for row in self.added if row.known]

    @property
    def open_gone(self) -> list[RoadmapItem]:
        """Return what the document no longer names, without what is cancelled already."""
        return [item for item in self.gone if not item.is_cancelled]

    @property
    def brings_nothing(self) -> bool:
        """Say whether the document has nothing new for the roadmap."""
        return not (self.changed or self.new or self.open_gone)

    @property
    def can_be_taken(self) -> bool:
        """Say whether there is anything to choose."""
        return not self.brings_nothing or bool(self.corrected or self.left_out)

    @property
    def fingerprint(self) -> str:
        """Return a word that differs where the comparison does."""
        rows = [(row.existing.pk, row.changes) for row in self.found]
        told = repr((rows, [row.item for row in self.added], [(item.pk, item.status) for item in self.gone]))
        return hashlib.sha256(told.encode()).hexdigest()[:16]
