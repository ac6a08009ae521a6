"""Plain text as it is copied out of Word: a line is a row or a part of one, a tab parts cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .document import MOST_COLUMNS, Row
from .encodings import decode
from .registry import reader

_BREAKS = re.compile(r"\r\n|\n|\r")
_MOST_LINES_OF_A_QUOTE = 60


@reader("text")
def read(content: bytes) -> Iterator[Row]:
    """Make a row of every line; lines inside a quoted cell (a table copied out of Excel) are one row."""
    lines = _BREAKS.split(decode(content))
    split = _splitter(lines)
    number = 0
    while number < len(lines):
        last = _end_of_quotes(lines, number)
        cells = _unquoted("\n".join(lines[number : last + 1])) if last > number else split(lines[number])
        table = 1 if len(cells) > 1 else 0
        yield Row(first=number + 1, last=last + 1, cells=tuple(cells), table=table, line=True)
        number = last + 1


def _splitter(lines: list[str]) -> Callable[[str], list[str]]:
    """Return how a line is split: by tabs, else by the bars of a drawn table."""
    if any("\t" in line for line in lines):
        return lambda line: line.split("\t", MOST_COLUMNS - 1)
    if sum(line.count("|") > 1 for line in lines) > 1:
        return _by_bars
    return lambda line: [line]


def _by_bars(line: str) -> list[str]:
    stripped = line.strip()
    if stripped.count("|") < 2:  # noqa: PLR2004
        return [line]
    return [cell.strip() for cell in stripped.removeprefix("|").removesuffix("|").split("|", MOST_COLUMNS - 1)]


def _end_of_quotes(lines: list[str], start: int) -> int:
    """Return the last line of a row whose quoted cell goes on; `start` itself where nothing does."""
    if not re.search(r'(^|\t)"', lines[start]) or lines[start].count('"') % 2 == 0:
        return start
    quotes = lines[start].count('"')
    for number in range(start + 1, min(start + _MOST_LINES_OF_A_QUOTE, len(lines))):
        quotes += lines[number].count('"')
        if quotes % 2 == 0:
            return number
    return start


def _unquoted(text: str) -> list[str]:
    """Split at tabs outside of quotes, and take the quotes off."""
    cells = re.findall(r'(?:^|(?<=\t))("(?:[^"]|"")*"|[^\t]*)(?=\t|$)', text)
    return [cell[1:-1].replace('""', '"') if cell.startswith('"') and cell.endswith('"') else cell for cell in cells]
