"""CSV and TSV: the delimiter is the one that parts the rows most evenly."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from .document import MOST_COLUMNS, Row
from .encodings import decode
from .errors import UnreadableDocument
from .registry import reader

_SAMPLE_ROWS = 60


@reader("csv")
def read(content: bytes) -> Iterator[Row]:
    """Make a row of every record; a record with line breaks inside quotes has several lines."""
    text = decode(content).replace("\x00", "")
    records = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    last = 0
    try:
        for cells in records:
            yield Row(first=last + 1, last=records.line_num, cells=_bounded(cells), table=1)
            last = records.line_num
    except csv.Error as error:
        raise UnreadableDocument("damaged") from error


def _delimiter(text: str) -> str:
    return max(";\t,|", key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> int:
    """Return how many rows have the most frequent width, more for wider ones; 0 where nothing is parted."""
    widths: Counter[int] = Counter()
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            widths[len(cells)] += 1
            if number > _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0
    del widths[0], widths[1]
    return max((count * 10 + min(width, 9) for width, count in widths.items()), default=0)


def _bounded(cells: list[str]) -> tuple[str, ...]:
    """Return the cells, those beyond the most columns together in the last one."""
    kept = cells[: MOST_COLUMNS - 1]
    return (*kept, " ".join(cells[MOST_COLUMNS - 1 :])) if len(cells) >= MOST_COLUMNS else tuple(kept)
