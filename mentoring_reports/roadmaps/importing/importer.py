"""The importer, one for every kind of document: rows of cells to plans, and whatever is no plan with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mentoring_reports.roadmaps.readers.document import Document, Row

from .body import entries_of
from .cleaning import clean, flat, is_emphasised
from .columns import Column, place_of
from .deadlines import deadline_text
from .deciding import decided, with_used_titles
from .halves import with_halves_joined
from .holding import with_dates_held
from .lines import rows_of_lines
from .periods import period_of_deadlines, period_of_order, period_under_title, read_period
from .plans import Period, Plan, Reading, Skipped
from .records import Record, Title
from .regions import Part, Region, complete, find_regions
from .sections import sections_of, with_holes
from .skipping import is_passport_label, reason
from .stacked import unstacked
from .stages import with_stages
from .tails import without_tail
from .torn import with_torn_rows
from .words import unhyphened, unwrapped

Days = tuple[dt.date, dt.date]


def read_plans(
    document: Document,
    *,
    period: Days | None = None,
    split_lists: bool = False,
    roles: Mapping[int, Sequence[str]] | None = None,
) -> Reading:
    """Return the plans of a document.

    `period` overrules what the document says of its plans' first and last day. `roles` re-assigns the columns of a
    plan (by its place, from 0): one role of `columns.ROLES` for each of `plan.columns`.
    """
    rows = prepared(document)
    regions, skipped = find_regions(rows)
    given = Period(*period, "given") if period else None
    plans = []
    for place, region in enumerate(regions):
        plan, more = _plan(region, given, split_lists=split_lists, roles=(roles or {}).get(place))
        skipped += [*more, *_titles(region), *_around(region.before)]
        plans += [replace(plan, place=place)] if plan.items else []
        skipped += [] if plan.items else _titles_of(plan)
    reading = Reading(tuple(plans)).with_skipped(skipped)
    return reading.with_skipped(_rest(rows, reading))


def prepared(document: Document) -> list[Row]:
    """Return the document's rows with clean cells."""
    made = []
    for row in document.rows:
        cells = tuple(clean(cell) for cell in row.cells)
        cells = tuple(map(unwrapped if document.kind == "pdf" else unhyphened, cells))
        if any(cells):
            strong = row.strong or all(is_emphasised(cell) for cell in row.cells if cell.strip())
            made.append(replace(row, cells=cells, strong=strong))
    return made


def _plan(
    region: Region, given: Period | None, *, split_lists: bool, roles: Sequence[str] | None
) -> tuple[Plan, list[Skipped]]:
    """Return one plan and the rows of its table that are no part of it."""
    entries: list[Record | Title | Skipped] = []
    columns: tuple[Column, ...] = ()
    for part in region.parts:
        own = _assigned(complete(part), roles)
        columns = columns or own
        entries += _entries(part, own)
    entries = with_used_titles(entries)
    title = flat(" ".join(row.text for row in region.title))
    records = [entry for entry in entries if isinstance(entry, Record)]
    period = given or _period(title, region, records)
    sections, skipped = sections_of(entries, period, split_lists=split_lists)
    sections = with_holes(sections)
    return Plan(title, period, columns, sections, _warnings(period, columns, sections)), skipped


def _entries(part: Part, columns: tuple[Column, ...]) -> list[Record | Title | Skipped]:
    """Return what the rows of a part are, lines put together and broken rows joined."""
    lines, noise = _without_noise(unstacked(part.rows, columns))
    lines, tail = without_tail(lines, columns)
    rows = with_halves_joined(rows_of_lines(lines, columns), len(columns))
    found = [*entries_of(rows, columns), *noise, *tail]
    return with_dates_held(with_stages(with_torn_rows(decided(sorted(found, key=_place)))))


def _place(entry: object) -> int:
    record = getattr(entry, "record", entry)
    return record.first  # type: ignore[attr-defined]


def _without_noise(rows: Sequence[Row]) -> tuple[list[Row], list[Skipped]]:
    """Take out what may stand between two halves of a row: numbers of pages and of columns, separators."""
    kept, noise = [], []
    for row in rows:
        why = reason(row.cells, in_table=row.table > 0) if row.line else ""
        if why:
            noise.append(Skipped(row.first, row.last, row.text, why))
        else:
            kept.append(row)
    return kept, noise


def _assigned(columns: tuple[Column, ...], roles: Sequence[str] | None) -> tuple[Column, ...]:
    """Return the columns with the roles that somebody gave them."""
    if not roles or len(roles) != len(columns):
        return columns
    return tuple(replace(column, role=role, mark="") for column, role in zip(columns, roles, strict=True))


def _period(title: str, region: Region, records: Sequence[Record]) -> Period:
    """Return the period that the title, the texts around it, or else the deadlines tell."""
    texts = [row.text for row in region.before]
    deadlines = [deadline_text(record) for record in records]
    under = [row.text for row in region.before if region.title and row.first > region.title[-1].last]
    named = period_under_title(under) or read_period(title, "title") or period_of_order(texts)
    return named or period_of_deadlines(deadlines) or Period()


def _warnings(period: Period, columns: Sequence[Column], sections: Sequence) -> tuple[str, ...]:
    """Return what is doubtful about a plan as a whole."""
    items = [item for section in sections for item in section.items]
    doubts = {
        "no_period": period.source == "none",
        "period_inferred": period.source == "deadlines",
        "no_header": not any(column.header for column in columns),
        "no_deadline_column": place_of(columns, "deadline") is None,
        "no_responsible_column": place_of(columns, "responsible") is None,
        "number_gap": any("number_gap" in item.warnings for item in items),
        "column_not_used": any(item.other for item in items),
    }
    return tuple(code for code, doubtful in doubts.items() if doubtful)


def _titles(region: Region) -> list[Skipped]:
    return [Skipped(row.first, row.last, row.text, "title") for row in region.title]


def _titles_of(plan: Plan) -> list[Skipped]:
    return [Skipped(a, b, section.title, "empty_section") for section in plan.sections for a, b in section.rows]


def _around(rows: Sequence[Row]) -> list[Skipped]:
    """Return the rows around the plans with the reason that fits best."""
    return [Skipped(row.first, row.last, row.text, _why(row)) for row in rows]


def _why(row: Row) -> str:
    why = reason(row.cells, in_table=False)
    if why or not row.table:
        return why or "text_around"
    return "passport" if is_passport_label(row.cells[0]) else "other_table"


def _rest(rows: Sequence[Row], reading: Reading) -> list[Skipped]:
    """Return the rows that nothing else has taken: nothing is lost."""
    taken = {n for skipped in reading.skipped for n in range(skipped.first, skipped.last + 1)}
    for plan in reading.plans:
        for section in plan.sections:
            taken |= {n for first, last in section.rows for n in range(first, last + 1)}
            taken |= {n for item in section.items for n in range(item.first, item.last + 1)}
    left = [row for row in rows if not taken & set(range(row.first, row.last + 1))]
    return _around(left)
