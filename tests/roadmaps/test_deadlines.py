"""The grammar of deadlines: a table of phrases with reasons, properties, and texts made to break it."""

from __future__ import annotations

import calendar
import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring_reports.roadmaps.deadlines import Deadline, Doubt, Kind, Period, read_deadline
from mentoring_reports.roadmaps.grammar.words import MONTH_WORDS, WORDS

from .deadline_phrases import PLAN, Phrase, phrases

CALENDAR_YEAR = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
PLANS = st.tuples(DAYS, DAYS).map(lambda pair: Period(*sorted(pair)))
PIECES = st.sampled_from(
    [
        *WORDS,
        "2022",
        "2023 г.",
        "10.09.2022",
        "01.09",
        "31.02",
        "2022-2023",
        "22/23",
        "1",
        "15",
        "31",
        "№",
        "100 %",
        "-",
        "–",
        ",",
        "(",
        ")",
        ";",
        "\n",
        "/",
        "II",
        "IV",
        "l",
        "@0",
        "d1.1.1",
        "приказ",
        "Куратор",
        "п/г",
        "8-922-1",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=8).map(" ".join), st.lists(PIECES, max_size=5).map("".join))


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: f"{phrase.text!r}: {phrase.reason}")
def test_a_phrase_is_read_as_schools_mean_it(phrase: Phrase) -> None:
    read = read_deadline(phrase.text, PLAN)

    found = (read.kind, read.start, read.end, read.recurrence and read.recurrence.as_json(), set(read.warnings))
    assert found == (phrase.kind, phrase.start, phrase.end, phrase.recurrence, phrase.warnings), phrase.reason


def test_the_table_is_large_and_has_a_reason_for_each() -> None:
    table = phrases()

    assert len({phrase.text for phrase in table}) == len(table) >= 250
    assert all(phrase.reason for phrase in table)


@pytest.mark.parametrize(
    ("text", "plan", "start", "end", "warnings"),
    [
        ("март", CALENDAR_YEAR, dt.date(2023, 3, 1), dt.date(2023, 3, 31), {"year_inferred"}),
        ("сентябрь", CALENDAR_YEAR, dt.date(2023, 9, 1), dt.date(2023, 9, 30), {"year_inferred"}),
        ("I полугодие", CALENDAR_YEAR, dt.date(2023, 1, 1), dt.date(2023, 6, 30), {"year_inferred"}),
        ("в течение года", CALENDAR_YEAR, *CALENDAR_YEAR, set()),
        ("в течение учебного года", CALENDAR_YEAR, *CALENDAR_YEAR, {"ambiguous"}),
        ("2023 год", CALENDAR_YEAR, *CALENDAR_YEAR, set()),
    ],
)
def test_a_plan_of_a_calendar_year(
    text: str, plan: tuple[dt.date, dt.date], start: dt.date, end: dt.date, warnings: set[str]
) -> None:
    read = read_deadline(text, plan)

    assert (read.start, read.end, set(read.warnings)) == (start, end, warnings)


def test_the_end_of_the_school_year_is_its_own_where_the_plan_ends_in_may() -> None:
    read = read_deadline("до конца учебного года", Period(dt.date(2026, 9, 1), dt.date(2027, 5, 31)))
    assert (read.kind, read.end) == (Kind.BY_DATE, dt.date(2027, 8, 31))
    assert Doubt.OUTSIDE_PERIOD in read.warnings


def test_a_month_that_two_years_of_the_plan_have_is_ambiguous() -> None:
    read = read_deadline("октябрь", (dt.date(2022, 9, 1), dt.date(2024, 8, 31)))

    assert (read.start, set(read.warnings)) == (dt.date(2022, 10, 1), {"year_inferred", "ambiguous"})


@pytest.mark.parametrize("text", ["октябрь", "до 15 мая", "с 1 по 15 октября", "II квартал", "сентябрь-май"])
def test_without_a_period_no_year_is_invented(text: str) -> None:
    read = read_deadline(text, None)

    assert (read.start, read.end) == (None, None)
    assert Doubt.YEAR_UNKNOWN in read.warnings


@pytest.mark.parametrize("text", ["весь период", "в течение года", "первый месяц", "до конца периода"])
def test_without_a_period_a_phrase_of_the_period_has_no_dates(text: str) -> None:
    read = read_deadline(text)

    assert (read.start, read.end, read.warnings[0]) == (None, None, read.warnings[0])
    assert Doubt.PERIOD_UNKNOWN in read.warnings


def test_a_leap_day_exists_in_a_leap_year_only() -> None:
    assert read_deadline("29.02.2024", None).end == dt.date(2024, 2, 29)
    assert Doubt.IMPOSSIBLE_DATE in read_deadline("29.02.2023", None).warnings


@settings(deadline=None)
@given(TEXTS, st.none() | PLANS)
def test_any_text_is_read_without_an_error_and_kept(text: str, plan: Period | None) -> None:
    read = read_deadline(text, plan)

    assert read.text == text
    assert isinstance(read.kind, Kind)
    assert all(isinstance(doubt, Doubt) for doubt in read.warnings)
    if read.start and read.end:
        assert read.start <= read.end
    if Doubt.NOT_UNDERSTOOD in read.warnings:
        assert (read.kind, read.start, read.end, read.recurrence) == (Kind.UNSCHEDULED, None, None, None)


@settings(deadline=None)
@given(TEXTS, PLANS)
def test_a_day_outside_the_plan_is_doubted_and_only_such_a_one(text: str, plan: Period) -> None:
    read = read_deadline(text, plan)

    outside = any(not plan.start <= day <= plan.end for day in (read.start, read.end) if day)
    assert (Doubt.OUTSIDE_PERIOD in read.warnings) == outside


@settings(deadline=None)
@given(st.sampled_from(phrases()), st.sampled_from(["  {} ", "{}.", "{},", "\n{}\n", "{} ;", "«{}»", "\u200b{}\ufeff"]))
def test_signs_and_spaces_around_a_phrase_change_nothing(phrase: Phrase, frame: str) -> None:
    assert _same(read_deadline(frame.format(phrase.text), PLAN), read_deadline(phrase.text, PLAN))


@settings(deadline=None)
@given(
    st.sampled_from(phrases()),
    st.sampled_from([str.upper, str.lower, lambda t: t.replace(" ", "\xa0"), str.title]),
)
def test_capitals_and_kinds_of_spaces_change_nothing(phrase: Phrase, change: object) -> None:
    changed = change(phrase.text)  # type: ignore[operator]

    assert _same(read_deadline(changed, PLAN), read_deadline(phrase.text, PLAN))


def _same(first: Deadline, second: Deadline) -> bool:
    return first.__class__ is second.__class__ and (
        (first.kind, first.start, first.end, first.recurrence, first.warnings)
        == (second.kind, second.start, second.end, second.recurrence, second.warnings)
    )


GENITIVES = ("января", "февраля", "марта", "апреля", "мая", "июня")
GENITIVES += ("июля", "августа", "сентября", "октября", "ноября", "декабря")
FORMATS = [
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day:%d/%m/%Y} г.",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.day} {GENITIVES[day.month - 1]} {day.year} года",
    lambda day: f"{day:%d}{GENITIVES[day.month - 1]}{day.year}г",
]


@settings(deadline=None)
@given(DAYS.filter(lambda day: day.year < 2070), st.sampled_from(FORMATS))
def test_a_written_day_is_read_back(day: dt.date, written: object) -> None:
    text = written(day)  # type: ignore[operator]

    assert read_deadline(f"до {text}", None) == Deadline(f"до {text}", Kind.BY_DATE, None, day)
    assert read_deadline(text, None) == Deadline(text, Kind.BY_DATE, day, day)


@settings(deadline=None)
@given(DAYS.filter(lambda day: day.year < 2070), st.integers(0, 400), st.sampled_from(FORMATS), st.booleans())
def test_a_written_range_is_read_back(day: dt.date, length: int, written: object, words: bool) -> None:
    last = day + dt.timedelta(days=length)
    if last.year >= 2070:
        return
    first, second = written(day), written(last)  # type: ignore[operator]
    text = f"с {first} по {second}" if words else f"{first} – {second}"

    read = read_deadline(text, None)

    assert (read.kind, read.start, read.end, read.warnings) == (Kind.RANGE, day, last, ())


@pytest.mark.parametrize(("form", "code"), MONTH_WORDS.items())
def test_every_form_of_every_month_is_a_month(form: str, code: str) -> None:
    month = int(code[1:])

    read = read_deadline(f"{form} 2023", None)

    last = calendar.monthrange(2023, month)[1]
    assert (read.kind, read.start, read.end) == (Kind.MONTH, dt.date(2023, month, 1), dt.date(2023, month, last))
    assert read.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "до " * 40_000,
        "1 " * 50_000,
        "а" * 100_000,
        "1.1." * 25_000,
        "-" * 100_000,
        "(в " * 33_000,
        "1" * 100_000,
        "сентябрь " * 11_000,
        " " * 100_000 + "x",
        "раз в " * 16_000,
        "в течение " * 10_000,
        "\n-" * 50_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_very_long_text_is_cut_and_said_to_be(text: str) -> None:
    read = read_deadline(text, PLAN)

    assert read.text == text
    assert set(read.warnings) & {Doubt.TOO_LONG, Doubt.EMPTY}


def test_the_grammar_needs_no_framework() -> None:
    code = (
        "import sys, mentoring_reports.roadmaps.deadlines;"
        "print([name for name in ('django', 'wagtail') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
