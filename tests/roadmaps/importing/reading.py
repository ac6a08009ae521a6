"""How tests read: bytes to a reading, nothing lost on the way."""

from __future__ import annotations

from mentoring_reports.roadmaps.importing.cleaning import clean, flat
from mentoring_reports.roadmaps.importing.importer import read_plans
from mentoring_reports.roadmaps.importing.plans import Reading
from mentoring_reports.roadmaps.readers.reading import read_document
from tests.roadmaps.importing.documents import assert_nothing_lost
from tests.roadmaps.importing.plans import Plan


def read(content: bytes | str, name: str = "plan.txt", **options) -> Reading:
    document = read_document(content.encode() if isinstance(content, str) else content, name)
    reading = read_plans(document, **options)
    assert_nothing_lost(document, reading)
    return reading


def activities(reading: Reading) -> list[str]:
    return [_plain(item.text) for plan in reading.plans for item in plan.items]


def deadlines(reading: Reading) -> list[str]:
    return [_plain(item.deadline.text) for plan in reading.plans for item in plan.items]


def sections(reading: Reading) -> list[tuple[str, str, int]]:
    return [(s.number, s.title, len(s.items)) for plan in reading.plans for s in plan.sections]


def why(reading: Reading, text: str) -> str:
    return next(skipped.why for skipped in reading.skipped if text in skipped.text)


def written(plan: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(_plain(item.activity), _plain(item.deadline), tuple(item.responsible)) for item in plan.items]


def as_read(reading: Reading) -> list[tuple[str, str, tuple[str, ...]]]:
    items = [item for plan in reading.plans for item in plan.items]
    return [(_plain(item.text), _plain(item.deadline.text), item.responsible) for item in items]


def _plain(text: str) -> str:
    return flat(clean(text)).rstrip(".")
