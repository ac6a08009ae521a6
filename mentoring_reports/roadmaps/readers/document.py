"""What every reader makes: a document is rows of cells, in reading order, each with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field

# More is no roadmap; the importer would still manage, but nobody could look it through.
MOST_ROWS = 2_000
MOST_CHARACTERS = 1_000_000
MOST_CHARACTERS_OF_CELL = 20_000
# Columns beyond this are ignored by the readers of sheets: a roadmap has a dozen.
MOST_COLUMNS = 64


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one paragraph or line outside of tables (then it has a single cell).

    `first` and `last` are counted from 1: lines of a text file, rows of a sheet (further sheets are counted on),
    and for DOCX and PDF paragraphs and table rows in reading order. `table` is 0 outside of tables. `line` says
    that the row is a physical line, so that a cell may go on in the next one. `above` are the columns whose cell
    is one with the cell above it, whose text is repeated here. `joined` says that it was made of two rows.
    """

    first: int
    last: int
    cells: tuple[str, ...]
    table: int = 0
    line: bool = False
    spanning: bool = False
    strong: bool = False
    above: frozenset[int] = field(default_factory=frozenset)
    joined: bool = False

    @property
    def text(self) -> str:
        """Return the row's cells in one line."""
        return " ".join(" ".join(self.cells).split())


@dataclass(frozen=True, slots=True)
class Document:
    """A document's rows that hold any text at all."""

    kind: str
    rows: tuple[Row, ...]
