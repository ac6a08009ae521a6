"""Two cells in one: the tab between a deadline and a person was lost, or became a line break."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .columns import Column
from .looks import is_deadline, is_post

_GAPS = re.compile(r"\s+")
_MOST_CHARACTERS = 160


def with_cells_parted(cells: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], bool]:
    """Return the cells, the person in the deadline's cell given to an empty column of persons; and whether it was."""
    roles = [column.role for column in columns]
    made = list(cells)
    if roles.count("deadline") != 1 or roles.count("responsible") != 1:
        return made, False
    when, who = roles.index("deadline"), roles.index("responsible")
    if cells[who] or not cells[when] or len(cells[when]) > _MOST_CHARACTERS:
        return made, False
    parts = _parted(cells[when])
    if parts:
        made[when], made[who] = parts
    return made, bool(parts)


def _parted(text: str) -> tuple[str, str] | None:
    """Return the deadline that a text begins with and the persons after it; None where it is not just these two."""
    for gap in _GAPS.finditer(text):
        before, after = text[: gap.start()], text[gap.end() :]
        if is_deadline(before) and is_post(after):
            return before, after
    return None
