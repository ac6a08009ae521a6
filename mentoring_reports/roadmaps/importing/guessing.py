"""Columns by content, where the headers are silent: no header at all, an empty one, or fewer than there are cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from .cleaning import flat
from .columns import Column, place_of
from .looks import is_deadline, is_number, is_post

_OFTEN, _SOMETIMES = 0.6, 0.4
_LONG = 15
_MOST_ROWS = 400


def most_frequent_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of cells that most rows of a table have; 0 for no rows."""
    counts = Counter(len(cells) for cells in rows if len(cells) > 1)
    return counts.most_common(1)[0][0] if counts else 0


def guess_columns(rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Return the columns of a table without a header, () where its content is no plan's."""
    width = most_frequent_width(rows)
    same = [cells for cells in rows if len(cells) == width][:_MOST_ROWS]
    roles = _roles(same, width)
    if "deadline" not in roles or "activity" not in roles:
        return ()
    return tuple(Column("", role) for role in roles)


def _roles(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    roles = [""] * width
    _give(roles, "deadline", [_share(rows, place, is_deadline) for place in range(width)], _SOMETIMES)
    _give(roles, "responsible", [_share(rows, place, is_post) for place in range(width)], _SOMETIMES)
    if width and _share(rows, 0, is_number) >= _OFTEN:
        roles[0] = "number"
    _give(roles, "activity", [min(_length(rows, place), 2 * _LONG) - place for place in range(width)], _LONG - width)
    after = ["result", "indicator"]
    for place in range(width):
        if not roles[place]:
            later = roles.index("activity") < place if "activity" in roles else False
            roles[place] = after.pop(0) if later and after else "other"
    return roles


def _give(roles: list[str], role: str, values: list[float], least: float) -> None:
    """Give a role to the free column that has the highest value, if it is enough."""
    free = [place for place, taken in enumerate(roles) if not taken]
    best = max(free, key=lambda place: values[place], default=None)
    if best is not None and values[best] >= least:
        roles[best] = role


def completed(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Return the columns with what the headers do not say: an unnamed number column, cells beyond the last header."""
    width = most_frequent_width(rows)
    same = [cells for cells in rows if len(cells) == width][:_MOST_ROWS]
    if width == len(columns) + 1 and place_of(columns, "number") is None and _share(same, 0, is_number) >= _OFTEN:
        columns = (Column("", "number"), *columns)
    while len(columns) < width and _is_used(same, len(columns)):
        columns = (*columns, Column("", "other"))
    return _silent_named(columns, same if width == len(columns) else [])


def _silent_named(columns: tuple[Column, ...], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Give columns without a header the role that their content has, where the table lacks that role."""
    named = list(columns)
    for role, looks in (("number", is_number), ("deadline", is_deadline), ("responsible", is_post)):
        for place, column in enumerate(named):
            free = column.role == "other" and not column.header and place_of(named, role) is None
            if free and rows and _share(rows, place, looks) >= _OFTEN:
                named[place] = Column("", role)
    return tuple(named)


def _is_used(rows: Sequence[Sequence[str]], place: int) -> bool:
    return sum(bool(cells[place]) for cells in rows) > len(rows) * 0.2


def _share(rows: Sequence[Sequence[str]], place: int, looks: Callable[[str], bool]) -> float:
    """Return which share of a column's filled cells look so; 0 where hardly any is filled."""
    filled = [flat(cells[place]) for cells in rows if place < len(cells) and cells[place]]
    if len(filled) < max(1, len(rows) * 0.3):
        return 0.0
    return sum(map(looks, filled)) / len(filled)


def _length(rows: Sequence[Sequence[str]], place: int) -> float:
    """Return the middle length of a column's cells."""
    lengths = sorted(len(cells[place]) for cells in rows if place < len(cells) and cells[place])
    return lengths[len(lengths) // 2] if lengths else 0.0
