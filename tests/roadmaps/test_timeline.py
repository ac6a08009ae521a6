"""Stretches of days and the geometry of the timeline: pure, without a database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring_reports.roadmaps.recurrence import Recurrence
from mentoring_reports.roadmaps.year import timeline
from mentoring_reports.roadmaps.year.stretches import Stretch
from mentoring_reports.roadmaps.year.timeline import MARGIN, Scale, picture
from mentoring_reports.roadmaps.year.times import MOST_TIMES, Time, windows_of

START, END = dt.date(2024, 9, 1), dt.date(2025, 8, 31)
DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(
    ("stretch", "day", "first", "last"),
    [
        (Stretch.WEEK, "2025-02-10", "2025-02-10", "2025-02-16"),
        (Stretch.WEEK, "2025-02-16", "2025-02-16", "2025-02-16"),
        (Stretch.WEEK, "2024-12-31", "2024-12-31", "2025-01-05"),
        (Stretch.MONTH, "2024-02-29", "2024-02-01", "2024-02-29"),
        (Stretch.NEXT, "2025-01-31", "2025-02-01", "2025-02-28"),
        (Stretch.NEXT, "2024-12-01", "2025-01-01", "2025-01-31"),
    ],
)
def test_a_stretch_is_these_days(stretch: Stretch, day: str, first: str, last: str) -> None:
    assert stretch.days(dt.date.fromisoformat(day)) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_an_unknown_stretch_is_all() -> None:
    assert Stretch.of("'; DROP TABLE") is Stretch.ALL


@pytest.mark.parametrize(("last", "months"), [(END, 12), (dt.date(2026, 8, 31), 24)])
def test_months_touch_each_other_and_fill_the_width(last: dt.date, months: int) -> None:
    scale = Scale.over(START, last, [])
    columns = scale.months()
    assert len(columns) == months
    assert columns[0].x == MARGIN
    assert columns[-1].x + columns[-1].width == pytest.approx(MARGIN + scale.width, abs=0.2)
    assert min(column.width for column in columns) > 26
    assert sum(column.is_first for column in columns) == months // 12 + 1


@given(st.lists(st.tuples(st.none() | DAYS, DAYS, st.none() | DAYS), max_size=8), DAYS)
def test_every_mark_lies_within_the_picture(
    found: list[tuple[dt.date | None, dt.date, dt.date | None]], day: dt.date
) -> None:
    times = [Time(min(start, due) if start else None, due, done) for start, due, done in found]
    scale = Scale.over(START, END, [time.due_on for time in times])
    drawn = picture(scale, [("1", "Дело " * 50, False, times)], day)
    for mark in drawn.lanes[0].marks:
        assert MARGIN <= mark.x <= mark.x_end <= drawn.width
    assert len(drawn.lanes[0].label) <= timeline.LONGEST_LABEL


@pytest.mark.parametrize(
    ("due", "done", "cancelled", "state"),
    [(-1, None, False, "overdue"), (0, None, False, "open"), (0, 0, False, "done"), (-1, 0, False, "late"),
     (-1, None, True, "cancelled"), (-1, -1, True, "done")],
)  # fmt: skip
def test_a_state_has_a_shape(due: int, done: int | None, cancelled: bool, state: str) -> None:
    day = dt.date(2025, 2, 12)
    time = Time(None, day + dt.timedelta(due), None if done is None else day + dt.timedelta(done))
    assert timeline.state_of_mark(time, day, is_cancelled=cancelled) == state


@given(st.sampled_from(["day", "week", "month", "quarter"]), st.integers(1, 4), DAYS, st.integers(0, 800))
def test_times_are_never_too_many_to_tick_and_are_in_order(every: str, times: int, first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days=days)
    windows = windows_of(Recurrence(every, times=times), first, last)  # type: ignore[arg-type]
    assert len(windows) <= MOST_TIMES
    assert windows == sorted(windows)
    assert all(first <= start <= end <= last for start, end in windows)
