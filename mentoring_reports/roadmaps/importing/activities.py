"""One record to its activity, or to several where lists are split."""

from __future__ import annotations

from typing import Protocol

from .cleaning import flat
from .deadlines import deadline_of
from .lists import entries_of
from .numbers import number_taken, plain_number
from .plans import Activity, Period
from .records import Record
from .responsible import split_responsible


class Settings(Protocol):
    """What holds for all activities of a plan."""

    period: Period
    split_lists: bool
    numbers_in_texts: bool
    numbers_of_stages: bool


def activities_of(record: Record, section: str, settings: Settings) -> list[Activity]:
    """Return the activities of a record; none where it holds nothing but a number."""
    number, text = _number_and_text(record, settings)
    if not text and not any(cell for cell in record.cells if plain_number(cell) != number):
        return []
    entries = entries_of(text) if settings.split_lists else [flat(text)]
    more = ("list_split",) if len(entries) > 1 else ()
    return [_activity(record, number, entry, section, settings, more) for entry in entries]


def _number_and_text(record: Record, settings: Settings) -> tuple[str, str]:
    """Return the number, from its column or from the text, and the text of the activity."""
    text = activity_text(record)
    number = "" if settings.numbers_of_stages else plain_number(record.text("number"))
    if settings.numbers_in_texts and not number:
        return number_taken(text)
    return number, text


def activity_text(record: Record) -> str:
    """Return what is to be done: several columns of it are put together, the stage stands in for an empty one."""
    texts = list(dict.fromkeys(cell for _, cell in record.texts("activity")))
    return ": ".join(text.rstrip(" .:") if n + 1 < len(texts) else text for n, text in enumerate(texts))


def _activity(  # noqa: PLR0913, PLR0917  (an activity is all of these)
    record: Record, number: str, text: str, section: str, settings: Settings, more: tuple[str, ...]
) -> Activity:
    deadline, doubts = deadline_of(record, section, settings.period)
    return Activity(
        number=number,
        text=text,
        deadline=deadline,
        result=_joined(record, "result"),
        indicator=_joined(record, "indicator"),
        participants=_joined(record, "participants"),
        documents=_joined(record, "documents"),
        responsible=tuple(dict.fromkeys(n for _, cell in record.texts("responsible") for n in split_responsible(cell))),
        warnings=(*doubts, *_warnings(record, text), *more),
        first=record.first,
        last=record.last,
        other=tuple((column.header, flat(cell)) for column, cell in record.texts("other")),
    )


def _joined(record: Record, role: str) -> str:
    return flat(" ".join(cell for _, cell in record.texts(role)))


def _warnings(record: Record, text: str) -> tuple[str, ...]:
    """Return what is doubtful about a row beyond its deadline."""
    doubts = {"shifted_columns": record.shifted, "joined_rows": record.joined, "no_activity": not text}
    return tuple(code for code, doubtful in doubts.items() if doubtful)
