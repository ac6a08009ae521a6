"""Tables of something else after a plan in a text: criteria, members of a group, forms to fill in.

A text does not say where one table ends and the next begins. But a plan's rows say when; where that stops for good
after a line of its own, and the cells are not the plan's, another table has begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from mentoring_reports.roadmaps.readers.document import Row

from .cleaning import folded
from .columns import Column, place_of
from .looks import is_deadline, is_number, is_post, starts_list_entry, starts_small
from .plans import Skipped
from .skipping import is_foreign_header, reason

_LEAST_DATED, _LEAST_ROWS, _NAME = 0.6, 2, 60
_ATTACHED = (
    "приложени", "форма", "список", "состав", "критери", "показател", "анкет", "раздел", "риски", "реестр", "база",
    "ожидаем",
)  # fmt: skip


def without_tail(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[list[Row], list[Skipped]]:
    """Return the rows of the plan, and those of the tables after it as passed over."""
    if place_of(columns, "deadline") is None:
        return list(rows), []
    if not all(row.line for row in rows):
        return _without_tables(rows, len(columns))
    end = _end(rows, len(columns))
    return list(rows[:end]), _passed_over(rows[end:])


def _without_tables(rows: Sequence[Row], width: int) -> tuple[list[Row], list[Skipped]]:
    """Return the rows without whole tables in which nothing is dated and the names at the head are others."""
    own = next((row.table for row in rows if row.table), 0)
    tables = {row.table: [r for r in rows if r.table == row.table] for row in rows if row.table}
    if not _is_mostly_dated(tables.get(own, [])):
        return list(rows), []
    foreign = {
        n for n, inside in tables.items() if n != own and not any(map(_is_dated, inside)) and _differs(inside, width)
    }
    kept = [row for row in rows if row.table not in foreign]
    return kept, _passed_over([row for row in rows if row.table in foreign])


def _differs(rows: Sequence[Row], width: int) -> bool:
    return _is_head(rows[0]) or all(len(row.cells) != width for row in rows)


def _passed_over(rows: Sequence[Row]) -> list[Skipped]:
    """Return the rows with their reasons; a head of persons makes a list of what is under it."""
    passed, why = [], "other_table"
    for row in rows:
        if not row.table:
            why = "other_table"
        elif is_foreign_header(row.cells):
            why = "list"
        known = reason(row.cells, in_table=row.table > 0)
        passed.append(Skipped(row.first, row.last, row.text, known or (why if row.table else "text_around")))
    return passed


def _end(rows: Sequence[Row], width: int) -> int:
    """Return the place where something else begins, else the number of rows."""
    last = next((n for n in range(len(rows) - 1, -1, -1) if _is_dated(rows[n])), None)
    if last is None or not _is_mostly_dated(rows[: last + 1]):
        return len(rows)
    starts = (n for n in range(last + 1, len(rows)) if _may_begin(rows, n))
    return next((n for n in starts if _is_foreign(rows[n:], width)), len(rows))


def _is_dated(row: Row) -> bool:
    return bool(row.table) and any(is_deadline(cell) for cell in row.cells)


def _is_mostly_dated(rows: Sequence[Row]) -> bool:
    tabled = [row for row in rows if sum(map(bool, row.cells)) > 1]
    return sum(map(_is_dated, tabled)) >= len(tabled) * _LEAST_DATED


def _may_begin(rows: Sequence[Row], place: int) -> bool:
    """Tell whether a line stands by itself as the name of what follows."""
    row = rows[place]
    own = not row.table and not (starts_small(row.text) or starts_list_entry(row.text) or is_post(row.text))
    apart = place > 0 and row.first - rows[place - 1].last > 1
    return own and (apart or folded(row.text).startswith(_ATTACHED))


def _is_foreign(rows: Sequence[Row], width: int) -> bool:
    """Tell whether the rows make a table of their own: with names at its head, or of another width throughout."""
    tabled = [row for row in rows if row.table]
    if len(tabled) < _LEAST_ROWS:
        return False
    return _is_head(tabled[0]) or all(len(row.cells) != width for row in tabled)


def _is_head(row: Row) -> bool:
    """Tell whether a row only names columns: every cell is filled, short and no number."""
    names = all(cell and len(cell) < _NAME and not starts_small(cell) for cell in row.cells)
    return names and not is_number(row.cells[0]) and not any(map(is_post, row.cells))
