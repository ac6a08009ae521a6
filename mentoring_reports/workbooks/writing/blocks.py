"""What a sheet is made of, from top to bottom: headings, texts, facts, tables, charts.

A chart names the table that it draws, and where its figures stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from .cells import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MOST_ROWS = 1_048_575  # below the headers of a sheet
HEADER = -1  # the row of a table's headers, counted from its first row


class Layout(Enum):
    """How a sheet is printed."""

    PAGE = auto()  # all of it on one page
    WIDTH = auto()  # one page wide, as many high as it takes
    SPREAD = auto()  # over several pages, no group of columns torn apart, the first columns on each


class Title(NamedTuple):
    """A heading: the sheet's own, or one of its parts."""

    text: str
    style: str = "heading"


class Note(NamedTuple):
    """A line that may run over the columns to its right; `style` is "note" or "warning"."""

    text: str
    style: str = "note"


class Fact(NamedTuple):
    """A label and, beside it, a value."""

    label: str
    value: Cell


class Gap(NamedTuple):
    """Empty rows."""

    rows: int = 1


class EndOfPrint(NamedTuple):
    """What follows is there to be read on the screen: it is not printed."""


class Part(NamedTuple):
    """A part of a table: rows and columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Series(NamedTuple):
    """A line, or the bars of one colour. `goal` marks what is to be reached; `dash` and sign tell lines apart."""

    name: str
    values: Part
    colour: str
    is_goal: bool = False
    labelled: bool = True


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A native chart; `kind` is "bars", "ring" or "lines", `description` its numbers in words."""

    kind: str
    title: str
    description: str
    table: str
    names: Part
    series: Sequence[Series]
    number_format: str = "0"
    colours: Sequence[str] = field(default_factory=tuple)
    least: float | None = None


class Charts(NamedTuple):
    """Charts beside each other, as many in a row as fit."""

    charts: Sequence[Chart]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A long plain table, written as it is read: `read` gives rows of plain values, None shows as «—».

    `kinds` are those of `streaming.Kind`; `count` says beforehand how many rows will come. `alone`: nothing else stands
    on its sheet, so that it is filtered, and goes on to another sheet where one cannot hold it.
    """

    columns: Sequence[Column]
    kinds: Sequence[str]
    count: int
    read: Callable[[], Iterable[Sequence[Any]]]
    name: str
    alone: bool = False

    def parts(self, most: int = MOST_ROWS) -> Iterator[Rows]:
        """Yield the rows in parts that a sheet can hold, to be written one after the other."""
        rows = iter(self.read())
        for place, first in enumerate(range(0, max(self.count, 1), most)):
            taken = partial(islice, rows, most)
            yield replace(
                self,
                count=min(most, self.count - first),
                read=taken,
                name=f"{self.name}_{place + 1}" if place else self.name,
            )


Block: TypeAlias = Title | Note | Fact | Gap | EndOfPrint | Table | Charts | Rows


def size(block: Block) -> int:
    """Return how many rows of figures a block has: what a progress bar counts."""
    if isinstance(block, Table):
        return len(block.rows)
    return block.count if isinstance(block, Rows) else 0


def needs_cells(blocks: Sequence[Block]) -> bool:
    """Say whether a sheet has to keep its cells: a chart takes its figures from them, a real table its headers."""
    return any(isinstance(block, Charts) or (isinstance(block, Table) and block.listed) for block in blocks)
