"""Deadlines of the demonstration's roadmaps: the text and the reading beside it say the same."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from mentoring_reports.roadmaps.enums import DeadlineKind
from portal.demonstration.data import read
from portal.demonstration.deadlines import Span, deadline

SPAN = Span(dt.date(2024, 9, 1), dt.date(2027, 8, 31))
ITEMS = [item for section in read("roadmap") for item in section["items"]]


def repeatable(seed: int) -> Random:
    """Return a generator that gives the same every time."""
    return Random(seed)  # noqa: S311


@pytest.mark.parametrize(
    ("kind", "first", "last", "text", "starts_on", "ends_on"),
    [
        ("until_month", 9, 9, "До июня 2025", None, dt.date(2025, 5, 31)),
        ("quarter", 4, 4, "I квартал 2025", dt.date(2025, 1, 1), dt.date(2025, 3, 31)),
        ("quarter", 1, 1, "IV квартал 2024", dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
        ("relative", 0, 0, "В течение первого месяца", SPAN.start, dt.date(2024, 9, 30)),
        ("whole_period", 0, 0, "В течение всего периода реализации ПН", SPAN.start, SPAN.end),
        ("unscheduled", 0, 0, "По отдельному графику", None, None),
    ],
)
def test_a_deadline_is_written_and_read(  # noqa: PLR0913, PLR0917
    kind: str, first: int, last: int, text: str, starts_on: dt.date | None, ends_on: dt.date | None
) -> None:
    written = deadline({"deadline": kind, "from": first, "to": last}, SPAN, repeatable(1))

    assert (written.text, written.starts_on, written.ends_on) == (text, starts_on, ends_on)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["activity"][:40])
def test_every_planned_activity_has_a_deadline_that_the_roadmap_can_keep(item: dict[str, str]) -> None:
    for seed in range(5):
        written = deadline(item, SPAN, repeatable(seed))

        assert written.text
        assert written.kind in DeadlineKind.values
        if written.starts_on and written.ends_on:
            assert written.starts_on <= written.ends_on


def test_a_date_in_the_text_is_the_date_that_was_read() -> None:
    for seed in range(20):
        written = deadline({"deadline": "by_date", "from": 2, "to": 2}, SPAN, repeatable(seed))

        assert written.ends_on
        assert str(written.ends_on.day) in written.text
        assert written.ends_on.strftime("%y") in written.text
