"""The official table as data: what every rendering writes, and nothing else. Pure; all texts are ready to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which field of an activity it holds, its heading, and its share of the width (all make 1)."""

    code: str
    heading: str
    share: float

    @property
    def percent(self) -> str:
        """Return the share as a page writes it."""
        return f"{self.share:.1%}"


@dataclass(frozen=True, slots=True)
class Block:
    """A section: its title row, and a row of cells for each activity, one cell a column."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan as it is signed, or the report on it.

    `mark` is «Проект» or empty; `approval` are the lines of the block at the upper right, `above` the lines over the
    title, `title` is the roadmap's own, `period` a sentence that names both days, `signatures` the lines under the
    table. `file_name` has no ending.
    """

    mark: str
    approval: tuple[str, ...]
    above: tuple[str, ...]
    title: str
    period: str
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    empty: str
    signatures: tuple[str, ...]
    author: str
    year: int
    file_name: str

    @property
    def has_rows(self) -> bool:
        """Say whether there is any activity or section."""
        return bool(self.blocks)
