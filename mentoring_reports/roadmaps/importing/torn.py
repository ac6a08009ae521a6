"""Activities torn from the rest of their row: the text ends one page, the date and the person begin the next."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import place_of
from .deciding import is_named_title
from .looks import is_post
from .plans import Skipped
from .records import Record, Title

# Lines that a page's end leaves empty between two halves of a row.
_MOST_BLANK = 3


def with_torn_rows(entries: Sequence[Record | Title | Skipped]) -> list[Record | Title | Skipped]:
    """Return the entries, a text before a row that has everything but the activity given to that row."""
    made: list[Record | Title | Skipped] = []
    for entry in entries:
        if _is_first_of_posts(made[-1] if made else None, entry):
            _give_post(made, entry)
        elif len(made) > 1 and _is_last_of_posts(made[-2], made[-1], entry):
            _return_post(made)
        place = _place_of_text(made, entry)
        if place is None or not isinstance(entry, Record):
            made.append(entry)
            continue
        title = made.pop(place)
        _give(entry, title)
        made.append(entry)
    return made


def _place_of_text(made: Sequence[Record | Title | Skipped], entry: Record | Title | Skipped) -> int | None:
    """Return the place of the text that a row without an activity lacks, None where it lacks nothing."""
    if not isinstance(entry, Record) or not _lacks_activity(entry):
        return None
    place = next((n for n in range(len(made) - 1, -1, -1) if not isinstance(made[n], Skipped)), None)
    if place is None or not isinstance(found := made[place], Title):
        return None
    return None if found.number or is_named_title(found.text) else place


def _lacks_activity(record: Record) -> bool:
    empty = not any(record.text(role) for role in ("activity", "stage", "number"))
    return empty and place_of(record.columns, "activity") is not None and bool(record.text("deadline"))


def _give(record: Record, title: Record | Title | Skipped) -> None:
    """Make the text the record's activity, and both their rows its own."""
    place = place_of(record.columns, "activity")
    if place is None or not isinstance(title, Title):
        return
    record.cells[place] = title.text
    record.first, record.joined = title.first, True
    record.sources = [(title.first, title.last), *record.sources]


def _is_first_of_posts(above: Record | Title | Skipped | None, entry: Record | Title | Skipped) -> bool:
    """Tell whether a line is the first of several posts in a cell at the beginning of the row under it."""
    if not (isinstance(entry, Record) and isinstance(above, Title)) or entry.first - above.last > 1:
        return False
    led = place_of(entry.columns, "responsible") == 0 and bool(entry.cells[0]) and is_post(entry.cells[0])
    return led and not above.number and is_post(above.text)


def _is_last_of_posts(above: Record | Title | Skipped, line: Record | Title | Skipped, entry: object) -> bool:
    """Tell whether a line between two rows is the last of several posts in the last cell of the row above it."""
    if not (isinstance(above, Record) and isinstance(line, Title) and isinstance(entry, Record)) or line.sure:
        return False
    filled = [place for place, cell in enumerate(above.cells) if cell]
    last = bool(filled) and above.columns[filled[-1]].role == "responsible"
    return last and line.first - above.last <= _MOST_BLANK and not line.number and is_post(line.text)


def _return_post(made: list[Record | Title | Skipped]) -> None:
    """Put a line at the end of the persons of the record above it."""
    title, record = made.pop(), made[-1]
    if isinstance(record, Record) and isinstance(title, Title):
        place = max(n for n, cell in enumerate(record.cells) if cell)
        record.cells[place] = f"{record.cells[place]}\n{title.text}"
        record.last, record.joined = title.last, True
        record.sources = [*record.sources, (title.first, title.last)]


def _give_post(made: list[Record | Title | Skipped], entry: Record | Title | Skipped) -> None:
    """Put the line above at the beginning of the record's first cell, and make it one of its rows."""
    title = made.pop()
    if isinstance(entry, Record) and isinstance(title, Title):
        entry.cells[0] = f"{title.text}\n{entry.cells[0]}"
        entry.first, entry.joined = title.first, True
        entry.sources = [(title.first, title.last), *entry.sources]
