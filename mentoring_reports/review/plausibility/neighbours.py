"""Which schools are compared with which: the nearest in size. Pure functions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

MOST = 40  # enough for a steady median, few enough for a picture
FACTOR = 2.0  # schools of similar size: half as large to twice as large


class Sized(NamedTuple):
    """A school's report with the school's size."""

    size: float
    school_id: int
    submission_id: int


class Group(NamedTuple):
    """Schools to compare with; `similar` says that all of them are of similar size."""

    members: Sequence[Sized]
    similar: bool


def nearest(ordered: Sequence[Sized], size: float, school_id: int, smallest_group: int) -> Group:
    """Return up to `MOST` other schools nearest in size, from `ordered` (by size).

    Only those of similar size, if they are at least `smallest_group`.
    """
    found = _around(ordered, size, school_id)
    similar = [row for row in found if size / FACTOR <= row.size <= size * FACTOR]
    return Group(similar, similar=True) if len(similar) >= smallest_group else Group(found, similar=False)


def _around(ordered: Sequence[Sized], size: float, school_id: int) -> list[Sized]:
    """Walk outwards from the size, always to the nearer side."""
    above = bisect_left(ordered, (size,))
    below = above - 1
    found: list[Sized] = []
    while len(found) < MOST and (below >= 0 or above < len(ordered)):
        if above >= len(ordered) or (below >= 0 and size - ordered[below].size <= ordered[above].size - size):
            row, below = ordered[below], below - 1
        else:
            row, above = ordered[above], above + 1
        if row.school_id != school_id:
            found.append(row)
    return found
