"""Lines of a text to rows of a table: a line break inside a cell looks like the end of a row.

All ways of cutting the lines into rows are weighed (dynamic programming over the lines): a row is believed the more,
the better its cells suit their columns, and a joint the more, the more the text goes on in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mentoring_reports.roadmaps.readers.document import Row

from .alignment import aligned
from .cleaning import flat, folded
from .columns import Column
from .headers import flowed
from .looks import is_deadline, is_number, is_post, starts_list_entry, starts_small
from .scoring import UNSUITABLE, suits
from .words import is_one_word, unhyphened

_HANGING = re.compile(
    r"(?:\b(?:и|в|во|на|с|со|по|до|от|о|об|для|за|из|к|или|а|не|при|под|над|без|через|зам|т|г|№)|[,–—(/«-])$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.;:!?]$")
_TITLED = re.compile(
    r"(?:раздел|этап|блок|модуль|направление|[IVXLC]{1,5}|"
    r"\d{1,2}(?:\.\d{1,2})*)\b[.) :]",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(\d{1,2})([.)])\s?(?=\D)")
_MOST_LINES, _MOST_BARE, _DATED = 40, 12, 80
_SURELY, _BARE_INSIDE, _COUNTED_ON = 3.0, 4.0, 4.0
_WITHOUT_ACTIVITY = -3.0
_HALF_ROW = -3.0
_COMPLETE, _SMALL_START, _BLANK_BETWEEN, _CELL_LOST, _ELSEWHERE = 1.5, -2.5, -1.5, -0.8, -6.0


def rows_of_lines(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Return the rows that the lines make up; lines that belong to none stay single rows outside of the table."""
    if not rows or all(len(row.cells) == len(columns) for row in rows):
        return list(rows)
    best: list[tuple[float, int]] = [(0.0, -1)]
    joint_cost = _cost_of_joint(rows, len(columns))
    gains: list[dict[int, float]] = [{} for _ in range(len(rows) + 1)]
    for start in range(len(rows)):
        for end, value in _candidates(rows, start, columns, joint_cost):
            gains[end][start] = value
    for end in range(1, len(rows) + 1):
        best.append(max((best[start][0] + value, start) for start, value in gains[end].items()))
    return _cut(rows, best, columns)


def _cut(rows: Sequence[Row], best: Sequence[tuple[float, int]], columns: Sequence[Column]) -> list[Row]:
    made: list[Row] = []
    end = len(rows)
    while end > 0:
        start = best[end][1]
        made.append(_joined(rows[start:end], columns))
        end = start
    return made[::-1]


def _joined(rows: Sequence[Row], columns: Sequence[Column]) -> Row:
    if len(rows) == 1:
        return rows[0]
    cells: list[str] = []
    for row in rows:
        cells = _fitting(_more(cells, row, columns), len(columns))
    return Row(rows[0].first, rows[-1].last, tuple(map(unhyphened, cells)), table=rows[0].table or 1, line=True)


def _more(cells: Sequence[str], row: Row, columns: Sequence[Column]) -> list[str]:
    """Return the cells with a line's; a number that stands alone on its line is a cell of its own."""
    if len(cells) == 1 and columns[0].role == "number" and is_number(cells[0]) and not is_number(row.cells[0]):
        return [*cells, *row.cells]
    return flowed(cells, row.cells)


def _fitting(cells: Sequence[str], width: int) -> list[str]:
    """Return the cells without an empty one beyond the last column: a tab too many at a line's end is nothing."""
    return list(cells[:-1] if len(cells) == width + 1 and not cells[-1] and cells[-2] else cells)


def _cost_of_joint(rows: Sequence[Row], width: int) -> float:
    """Return how unlikely a joint is here: very, where most lines are whole rows already."""
    counts = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    whole = counts[width] / max(1, sum(counts.values()))
    return -0.4 - 1.5 * whole


def _candidates(
    rows: Sequence[Row], start: int, columns: Sequence[Column], joint_cost: float
) -> list[tuple[int, float]]:
    """Return the rows that may begin with a line: (place after the last line, value)."""
    found = [(start + 1, _loose(rows[start]))] if len(rows[start].cells) == 1 else []
    cells = list(rows[start].cells)
    joints, bare = 0.0, len(cells) == 1
    for end in range(start + 1, min(start + _MOST_LINES, len(rows)) + 1):
        if len(cells) > 1 or not bare:
            found.append((end, _value(cells, columns) + joints + _inside(rows[start:end], cells, columns)))
        if end == len(rows) or _is_too_much(rows, start, end, cells, columns):
            break
        joints += _joint(rows[end - 1], rows[end], cells[-1]) + joint_cost
        joints += _ELSEWHERE if len(cells) == len(columns) and _belongs_elsewhere(cells, rows[end].cells[0]) else 0.0
        cells = _fitting(_more(cells, rows[end], columns), len(columns))
    return found or [(start + 1, 0.0)]


def _inside(rows: Sequence[Row], cells: Sequence[str], columns: Sequence[Column]) -> float:
    """Return how much the lines without tabs are the inside of a row that only its last line makes whole."""
    tabbed = [n for n, row in enumerate(rows) if len(row.cells) > 1]
    inside = rows[tabbed[0] : tabbed[-1]] if tabbed else ()
    bare = sum(len(row.cells) == 1 and not row.strong for row in inside)
    if (
        len(cells) != len(columns)
        or not bare
        or any(suits(c, column.role) < UNSUITABLE for c, column in zip(cells, columns, strict=True))
    ):
        return 0.0
    dated = any(
        suits(c, column.role) > _SURELY for c, column in zip(cells, columns, strict=True) if column.role == "deadline"
    )
    return _BARE_INSIDE * bare if dated else 0.0


def _is_too_much(rows: Sequence[Row], start: int, end: int, cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Tell whether one more line would give a row more cells than columns, or a cell without end."""
    if not rows[end].line or len(_fitting([*cells, *rows[end].cells[1:]], len(columns))) > len(columns):
        return True
    return end - start > _MOST_BARE and all(len(row.cells) == 1 for row in rows[end - _MOST_BARE : end])


def _value(cells: Sequence[str], columns: Sequence[Column]) -> float:
    """Return how much the cells are a row of the table."""
    first = next((cell for cell in cells if cell), "")
    value = _SMALL_START if starts_small(first) else 0.0
    if len(cells) == len(columns):
        to_do = any(cell for cell, column in zip(cells, columns, strict=True) if column.role in ("activity", "stage"))
        value += 0.0 if to_do else _WITHOUT_ACTIVITY / 2
        return value + _COMPLETE + sum(suits(cell, column.role) for cell, column in zip(cells, columns, strict=True))
    placed, shifted = aligned(cells, columns)
    to_do = any(cell for cell, column in zip(placed, columns, strict=True) if column.role in ("activity", "stage"))
    value += 0.0 if to_do else _WITHOUT_ACTIVITY
    value += sum(suits(cell, column.role) for cell, column in zip(placed, columns, strict=True))
    return value + _CELL_LOST * abs(len(columns) - len(cells)) - (1.0 if shifted else 0.0)


def _joint(upper: Row, lower: Row, cell: str) -> float:
    """Return how much a line looks like going on with the cell before it."""
    text = lower.cells[0]
    value = _BLANK_BETWEEN if lower.first - upper.last > 1 else 0.0
    if not text:  # after an empty line, the lower half of a row: its cells are told by their tabs
        return value + (_HALF_ROW if value else -0.5)
    if _counts_on(cell, text):
        return value + _COUNTED_ON
    if starts_small(text) or starts_list_entry(text):
        return value + 1.2
    if len(cell) + len(text) < _DATED and is_deadline(cell) and is_deadline(f"{flat(cell)} {text}"):
        return value + 1.0
    if _HANGING.search(cell[-20:]):
        return value + 1.2
    return value + (-0.3 if _ENDED.search(cell[-2:]) else -0.8)


def _counts_on(cell: str, text: str) -> bool:
    """Tell whether a line is the next entry of the numbered list that its cell holds: «1. …», then «2. …»."""
    number = _COUNTED.match(text)
    earlier = [match for line in cell.split("\n") if (match := _COUNTED.match(line))]
    if not number or not earlier:
        return False
    return number[2] == earlier[-1][2] and int(number[1]) == int(earlier[-1][1]) + 1


def _belongs_elsewhere(cells: Sequence[str], text: str) -> bool:
    """Tell whether a line completes a word of another cell than the last: a page ended in the middle of it."""
    return not is_one_word(cells[-1], text) and any(is_one_word(cell, text) for cell in cells[:-1])


def _loose(row: Row) -> float:
    """Return how much a line without tabs is a title or a remark of its own."""
    text = flat(row.text)
    if is_post(text) or starts_small(text) or starts_list_entry(text):
        return -2.5
    if _TITLED.match(folded(text)) or row.strong or is_deadline(text):
        return 2.0
    return 1.0 if len(text) < 160 and not _ENDED.search(text) and not text.endswith(",") else -1.5  # noqa: PLR2004
