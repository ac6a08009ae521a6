"""Where in a document its plans are: title, header, columns and body of each, and what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mentoring_reports.roadmaps.readers.document import Row

from .columns import Column
from .guessing import completed, guess_columns, most_frequent_width
from .headers import Header, find_headers
from .looks import is_deadline
from .others import before_others
from .plans import Skipped
from .titles import any_line_before, is_title, title_before

_MOST_OF_OUTLINE = 3


@dataclass(slots=True)
class Part:
    """Rows under one header, or under several that say the same."""

    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """One plan's place in the document: its title, the texts before its table, and its parts."""

    title: list[Row]
    before: list[Row]
    parts: list[Part]


def find_regions(rows: Sequence[Row]) -> tuple[list[Region], list[Skipped]]:
    """Return the plans' places, and the headers; rows before the titles are in `before`."""
    headers = _without_outlines(find_headers(rows)) or _without_header(rows)
    regions: list[Region] = []
    skipped: list[Skipped] = []
    begun = 0
    for number, header in enumerate(headers):
        title = _title(rows, begun, header, first=number == 0)
        if title or not regions:
            skipped += _end_body(regions, rows[begun : title[0]] if regions and title else [])
            regions.append(_region(rows, 0 if not regions else title[0] if title else begun, header, title))
        else:
            skipped += _end_body(regions, rows[begun : header.start])
            _next_part(regions[-1], header)
        why = "header" if number == 0 or regions[-1].parts[-1].rows == [] else "repeated_header"
        skipped += [Skipped(row.first, row.last, row.text, why) for row in rows[header.start : header.end]]
        begun = header.end
    skipped += _end_body(regions, rows[begun:])
    return regions, skipped


def _without_outlines(headers: Sequence[Header]) -> list[Header]:
    """Return the headers without those of tables that only outline the stages of what a fuller table plans."""
    full = any({"activity", "deadline", "responsible"} <= _roles(header) for header in headers)
    return [header for header in headers if not (full and _is_outline(header))]


def _is_outline(header: Header) -> bool:
    roles = _roles(header)
    return len(header.columns) <= _MOST_OF_OUTLINE and "stage" in roles and not roles & {"number", "responsible"}


def _roles(header: Header) -> set[str]:
    return {column.role for column in header.columns}


def _title(rows: Sequence[Row], begun: int, header: Header, *, first: bool) -> tuple[int, int] | None:
    found = title_before(rows, begun, header.start)
    return found or (any_line_before(rows, begun, header.start) if first else None)


def _region(rows: Sequence[Row], begun: int, header: Header, title: tuple[int, int] | None) -> Region:
    """Return a new plan's place; what stands around its title is `before`."""
    start, end = title or (header.start, header.start)
    before = [*rows[begun:start], *rows[end : header.start]]
    return Region(list(rows[start:end]), before, [Part(header.columns)])


def _end_body(regions: list[Region], rows: Sequence[Row]) -> list[Skipped]:
    """Give the last plan the rows up to a table of something else; return what is passed over."""
    own, passed = before_others(rows)
    if regions:
        regions[-1].parts[-1].rows += own
    return passed


def _next_part(region: Region, header: Header) -> None:
    """Begin a new part, unless the header only repeats the one before."""
    last = region.parts[-1]
    names = Header(0, 0, last.columns).names
    if names != header.names:
        region.parts.append(Part(header.columns))


def _without_header(rows: Sequence[Row]) -> list[Header]:
    """Return the place where a table without a header begins: its columns are told by their content."""
    tabled = [(place, row) for place, row in enumerate(rows) if row.table]
    columns = guess_columns([row.cells for _, row in tabled])
    width = most_frequent_width([row.cells for _, row in tabled])
    start = next((place for place, row in tabled if len(row.cells) == width and any(map(is_deadline, row.cells))), None)
    if not columns or start is None:
        return []
    while start > 0 and rows[start - 1].table and not is_title(rows[start - 1].text):
        start -= 1
    return [Header(start, start, columns)]


def complete(part: Part) -> tuple[Column, ...]:
    """Return a part's columns with what its headers do not say."""
    return completed(part.columns, [row.cells for row in part.rows if row.table])
