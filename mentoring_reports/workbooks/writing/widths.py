"""How wide columns are and over how many lines a text breaks, reckoned in characters: no font is asked."""

from __future__ import annotations

from collections.abc import Iterator

from .cells import Table

WIDEST, NARROWEST = 60.0, 9.0
PER_WIDTH = 1.0  # characters of ordinary text on one unit of a column's width
PER_WIDTH_BOLD = 0.85
LINE_HEIGHT = 13.5
MEASURED = 500  # rows that are looked at


class Widths:
    """The widths of a sheet's columns: those that its tables ask for, or what their texts need."""

    def __init__(self) -> None:
        self._needed: dict[int, float] = {}
        self._asked: dict[int, float] = {}

    @property
    def count(self) -> int:
        """Return how many columns there are."""
        return max(self._needed, default=-1) + 1

    def all(self) -> Iterator[tuple[int, float]]:
        """Yield each column with its width."""
        return ((column, self.of(column)) for column in sorted(self._needed))

    def of(self, column: int) -> float:
        """Return a column's width."""
        return self._asked.get(column) or min(self._needed.get(column, NARROWEST), WIDEST)

    def measure(self, table: Table) -> None:
        """Take a table into account."""
        for place, column in enumerate(table.columns):
            word = max(map(len, column.header.split()), default=0) / PER_WIDTH_BOLD + 1  # never torn apart
            if column.width:
                self._asked[place] = max(column.width, word, self._asked.get(place, 0.0))
            found = (row[place].value for row in table.rows[:MEASURED])
            widest = max([NARROWEST, word, *(len(text) for text in found if isinstance(text, str))])
            self._needed[place] = max(self._needed.get(place, 0.0), widest + 2)

    def lines(self, column: int, text: str) -> int:
        """Return over how many lines a text breaks in a column."""
        width = self.of(column) * PER_WIDTH
        if len(text) <= width and "\n" not in text:
            return 1
        return sum(lines_of(line, width) for line in text.split("\n"))


def lines_of(text: str, width: float) -> int:
    """Return over how many lines of this width, in characters, a text breaks between its words."""
    return len(wrapped(text, width)) or 1


def wrapped(text: str, width: float) -> list[str]:
    """Return a text broken between its words into lines of this width, in characters; a longer word stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
