"""Which cell belongs to which column, row by row: a shifted row is put right by what its cells hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from .columns import Column
from .looks import starts_small
from .scoring import UNSUITABLE, suits

# A cell in its own place is believed unless the content says much otherwise.
_IN_PLACE = 0.6
# A row that only lost the tabs of empty cells at its end has the others in their places.
_ENOUGH_OF_SHORT = 1.0
_MERGED, _SWAPPED, _ENOUGH, _WITHOUT_ACTIVITY = -2.5, -1.0, 2.5, -3.0
_LOWEST = float("-inf")

Alignment = tuple[tuple[int, ...], bool]


def aligned(cells: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], bool]:
    """Return the cells by column, and whether any of them was shifted against its place."""
    roles = tuple(column.role for column in columns)
    places, shifted = _placed(tuple(cells), roles)
    row = [""] * len(columns)
    for cell, place in zip(cells, places, strict=True):
        if cell:
            row[place] = f"{row[place]}\n{cell}" if row[place] else cell
    return row, shifted


@lru_cache(maxsize=20_000)
def _placed(cells: tuple[str, ...], roles: tuple[str, ...]) -> Alignment:
    """Return each cell's column."""
    width = len(roles)
    filled = len(cells) - next((n for n, cell in enumerate(reversed(cells)) if cell), len(cells))
    in_place = tuple(min(n, width - 1) for n in range(len(cells)))
    if filled <= width and len(cells) >= width and not _doubtful(cells[:width], roles):
        return in_place, False
    if len(cells) == width and _is_rest(cells):
        return in_place, False
    best = _best_monotone(cells, roles)
    if filled > width:
        return best, True
    without_stage = _best_monotone(cells, tuple("-" if role == "stage" else role for role in roles))
    options = [in_place, best, without_stage, *_swaps(in_place, cells, roles)]
    chosen = max(options, key=lambda places: _value(cells, places, roles))
    gain = _value(cells, chosen, roles) - _value(cells, in_place, roles)
    if gain < (_ENOUGH if len(cells) >= width else _ENOUGH_OF_SHORT if not _doubtful(cells, roles) else 0.0):
        chosen = in_place
    return chosen, any(cell and a != b for cell, a, b in zip(cells, chosen, in_place, strict=True))


def _is_rest(cells: Sequence[str]) -> bool:
    """Tell whether a row is the lower half of a broken one: its pieces say little about their columns."""
    filled = [cell for cell in cells if cell]
    return sum(map(starts_small, filled)) > len(filled) * 0.6


def _doubtful(cells: Sequence[str], roles: Sequence[str]) -> bool:
    """Tell whether some cell surely does not belong where it stands."""
    return any(suits(cell, role) <= UNSUITABLE for cell, role in zip(cells, roles, strict=False))


def _value(cells: Sequence[str], places: Sequence[int], roles: Sequence[str]) -> float:
    """Return how well all cells suit the columns they are given."""
    value, taken = 0.0, set()
    for number, (cell, place) in enumerate(zip(cells, places, strict=True)):
        if not cell:
            continue
        value += suits(cell, roles[place]) + (_IN_PLACE if number == place else 0.0)
        value += _MERGED if place in taken else 0.0
        taken.add(place)
    value += 0.0 if any(roles[place] == "activity" for place in taken) else _WITHOUT_ACTIVITY
    pairs = [place for cell, place in zip(cells, places, strict=True) if cell]
    return value + _SWAPPED * sum(a > b for a, b in pairwise(pairs))


def _best_monotone(cells: Sequence[str], roles: Sequence[str]) -> tuple[int, ...]:
    """Return the best placing that keeps the order; cells may share a column where there are too many."""
    width = len(roles)
    table: list[list[tuple[float, int]]] = []
    for number, cell in enumerate(cells):
        table.append([_step(table, number, cell, place, roles) for place in range(width)])
    place = max(range(width), key=lambda last: table[-1][last][0])
    places = [place]
    for number in range(len(cells) - 1, 0, -1):
        places.append(table[number][places[-1]][1])
    return tuple(reversed(places))


def _step(
    table: list[list[tuple[float, int]]], number: int, cell: str, place: int, roles: Sequence[str]
) -> tuple[float, int]:
    """Return the value of putting a cell in a place after the best place of the cell before, and that place."""
    own = suits(cell, roles[place]) + (_IN_PLACE if cell and number == place else 0.0)
    if not table:
        return own, -1
    before, best = max(
        ((table[-1][last][0] + (_MERGED if last == place and cell else 0.0), last) for last in range(place + 1)),
        key=lambda option: option[0],
    )
    return before + own, best


def _swaps(places: tuple[int, ...], cells: Sequence[str], roles: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the placings with two cells changed over, or one moved into an empty place."""
    width = min(len(cells), len(roles))
    swapped = []
    for a, b in combinations(range(width), 2):
        if cells[a] or cells[b]:
            changed = list(places)
            changed[a], changed[b] = b, a
            swapped.append(tuple(changed))
    return swapped
