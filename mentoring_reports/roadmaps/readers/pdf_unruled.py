"""The rows of a PDF table without ruling lines: which of its lines are one row, and which cell each text is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from .pdf_lines import Ruling
from .pdf_runs import Block, Line, crosses
from .pdf_texts import Char, line_text

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|[IVX]{1,5}[.)]?")
# A row begins where the gap to the line above is wider than between lines of one cell by this share of their height.
_WIDER, _POINTS, _HALF = 0.1, 0.5, 0.25
_LEAST_WIDER, _LEAST_NARROW, _PART_OF_LINES = 2, 2, 0.12
_NUMBERED = 0.6
# In points: how far off a gutter is found.
_NEAR = 2.5
_SMALL = re.compile(r"[^\w«\"]*[а-яёa-z]")
# Deadlines begin in small letters, too.
_DATED = re.compile(
    r"(?:до|с|со|по|в|во|к|не|на|еже\w+|постоянно|весь|раз|январ\w+|феврал\w+|март\w*|апрел\w+|ма[йя]|июн\w+|июл\w+|"
    r"август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+)\b"
)
_UNFINISHED = re.compile(r"(?:[-,–—(/]|(?:^|\s)(?:и|в|на|с|по|до|от|о|об|для|за|из|к|или|при|не|со|во))$", re.I)

_Lines = list[tuple[Line, list[str]]]


def rows_of(block: Block, rulings: Sequence[Ruling], number: int) -> list[tuple[float, dict[str, Any]]]:
    """Return the rows of a table with their heights on the page."""
    lines = [(line, _cells(line, block)) for line in block.lines]
    starts = _starts(lines, block, rulings)
    places = [*(n for n, start in enumerate(starts) if start), len(lines)]
    groups = [lines[a:b] for a, b in pairwise(places)]
    return [(group[0][0].y, _row(group, block, number)) for group in groups]


def _row(lines: _Lines, block: Block, number: int) -> dict[str, Any]:
    spanning = all(crosses(line, block.gutters) for line, _ in lines)
    columns = zip(*(cells for _, cells in lines), strict=True)
    cells = ["\n".join(filter(None, column)) for column in columns]
    return {"cells": cells, "table": number, "spanning": spanning, "above": []}


def _cells(line: Line, block: Block) -> list[str]:
    """Return a line's texts by column; one that crosses the columns stands in the first, or where it begins."""
    found: list[list[Char]] = [[] for _ in range(len(block.gutters) + 1)]
    if len(line.runs) == 1 and crosses(line, block.gutters):
        return [line_text(line.chars), *[""] * len(block.gutters)]
    for run in line.runs:
        for part in _parts(run, block.gutters):
            middle = part[0].left if crosses(line, block.gutters) else (part[0].left + part[-1].right) / 2
            found[sum(middle >= (left + right) / 2 for left, right in block.gutters)] += part
    return [line_text(chars) if chars else "" for chars in found]


def _parts(run: Sequence[Char], gutters: Sequence[tuple[float, float]]) -> list[list[Char]]:
    """Return a run cut where a blank of it lies on a gutter: the cells beside it are full to the brim."""
    parts: list[list[Char]] = [[run[0]]]
    for before, char in pairwise(run):
        gap = (before.right, char.left)
        blank = gap[1] - gap[0] > (char.top - char.bottom) * 0.2
        if blank and any(gap[0] <= left + _NEAR and gap[1] >= right - _NEAR for left, right in gutters):
            parts.append([])
        parts[-1].append(char)
    return parts


def _starts(lines: _Lines, block: Block, rulings: Sequence[Ruling]) -> list[bool]:
    """Return for every line whether a row begins with it: by lines across, by distance, by number, or by its texts."""
    ruled = _ruled(lines, rulings)
    if sum(ruled) > _LEAST_WIDER:
        return [not n or ruled[n] for n in range(len(lines))]
    wider = _wider(lines)
    numbered = _numbered(lines) if _is_numbered(lines) else None
    starts = []
    for n, (line, cells) in enumerate(lines):
        spans = crosses(line, block.gutters)
        if not n or spans != crosses(lines[n - 1][0], block.gutters):
            starts.append(True)
        elif spans or wider:
            starts.append(wider[n] if wider else False)
        elif numbered is not None:
            starts.append(n in numbered)
        else:
            starts.append(_begins(cells, lines[n - 1][1]))
    return starts


def _ruled(lines: _Lines, rulings: Sequence[Ruling]) -> list[bool]:
    """Return for every line whether a ruling line is between it and the line above."""
    left = min(line.runs[0][0].left for line, _ in lines)
    right = max(line.runs[-1][-1].right for line, _ in lines)
    long = [rule.place for rule in rulings if rule.end - rule.start > (right - left) / 2]
    return [n > 0 and any(line.y < place < lines[n - 1][0].y for place in long) for n, (line, _) in enumerate(lines)]


def _wider(lines: _Lines) -> list[bool]:
    """Return for every line whether it is further from the line above than lines of a cell are; empty if none is."""
    gaps = [upper.bottom - lower.top for (upper, _), (lower, _) in pairwise(lines)]
    whole = sorted(gap for gap, (line, _) in zip(gaps, lines, strict=False) if gap > -line.height * _HALF)
    if not whole:
        return []
    narrow = median(whole[: max(1, len(whole) // 3)]) + _POINTS
    wider = [False, *(gap > narrow + lines[0][0].height * _WIDER for gap in gaps)]
    enough = sum(wider) >= max(_LEAST_WIDER, len(lines) * _PART_OF_LINES)
    return wider if enough and sum(gap <= narrow for gap in whole) >= _LEAST_NARROW else []


def _is_numbered(lines: _Lines) -> bool:
    first = [cells[0] for _, cells in lines if cells[0] and any(cells[1:])]
    return len(first) > _LEAST_WIDER and sum(bool(_NUMBER.fullmatch(cell)) for cell in first) > len(first) * _NUMBERED


def _numbered(lines: _Lines) -> set[int]:
    """Return the lines that numbered rows begin with; a number may stand in the middle of its row's height."""
    found: set[int] = set()
    before = -1
    for n, (_, cells) in enumerate(lines):
        if _NUMBER.fullmatch(cells[0]):
            begun = [m for m in range(before + 1, n + 1) if m and _is_new(lines[m][1], lines[m - 1][1])]
            found.add(n if n in begun or not begun else begun[-1])
            before = n
    return found


def _is_new(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether the text after the number begins: in a capital letter, with nothing unfinished above it."""
    first = next((n for n, cell in enumerate(cells[1:], start=1) if cell), 0)
    return first == 1 and not _SMALL.match(cells[1]) and not _UNFINISHED.search(above[1])


def _begins(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether a line's texts begin: none goes on in small letters, and none is left unfinished above."""
    filled = [n for n, cell in enumerate(cells) if cell]
    if len(filled) < 2 or not cells[0] or _SMALL.match(cells[0]):  # noqa: PLR2004
        return False
    small = any(_SMALL.match(cells[n]) and not _DATED.match(cells[n]) for n in filled)
    return not small and not any(_UNFINISHED.search(above[n]) for n in filled if above[n])
