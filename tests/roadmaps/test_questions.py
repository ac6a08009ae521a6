"""The roadmap's dated questions, on the days that matter."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring_reports.roadmaps.deadline_entry.readings import DeadlineReading
from mentoring_reports.roadmaps.enums import DeadlineKind, Status
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem
from mentoring_reports.roadmaps.progress import Progress
from mentoring_reports.roadmaps.year.board import state_of

from .factories import make_item, make_roadmap, make_section

pytestmark = pytest.mark.usefixtures("in_alpha")
DAY = dt.timedelta(days=1)
DUE = dt.date(2024, 10, 1)
END = dt.date(2025, 8, 31)


def test_an_item_is_overdue_from_the_day_after_its_last() -> None:
    item = make_item(ends_on=DUE)

    assert [RoadmapItem.objects.overdue_on(day).exists() for day in (DUE, DUE + DAY)] == [False, True]
    assert [item.is_overdue(day) for day in (DUE, DUE + DAY)] == [False, True]


def test_an_item_is_due_from_its_last_day() -> None:
    make_item(ends_on=DUE)

    assert [RoadmapItem.objects.due_by(day).exists() for day in (DUE - DAY, DUE)] == [False, True]
    assert not RoadmapItem.objects.due_by(DUE, since=DUE + DAY).exists()


def test_an_item_without_a_last_day_is_due_when_the_roadmap_ends() -> None:
    item = make_item(ends_on=None, deadline_kind=DeadlineKind.WHOLE_PERIOD)

    assert item.due_on == END
    assert [RoadmapItem.objects.due_by(day).exists() for day in (END - DAY, END)] == [False, True]
    assert [RoadmapItem.objects.overdue_on(day).exists() for day in (END, END + DAY)] == [False, True]


def test_an_item_done_later_was_overdue_before() -> None:
    item = make_item(ends_on=DUE, status=Status.DONE, done_on=DUE + 5 * DAY)

    assert [RoadmapItem.objects.overdue_on(DUE + n * DAY).exists() for n in (4, 5, 6)] == [True, False, False]
    assert [item.is_overdue(DUE + n * DAY) for n in (4, 5, 6)] == [True, False, False]
    assert [RoadmapItem.objects.done_by(DUE + n * DAY).exists() for n in (4, 5)] == [False, True]


def test_on_time_is_by_the_last_day() -> None:
    on_time = make_item(ends_on=DUE, status=Status.DONE, done_on=DUE)
    late = make_item(ends_on=DUE, status=Status.DONE, done_on=DUE + DAY)

    assert list(RoadmapItem.objects.done_on_time()) == [on_time]
    assert (on_time.was_late, late.was_late) == (False, True)


def test_a_cancelled_item_is_not_counted() -> None:
    item = make_item(ends_on=DUE, status=Status.CANCELLED)

    assert not RoadmapItem.objects.due_by(DUE).exists()
    assert not RoadmapItem.objects.overdue_on(DUE + DAY).exists()
    assert not item.is_overdue(DUE + DAY)
    assert item.section.roadmap.progress(DUE).total == 0


def test_progress_counts_in_one_statement() -> None:
    section = make_section()
    make_item(section, ends_on=DUE, status=Status.DONE, done_on=DUE)
    make_item(section, ends_on=DUE)
    make_item(section, ends_on=None)
    make_item(section, status=Status.CANCELLED)
    make_item()

    with CaptureQueriesContext(connection) as captured:
        progress = section.roadmap.progress(DUE + DAY)

    assert len(captured) == 1
    assert progress == Progress(total=3, done=1, due=2, overdue=1, done_of_due=1)
    assert progress.share == pytest.approx(1 / 3)
    assert progress.percent == 33


def test_an_empty_roadmap_has_no_share() -> None:
    progress = make_roadmap().progress(DUE)

    assert (progress.total, progress.share, progress.percent) == (0, None, None)


def test_a_hundred_per_cent_means_everything() -> None:
    assert Progress(total=300, done=299, due=0, overdue=0, done_of_due=0).percent == 99


def test_published_and_current() -> None:
    roadmap = make_roadmap()
    make_roadmap(is_published=False)
    make_roadmap(period_start=dt.date(2023, 9, 1), period_end=dt.date(2024, 8, 31))

    assert [Roadmap.objects.published().current(day).first() == roadmap for day in (roadmap.period_start, END)] == [
        True,
        True,
    ]
    assert not Roadmap.objects.published().current(END + DAY).exists()


def test_the_listing_counts_as_the_roadmap_does() -> None:
    section = make_section()
    make_item(section, ends_on=DUE, status=Status.DONE, done_on=DUE)
    make_item(section, ends_on=None)
    make_item(section, ends_on=DUE)
    make_item(section, status=Status.CANCELLED)
    make_section(section.roadmap)

    [row] = Roadmap.objects.described_on(DUE + DAY)
    progress = row.progress(DUE + DAY)

    assert (row.item_number, row.items_done, row.items_overdue) == (progress.total, progress.done, progress.overdue)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    items=st.lists(st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9), st.booleans()), max_size=6),
    day=st.integers(0, 11),
)
def test_statements_and_rows_agree(items: list[tuple[int | None, int | None, bool]], day: int) -> None:
    start = dt.date(2025, 1, 1)
    today = start + day * DAY
    with transaction.atomic():
        roadmap = make_roadmap(period_start=start, period_end=start + 10 * DAY)
        sections = [make_section(roadmap), make_section(roadmap)]
        rows = [
            make_item(
                sections[number % 2],
                ends_on=None if ends is None else start + ends * DAY,
                status=Status.CANCELLED if cancelled else Status.PLANNED if done is None else Status.DONE,
                done_on=None if cancelled or done is None else start + done * DAY,
                cancelled_on=start if cancelled else None,
            )
            for number, (ends, done, cancelled) in enumerate(items)
        ]

        whole, parts = roadmap.progress(today), roadmap.items().progress_by_section(today).values()

        transaction.set_rollback(True)
    counted = [item for item in rows if not item.is_cancelled]
    assert whole.total == len(counted) == sum(part.total for part in parts)
    assert whole.overdue == sum(item.is_overdue(today) for item in rows) == sum(part.overdue for part in parts)
    assert whole.due == sum(item.due_on <= today for item in counted) == sum(part.due for part in parts)
    assert whole.done_of_due <= min(whole.done, whole.due)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": Status.DONE}, "roadmap_item_done_has_date"),
        ({"done_on": DUE}, "roadmap_item_done_has_date"),
        ({"starts_on": DUE + DAY}, "roadmap_item_ends_not_before_starts"),
    ],
)
def test_contradictions_are_refused_by_the_database(changes: dict[str, object], constraint: str) -> None:
    make_item(ends_on=DUE)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoadmapItem.objects.update(**changes)


def test_a_period_out_of_order_is_refused_by_the_database() -> None:
    make_roadmap()

    with pytest.raises(IntegrityError, match="roadmap_period_in_order"), transaction.atomic():
        Roadmap.objects.update(period_end=dt.date(2024, 8, 31))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "reading"),
    [
        (None, DUE, "01.10.2024"),
        (DUE, END, "31.08.2025"),
        (DUE, None, "01.10.2024"),
        (None, None, str(DeadlineKind.RECURRING.label)),
    ],
)
def test_a_deadline_is_read_beside_its_text(starts_on: dt.date | None, ends_on: dt.date | None, reading: str) -> None:
    assert reading in DeadlineReading("1 раз в квартал", DeadlineKind.RECURRING, starts_on, ends_on).reading


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ends_on": DUE}, "overdue"),
        ({"ends_on": END}, "planned"),
        ({"ends_on": END, "status": Status.IN_PROGRESS}, "in_progress"),
        ({"ends_on": DUE, "status": Status.CANCELLED}, "cancelled"),
        ({"ends_on": DUE, "status": Status.DONE, "done_on": DUE}, "done"),
        ({"ends_on": DUE, "status": Status.DONE, "done_on": DUE + DAY}, "late"),
    ],
)
def test_a_state_is_a_word_and_an_icon(fields: dict[str, object], code: str) -> None:
    state = state_of(make_item(**fields), DUE + DAY)

    assert (state.code, bool(state.label), bool(state.icon)) == (code, True, True)
