"""Relative deadlines get their days from the school's own first day; what cannot be dated stays undated and says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.roadmaps.deadline_entry.doubts import WORDS
from mentoring_reports.roadmaps.deadlines import Doubt, Kind, read_deadline
from mentoring_reports.roadmaps.relative.deadlines import dated_from

LAST = dt.date(2027, 8, 31)
FILE = Path(__file__).with_name("relative_phrases.txt")
LINES = [line.split(" | ") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def day(text: str) -> dt.date | None:
    return dt.datetime.strptime(text, "%d.%m.%Y").date() if text else None


def dated(text: str, start: dt.date):
    return dated_from(read_deadline(text), start, (start, LAST))


def test_the_table_is_long_enough_and_every_line_has_its_reason() -> None:
    assert len(LINES) >= 40
    assert all(len(line) == 5 and line[4] for line in LINES)


@pytest.mark.parametrize(("text", "start", "days", "doubts", "why"), LINES, ids=lambda value: None)
def test_a_phrase_is_dated(text: str, start: str, days: str, doubts: str, why: str) -> None:
    found = dated(text, day(start))

    first, _, last = days.partition("..") if days != "-" else ("", "", "")
    assert (found.start, found.end) == (day(first), day(last)), why
    assert found.text == text
    assert set(found.warnings) == (set() if doubts == "-" else {Doubt(code) for code in doubts.split(", ")}), why


@given(text=st.text(max_size=80), start=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_no_text_fails_and_the_text_stays(text: str, start: dt.date) -> None:
    found = dated_from(read_deadline(text), start, (start, start + dt.timedelta(days=300)))

    assert found.text == text
    assert not (found.start and found.end) or found.start <= found.end


PIECES = (
    "в течение", "не позднее", "через", "за", "до", "конца", "начала", "с", "после", "первого", "второй", "10", "99",
    "999", "месяца", "недели", "дней", "рабочих", "последний", "реализации", "программы", "числа", "0", "по",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=7), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_no_words_in_any_order_fail(words: list[str], start: dt.date) -> None:
    found = dated_from(read_deadline(" ".join(words)), start, (start, start + dt.timedelta(days=300)))

    assert not (found.start and found.end) or found.start <= found.end
    if found.kind == Kind.RELATIVE:
        assert found.start or found.end or Doubt.EVENT_UNKNOWN in found.warnings


def test_every_doubt_has_words() -> None:
    assert set(WORDS) == set(Doubt)
