"""What a table's rows are: records of cells by column, titles of sections, or nothing of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .columns import Column, place_of
from .plans import Skipped


@dataclass(slots=True)
class Record:
    """One row of the plan, its cells by column; several rows of the source where they were joined."""

    first: int
    last: int
    cells: list[str]
    columns: tuple[Column, ...]
    above: frozenset[int] = frozenset()
    shifted: bool = False
    joined: bool = False
    date_held: bool = False
    sources: list[tuple[int, int]] = field(default_factory=list)

    def text(self, role: str) -> str:
        """Return the text of the first column of a role, "" without one."""
        place = place_of(self.columns, role)
        return self.cells[place] if place is not None else ""

    def texts(self, role: str) -> list[tuple[Column, str]]:
        """Return the filled cells of all columns of a role."""
        return [(c, cell) for c, cell in zip(self.columns, self.cells, strict=True) if c.role == role and cell]


@dataclass(slots=True)
class Title:
    """A section's title, perhaps with a number; `sure` where it stands in the table itself."""

    number: str
    text: str
    first: int
    last: int
    sure: bool = True


@dataclass(slots=True)
class Bare:
    """A row with a single text (and perhaps a number): a title, an activity without more, or a rest."""

    record: Record
    place: int
    strong: bool = False

    @property
    def text(self) -> str:
        """Return the single text."""
        return self.record.cells[self.place]


@dataclass(slots=True)
class Rest:
    """A line that begins in the middle of a sentence: the rest of some cell above it."""

    text: str
    first: int
    last: int


Entry = Record | Title | Bare | Rest | Skipped


def share(entries: Sequence[Record], holds: str) -> float:
    """Return which share of the records has a text in the column of a role."""
    return sum(bool(record.text(holds)) for record in entries) / max(1, len(entries))
