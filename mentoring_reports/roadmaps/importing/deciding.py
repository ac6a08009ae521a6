"""Rows with a single text: a section's title, an activity of which nothing else is known, or a rest of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cleaning import flat, folded
from .continuing import _HANGING, Continuation, completes_deadline, is_unfinished, join
from .looks import is_deadline, starts_list_entry, starts_small
from .plans import Skipped
from .records import Bare, Entry, Record, Rest, Title
from .words import glued, is_one_word

_TITLED = re.compile(
    r"(?:раздел|этап|блок|модуль|направление|задача|глава|часть|шаг)\b|(?:\S+\s)?этап\b|[IVXLC]{1,5}[.) ]|"
    r"\w+ый этап|\w+ой этап"
)
_ROMAN = re.compile(r"[IVXLCІХ]+[.)]?")
# «Учитель – ученик» is a form of mentoring, and a section; other quotes go on with what they name.
_OWN_TITLE = re.compile(r"[«\"][^»\"]*\s?[-–—]\s?[^»\"]*[»\"]\s*$")
_ENDED = re.compile(r"[.;:!?»]$")
_MOST_LOOSE, _MOST_AHEAD = 3, 12
_MOST_BLANK, _MOST_TORN_OFF = 3, 60


def decided(entries: Sequence[Entry]) -> list[Record | Title | Skipped]:
    """Return the entries with rows joined and every single text decided."""
    records = [entry for entry in entries if isinstance(entry, Record)]
    continuation = Continuation(records)
    made: list[Record | Title | Skipped] = []
    before: Record | None = None
    for place, entry in enumerate(entries):
        if isinstance(entry, Record) and before and _follows(made) and continuation.goes_on(before, entry):
            join(before, entry)
        elif isinstance(entry, Bare):
            _decide(made, before, entry, entries[place + 1 : place + 1 + _MOST_AHEAD])
        elif isinstance(entry, Rest):
            _complete(made, before if _follows(made) else None, entry)
        elif isinstance(entry, Title) and not entry.sure and before and _follows(made) and _is_torn_off(before, entry):
            _complete(made, before, Rest(entry.text, before.last + 1, entry.last))
        else:
            made.append(entry)
        before = made[-1] if made and isinstance(made[-1], Record) else before
    return made


def _follows(made: Sequence[Record | Title | Skipped]) -> bool:
    """Tell whether no title stands between the last record and the next row."""
    last = next((entry for entry in reversed(made) if not isinstance(entry, Skipped)), None)
    return isinstance(last, Record)


def _decide(
    made: list[Record | Title | Skipped], before: Record | None, bare: Bare, following: Sequence[Entry]
) -> None:
    record = bare.record
    if before and _follows(made) and _is_rest(before, bare):
        join(before, record)
    elif record.columns[bare.place].role not in ("activity", "stage", "number"):
        made.append(Skipped(record.first, record.last, bare.text, "remark"))
    elif _is_title(before, bare, following):
        made.append(Title(_number(record), flat(bare.text), record.first, record.last))
    else:
        made.append(record)


def _is_torn_off(before: Record, title: Title) -> bool:
    """Tell whether a line over a page's end is no title, but the end of the last row's last cell."""
    if title.first - before.last > _MOST_BLANK:
        return False
    return completes_deadline(before, title.text) or (is_unfinished(before) and len(title.text) < _MOST_TORN_OFF)


def _complete(made: list[Record | Title | Skipped], before: Record | None, rest: Rest) -> None:
    """Add a line to the cell above that it completes; a line that stands apart is passed over."""
    place = _place_of_rest(before, rest.text) if before and rest.first - before.last <= 1 else None
    if before is None or place is None:
        made.append(Skipped(rest.first, rest.last, rest.text, "text_around"))
        return
    before.cells[place] = glued(before.cells[place], rest.text)
    before.last, before.joined = rest.last, True


def _place_of_rest(before: Record, text: str) -> int | None:
    """Return the cell whose word the text completes, else the one that is unfinished."""
    filled = [place for place, cell in enumerate(before.cells) if cell]
    if completes_deadline(before, text):
        return next(n for n in filled if before.columns[n].role == "deadline")
    words = (place for place in filled if is_one_word(before.cells[place], text))
    hanging = (place for place in filled if _HANGING.search(before.cells[place][-20:]))
    return next(words, next(hanging, filled[-1] if filled else None))


def _is_rest(before: Record, bare: Bare) -> bool:
    """Tell whether a single text is the rest of a cell of the row above."""
    if bare.record.text("number") or len(before.cells) != len(bare.record.cells):
        return False
    upper = before.cells[bare.place]
    in_front = bare.record.columns[bare.place].role in ("activity", "stage", "number")
    if starts_small(bare.text) or not in_front:
        return True
    if is_one_word(upper, bare.text) or (_HANGING.search(upper[-20:]) and not bare.strong):
        return True
    if bare.text[:1] in '«"' and not bare.strong and not _OWN_TITLE.match(bare.text) and not _ENDED.search(upper):
        return True
    listed = starts_list_entry(bare.text) and not re.match(r"\d", bare.text)
    return listed and not bare.strong


def _is_title(before: Record | None, bare: Bare, following: Sequence[Entry]) -> bool:
    """Tell whether a single text names a section."""
    number, text = _number(bare.record), folded(flat(bare.text))
    if bare.strong or _TITLED.match(text) or _ROMAN.fullmatch(number) or is_deadline(bare.text):
        return True
    if not number:
        return True
    after = next((n for entry in following if (n := _number_of(entry))), "")
    if after.startswith(f"{number}."):
        return True
    goes_on = after.isdigit() and number.isdigit() and int(after) == int(number) + 1
    earlier = _number(before) if before else ""
    came_on = not earlier or (earlier.isdigit() and number.isdigit() and int(number) == int(earlier) + 1)
    return not (came_on and (goes_on or not after))


def is_named_title(text: str) -> bool:
    """Tell whether a text says by its own words or number that it is a section's title."""
    plain = folded(flat(text))
    return bool(_TITLED.match(plain) or re.match(r"[IVXLC\d]{1,5}[.)]", text)) or is_deadline(text)


def _number_of(entry: Entry) -> str:
    record = entry.record if isinstance(entry, Bare) else entry
    return _number(record) if isinstance(record, Record) else ""


def _number(record: Record) -> str:
    return record.text("number").strip().rstrip(".)")


def with_used_titles(made: Sequence[Record | Title | Skipped]) -> list[Record | Title | Skipped]:
    """Pass over the titles under which nothing stands: what follows the table, and texts between tables."""
    kept: list[Record | Title | Skipped] = []
    loose = 0
    used = False
    for entry in reversed(made):
        if isinstance(entry, Record):
            used, loose = True, 0
        elif isinstance(entry, Title):
            loose += not entry.sure
            if not used or (not entry.sure and loose > _MOST_LOOSE):
                entry = _passed_over(entry)  # noqa: PLW2901
        kept.append(entry)
    return kept[::-1]


def _passed_over(title: Title) -> Skipped:
    return Skipped(title.first, title.last, title.text, "empty_section" if title.sure else "text_around")
