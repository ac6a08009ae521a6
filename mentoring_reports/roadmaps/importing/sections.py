"""Sections: from titles, from a stage column in which an empty cell means the same stage; and their activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .activities import activities_of
from .cleaning import flat, folded
from .columns import Column
from .numbers import holes, number_of_title, numbers_in_texts, plain_number
from .plans import Activity, Period, Section, Skipped
from .records import Record, Title


@dataclass(slots=True)
class _Open:
    number: str
    title: str
    rows: list[tuple[int, int]] = field(default_factory=list)
    items: list[Activity] = field(default_factory=list)


@dataclass(slots=True)
class Settings:
    """What holds for all activities of a plan."""

    period: Period
    split_lists: bool
    numbers_in_texts: bool = False
    numbers_of_stages: bool = False


def sections_of(
    entries: Sequence[Record | Title | Skipped], period: Period, *, split_lists: bool
) -> tuple[tuple[Section, ...], list[Skipped]]:
    """Return the sections with their activities, and the rows that hold no activity after all."""
    records = [entry for entry in entries if isinstance(entry, Record)]
    settings = Settings(period, split_lists, numbers_in_texts(records), _are_of_stages(records))
    made = [_Open("", "")]
    skipped: list[Skipped] = []
    for entry in entries:
        if isinstance(entry, Skipped):
            skipped.append(entry)
        elif isinstance(entry, Title):
            number, title = number_of_title(entry.text)
            made.append(_Open(plain_number(entry.number) or number, title, [(entry.first, entry.last)]))
        else:
            _take(made, skipped, entry, settings)
    return _closed(made), skipped


def _are_of_stages(records: Sequence[Record]) -> bool:
    """Tell whether numbers stand only beside stages: then they are the sections', not the activities'."""
    staged = [record for record in records if record.text("stage")]
    numbered = [record for record in records if record.text("number")]
    return bool(staged) and len(numbered) < len(records) and all(record.text("stage") for record in numbered)


def _take(made: list[_Open], skipped: list[Skipped], record: Record, settings: Settings) -> None:
    """Put a record's activities into the open section; a new stage opens one."""
    stage = flat(record.text("stage"))
    if stage and folded(stage) != folded(made[-1].title):
        number, title = number_of_title(stage)
        made.append(_Open(number or plain_number(record.text("number")), title))
    items = activities_of(record, made[-1].title, settings)
    if not items:
        skipped.append(Skipped(record.first, record.last, flat(" ".join(record.cells)), "empty_row"))
    made[-1].items += items
    skipped += _not_used(record) if items else []


def _not_used(record: Record) -> list[Skipped]:
    """Return what stands in columns that no activity has a place for."""
    return [
        Skipped(record.first, record.last, _named(column, cell), "column_not_used")
        for column, cell in record.texts("other")
    ]


def _named(column: Column, cell: str) -> str:
    return f"{column.header}: {flat(cell)}" if column.header else flat(cell)


def _closed(made: Sequence[_Open]) -> tuple[Section, ...]:
    used = [section for section in made if section.items or section.rows]
    return tuple(Section(s.number, s.title, tuple(s.items), tuple(s.rows)) for s in used)


def with_holes(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with warnings at the activities whose numbers have a hole before them."""
    numbers = [item.number for section in sections for item in section.items]
    found = iter(holes(numbers))
    warned = []
    for section in sections:
        items = [replace(item, warnings=(*item.warnings, *filter(None, [next(found)]))) for item in section.items]
        warned.append(replace(section, items=tuple(items)))
    return tuple(warned)
