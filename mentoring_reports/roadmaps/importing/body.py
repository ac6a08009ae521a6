"""The rows under a header, one after the other: what each of them is."""

from __future__ import annotations

from collections.abc import Sequence

from mentoring_reports.roadmaps.readers.document import Row

from .alignment import aligned
from .cleaning import flat
from .columns import Column, place_of
from .looks import is_deadline, is_number, is_post, starts_small
from .parting import with_cells_parted
from .plans import Skipped
from .records import Bare, Entry, Record, Rest, Title
from .skipping import is_foreign_header, is_passport_label, reason

_MOST_OF_TITLE = 220


def entries_of(rows: Sequence[Row], columns: tuple[Column, ...]) -> list[Entry]:
    """Return what the rows are; tables of something else among them are passed over."""
    entries: list[Entry] = []
    foreign = Foreign(columns)
    for row in rows:
        why = reason(row.cells, in_table=row.table > 0) or foreign.reason(row)
        entries.append(Skipped(row.first, row.last, row.text, why) if why else _entry(row, columns))
    return entries


class Foreign:
    """Notices where a table of something else begins, and where it ends."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._table: int | None = None
        self._why = ""
        self._left = False
        self._last = 0

    def reason(self, row: Row) -> str:
        """Return why a row is of another table, "" for the plan's own."""
        same_table = row.table == self._table and (not row.line or row.first - self._last <= 1)
        self._last = row.last
        if self._why and row.table and same_table:
            return self._why
        self._table, self._why = row.table, self._begins(row)
        if not row.table and len(row.text) > _MOST_OF_TITLE:
            self._left = True
        return self._why

    def _begins(self, row: Row) -> str:
        if not row.table:
            return ""
        if is_foreign_header(row.cells):
            return "list"
        filled = [cell for cell in row.cells if cell]
        if len(self._columns) > 2 and len(row.cells) == 2 and is_passport_label(filled[0]):  # noqa: PLR2004
            return "passport"
        return "other_table" if self._left and not self._is_likely(row) else ""

    def _is_likely(self, row: Row) -> bool:
        """Tell whether a row after a long text may still be the plan's: the same width, and a deadline or a post."""
        return (
            any(is_deadline(cell) or is_post(cell) for cell in row.cells) and len(row.cells) >= len(self._columns) - 1
        )


def _entry(row: Row, columns: tuple[Column, ...]) -> Entry:
    filled = [place for place, cell in enumerate(row.cells) if cell]
    texts = {flat(row.cells[place]) for place in filled}
    if not row.table:
        return _loose(row)
    if len(texts) == 1 and (len(filled) > 1 or row.spanning) and not starts_small(row.text):
        return Title("", flat(row.cells[filled[0]]), row.first, row.last)
    record = _record(row, columns)
    return _bare(record, row, filled) or record


def _loose(row: Row) -> Entry:
    """Return a line outside of the table as the title it may be."""
    text = flat(row.text)
    if starts_small(text) and len(text) < _MOST_OF_TITLE:
        return Rest(row.text, row.first, row.last)
    if len(text) > _MOST_OF_TITLE or text.endswith((";", ",")):
        return Skipped(row.first, row.last, text, "text_around")
    return Title("", text, row.first, row.last, sure=False)


def _record(row: Row, columns: tuple[Column, ...]) -> Record:
    cells, shifted = aligned(row.cells, columns)
    cells, parted = with_cells_parted(cells, columns)
    above = frozenset(place for place in row.above if place < len(columns))
    return Record(
        row.first, row.last, cells, columns, above, shifted or parted, row.joined, sources=[(row.first, row.last)]
    )


def _bare(record: Record, row: Row, filled: Sequence[int]) -> Bare | None:
    """Return the row as a single text, with or without a number, or None where it holds more."""
    own = [place for place in filled if place not in row.above]
    texts = [place for place in own if not is_number(row.cells[place]) or _is_date(record, row, place)]
    if len(texts) != 1 or len(own) > 2 or len(filled) - len(own) > 1:  # noqa: PLR2004
        return None
    if len(own) == 2 and own.index(texts[0]) == 0:  # noqa: PLR2004
        return None
    place = _text_place(record, row, texts[0], numbered=len(own) > 1)
    return Bare(record, place, row.strong)


def _is_date(record: Record, row: Row, place: int) -> bool:
    """Tell whether what looks like a number is a day in its column: «02.09»."""
    columns = record.columns
    dated = len(row.cells) == len(columns) and columns[place].role == "deadline"
    return dated and record.cells[place] == row.cells[place]


def _text_place(record: Record, row: Row, place: int, *, numbered: bool) -> int:
    """Put a single text where the activity stands, if it stands in front; a rest of a cell stays in its column."""
    columns = record.columns
    activity = place_of(columns, "activity") or 0
    in_front = (
        numbered or place == 0 or all(columns[n].role in ("number", "stage") for n in range(min(place, activity)))
    )
    target = activity if in_front and place <= activity else min(place, len(columns) - 1)
    number = next((cell for n, cell in enumerate(row.cells) if cell and n < place), "") if numbered else ""
    cells = [""] * len(columns)
    cells[target] = row.cells[place]
    column = place_of(columns, "number")
    if number and column is not None and column != target:
        cells[column] = number
    elif number:
        cells[target] = f"{number.rstrip('.)')}. {row.cells[place]}"
    record.cells, record.shifted = cells, False
    return target
