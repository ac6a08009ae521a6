"""Headers of plans: where a table of activities begins, in one row or two, or over several lines of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mentoring_reports.roadmaps.readers.document import Row

from .cleaning import flat, folded
from .columns import Column, columns_of, role_of
from .looks import is_deadline, is_number, is_post, starts_small
from .others import is_other_head
from .posts import PERSON
from .titles import is_title

_LEAST_ROLES = 2
_MOST_CHARACTERS = 130
_MOST_COLUMNS, _MOST_OVER_LINES = 24, 60
_MOST_LINES_BEFORE, _MOST_LINES_AFTER = 3, 8
_MOST_WORDS, _MOST_WORDS_OF_DATED = 12, 2
_TIME = re.compile(r"(?:срок|дат[аы]|период|время)\b")
_DATED = re.compile(r"\d{1,2}\.\d{1,2}\.|20\d\d\s*г?\.?$")
_MONTHS = (
    r"январ[ья]|феврал[ья]|март|апрел[ья]|май|июн[ья]|июл[ья]|август|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]|"
    r"(?:янв|фев|мар|апр|авг|сен|сент|окт|ноя|дек)\.?"
)
_SUBHEADER = re.compile(
    r"начал\w*|окончан\w*|конец|план\w*|факт\w*|дата|[1-4IVХX]{1,3}(?: ?(?:кв|квартал|полугодие|четверть|"
    r"триместр)\w*)?\.?|"
    rf"{_MONTHS}|показател\w*|документ\w*|вид документа|ф\.?и\.?о\.?|должность"
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its rows in the document (first place, place after the last) and the columns it names."""

    start: int
    end: int
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the headers for comparing."""
        return tuple(re.sub(r"\W+", "", folded(column.header)) for column in self.columns)


def find_headers(rows: Sequence[Row]) -> list[Header]:
    """Return all headers of plans in the document, repeated ones too."""
    headers: list[Header] = []
    place = 0
    while place < len(rows):
        header = _header_at(rows, place, headers)
        if header and _is_believed(header, headers, rows):
            headers.append(header)
            place = header.end
        else:
            place += 1
    return headers


def _is_believed(header: Header, earlier: Sequence[Header], rows: Sequence[Row]) -> bool:
    """Tell whether a later header in a text is one: it repeats an earlier one, or a plan's title is above."""
    if not earlier:
        return True
    roles = {column.role for column in header.columns}
    named = all(role_of(column.header) for column in header.columns if column.header)
    begun = not starts_small(rows[header.start].text)
    if named and begun and header.end - header.start == 1 and {"deadline", "activity"} <= roles:
        return True
    if any(header.names == known.names for known in earlier):
        return True
    above = rows[max(earlier[-1].end, header.start - _MOST_LINES_AFTER) : header.start]
    return any(len(row.cells) == 1 and is_title(row.text) for row in above)


def _header_at(rows: Sequence[Row], place: int, earlier: Sequence[Header]) -> Header | None:
    """Return the header that the row at a place is, or is a part of."""
    row = rows[place]
    after = earlier[-1].end if earlier else 0
    if not row.line or row.spanning:
        return _with_subheader(rows, place) if is_header(row.cells) else None
    if len(row.cells) < 2:  # noqa: PLR2004
        return _one_below_another(rows, place)
    if _is_divided(rows, place):
        return _with_subheader(rows, place)
    alone = Header(place, place + 1, _marked(columns_of(row.cells)))
    if any(alone.names == known.names for known in earlier):
        return alone
    return _over_lines(rows, place, after) if any(map(role_of, row.cells)) else None


def _is_divided(rows: Sequence[Row], place: int) -> bool:
    """Tell whether a line names all columns, and the next one, as wide, divides some of them."""
    names, below = rows[place].cells, rows[place + 1 : place + 2]
    same = bool(below) and below[0].line and len(below[0].cells) == len(names)
    return same and is_header(names) and _is_subheader(below[0], names)


def _one_below_another(rows: Sequence[Row], place: int) -> Header | None:
    """Return the header whose names stand on lines of their own."""
    names: list[str] = []
    for row in rows[place : place + _MOST_LINES_AFTER]:
        if not row.line or len(row.cells) > 1 or not _is_short_name(row.text):
            break
        names.append(row.text)
    roles = [role_of(name) for name in names]
    whole = len(set(roles)) == len(roles) and {"activity", "deadline"} <= set(roles) and is_header(names)
    return Header(place, place + len(names), columns_of(names)) if whole else None


def _is_short_name(text: str) -> bool:
    """Tell whether a line is the name of a column and nothing more."""
    short = len(text) < _MOST_OVER_LINES and not text.endswith((".", ":"))
    return short and bool(role_of(text)) and not _is_no_name(text)


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether the cells are names of columns of a plan."""
    return header_value(cells) > 0


def header_value(cells: Sequence[str]) -> float:
    """Return how much a row is the header of a plan; nothing above 0 where it is not one."""
    if is_other_head(cells):
        return 0.0
    named = [flat(cell) for cell in cells if cell.strip()]
    pieces = [line for cell in cells for line in cell.split("\n") if line]
    if len(named) < _LEAST_ROLES or any(map(_is_no_name, {*named, *pieces})) or len(set(named)) == 1:
        return 0.0
    roles = _roles(named)
    meant = set(roles) - {"", "other"}
    known = sum(bool(role) for role in roles)
    if len(meant) < _LEAST_ROLES or known < len(named) * 0.6 or not _is_plan(meant, roles):
        return 0.0
    return len(meant) + known * 0.5 - (len(named) - known)


def _roles(names: Sequence[str]) -> list[str]:
    """Return what names mean; months or quarters side by side stand for when."""
    marks = [bool(_mark(name)) for name in names]
    dated = sum(marks) > 2  # noqa: PLR2004
    return ["deadline" if dated and mark else role_of(name) for name, mark in zip(names, marks, strict=True)]


def _is_plan(meant: set[str], roles: Sequence[str]) -> bool:
    """Tell whether the meanings make a plan: something to do, and when, by whom or with what result."""
    to_do = bool(meant & {"activity", "stage"}) or "" in roles
    more = meant & {"deadline", "responsible", "result", "indicator", "documents"}
    return to_do and (bool(more & {"deadline", "responsible", "result"}) or len(more) > 1)


@lru_cache(maxsize=10_000)
def _is_no_name(name: str) -> bool:
    """Tell whether a cell is content: a date, a person, a post, a sentence."""
    words = len(name.split(" "))
    if (
        is_number(name)
        or len(name) > _MOST_CHARACTERS
        or words > _MOST_WORDS
        or "%" in name
        or name.endswith((";", ","))
    ):
        return True
    dated = _DATED.search(name) is not None or (words > _MOST_WORDS_OF_DATED and not _TIME.match(folded(name)))
    dated = dated and is_deadline(name)
    somebody = is_post(name) and role_of(name) not in ("responsible", "participants")
    return dated or somebody or PERSON.search(name) is not None


def _with_subheader(rows: Sequence[Row], place: int) -> Header:
    """Return the header of a row, together with the row of finer names under it where there is one."""
    names, end = list(rows[place].cells), place + 1
    if end < len(rows) and _is_subheader(rows[end], names):
        names, end = _joined_names(names, rows[end]), end + 1
    return Header(place, end, _marked(columns_of(names)))


def _is_subheader(row: Row, names: Sequence[str]) -> bool:
    """Tell whether a row only divides the columns named above it."""
    own = [flat(cell) for n, cell in enumerate(row.cells) if cell and n not in row.above]
    if not own or row.cells == tuple(names) or len(own) > len(names):
        return False
    first = next(n for n, cell in enumerate(row.cells) if cell and n not in row.above)
    return first > 0 and all(_SUBHEADER.fullmatch(folded(name)) for name in own)


def _joined_names(names: Sequence[str], row: Row) -> list[str]:
    """Return the names with the finer ones added; a name over several columns goes to each of them."""
    width = max(len(names), len(row.cells))
    upper = [*names, *[""] * (width - len(names))]
    finer = ["" if n in row.above else cell for n, cell in enumerate([*row.cells, *[""] * (width - len(row.cells))])]
    joined: list[str] = []
    for place in range(width):
        over = upper[place] or (_over(upper, place) if finer[place] else "")
        joined.append(flat(f"{over} {finer[place]}"))
    return joined


def _over(names: Sequence[str], place: int) -> str:
    return next((name for name in reversed(names[:place]) if name), "")


def _marked(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Note the columns that stand for a month or a quarter each: a sign in them is a deadline."""
    marks = [_mark(column.header) for column in columns]
    if sum(map(bool, marks)) < 3:  # noqa: PLR2004
        return columns
    return tuple(Column(c.header, "deadline", mark) if mark else c for c, mark in zip(columns, marks, strict=True))


@lru_cache(maxsize=10_000)
def _mark(header: str) -> str:
    """Return the month or quarter that a name ends with, "" without one."""
    plain = flat(header)
    quarter = re.search(r"(?:^|\s)([1-4]|I{1,3}|IV)\s?(?:кв\.?|квартал)$", plain)
    if quarter:
        return f"{quarter[1]} квартал"
    last = plain.split(" ")[-1] if plain else ""
    return last if len(last) > 2 and re.fullmatch(_MONTHS, folded(last)) else ""  # noqa: PLR2004


def _over_lines(rows: Sequence[Row], place: int, after: int) -> Header | None:
    """Return the best header among the runs of lines around one that holds a tab."""
    best, chosen = 0.0, None
    for start in range(max(after, place - _MOST_LINES_BEFORE), place + 1):
        cells: list[str] = []
        doubt = 0.0
        for end in range(start, min(place + _MOST_LINES_AFTER, len(rows))):
            if (
                len(cells) > _MOST_COLUMNS
                or not rows[end].line
                or (end > start and rows[end].first - rows[end - 1].last > 1)
            ):
                break
            doubt += _doubt(cells, rows[end].cells[0])
            cells = flowed(cells, rows[end].cells)
            if any(map(_is_no_name, filter(None, cells[:-1]))):
                break
            long = end > start and any(len(flat(cell)) > _MOST_OVER_LINES for cell in cells)
            value = 0.0 if long or _is_twice(cells) else header_value(cells) - doubt
            if end >= place and value > best + 0.01:
                best, chosen = value, Header(start, end + 1, _marked(columns_of(cells)))
    return _with_number(rows, chosen, after) if chosen else None


def _is_twice(cells: Sequence[str]) -> bool:
    """Tell whether a name occurs twice: then two headers were put together."""
    names = [folded(flat(cell)) for cell in cells if cell]
    return len(set(names)) < len(names) or any("\n" in cell and len(set(cell.split("\n"))) < 2 for cell in cells)  # noqa: PLR2004


def _doubt(cells: Sequence[str], text: str) -> float:
    """Return how unlikely a line goes on with a name of the header."""
    if not cells:
        return 0.0
    if starts_small(text) or cells[-1] == "№" or cells[-1].endswith("-"):
        return 0.2
    return 3.5 if len(cells) > 2 and header_value(cells) > 0 else 1.4  # noqa: PLR2004


def _with_number(rows: Sequence[Row], header: Header, after: int) -> Header:
    """Take in the line above a header that holds nothing but «№», the rest of that cell being «п/п»."""
    above = header.start - 1
    if above < after or not re.fullmatch(r"№|N", rows[above].text):
        return header
    first = Column(f"№ {header.columns[0].header}", "number")
    return Header(above, header.end, (first, *header.columns[1:]))


def flowed(cells: Sequence[str], more: Sequence[str]) -> list[str]:
    """Return the cells with a line's added: its first cell goes on with the last one."""
    if not cells:
        return list(more)
    return [*cells[:-1], "\n".join(part for part in (cells[-1], more[0]) if part), *more[1:]]
