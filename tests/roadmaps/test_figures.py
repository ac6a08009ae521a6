"""Figures as of any day, against counting by hand: each time by itself, dates alone deciding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem
from mentoring_reports.roadmaps.progress import Progress

from .factories import make_item, make_recurring, make_roadmap, make_section

pytestmark = pytest.mark.usefixtures("in_alpha")
START = dt.date(2025, 1, 1)
DAY = dt.timedelta(days=1)
LENGTH = 12
OFFSET = st.integers(0, LENGTH + 2)
MAYBE = st.none() | OFFSET
ACTIVITY = st.fixed_dictionaries(
    {
        "ends": MAYBE,
        "done": MAYBE,
        "cancelled": MAYBE,
        "times": st.lists(st.tuples(OFFSET, MAYBE), max_size=3, unique_by=lambda time: time[0]),
    }
)


def on(number: int | None) -> dt.date | None:
    return None if number is None else START + number * DAY


def by_hand(activities: list[dict[str, Any]], day: dt.date) -> Progress:
    """Count without a database."""
    times = []
    for activity in activities:
        cancelled = on(activity["cancelled"])
        if cancelled and cancelled <= day:
            continue
        own = on(activity["ends"]) or START + LENGTH * DAY
        done = None if cancelled else on(activity["done"])
        times += [(on(due), on(ticked)) for due, ticked in activity["times"]] or [(own, done)]
    done_by = [(due, bool(done and done <= day)) for due, done in times]
    return Progress(
        total=len(times),
        done=sum(done for _due, done in done_by),
        due=sum(due <= day for due, _done in done_by),
        overdue=sum(due < day and not done for due, done in done_by),
        done_of_due=sum(due <= day and done for due, done in done_by),
    )


def write(section: Any, activity: dict[str, Any]) -> RoadmapItem:
    cancelled, done = on(activity["cancelled"]), on(activity["done"])
    state: dict[str, Any] = {"status": Status.PLANNED}
    if cancelled:
        state = {"status": Status.CANCELLED, "cancelled_on": cancelled}
    elif done:
        state = {"status": Status.DONE, "done_on": done}
    item = make_item(section, ends_on=on(activity["ends"]), **state)
    for due, ticked in activity["times"]:
        Occurrence.objects.create(item=item, starts_on=on(due), ends_on=on(due), done_on=on(ticked))
    return item


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(activities=st.lists(ACTIVITY, max_size=5), number=st.integers(-1, LENGTH + 3), draft=st.booleans())
def test_every_way_of_counting_agrees_with_counting_by_hand(
    activities: list[dict[str, Any]], number: int, draft: bool
) -> None:
    day = START + number * DAY
    with transaction.atomic():
        roadmap = make_roadmap(period_start=START, period_end=START + LENGTH * DAY, is_draft=draft)
        sections = [make_section(roadmap), make_section(roadmap)]
        for place, activity in enumerate(activities):
            write(sections[place % 2], activity)
        items = RoadmapItem.objects.filter(section__roadmap=roadmap)
        due = items.due_by(day)

        whole, parts = roadmap.progress(day), items.progress_by_section(day)
        [listed] = Roadmap.objects.filter(pk=roadmap.pk).described_on(day)
        counts = (due.count(), len(due), due.done_by(day).count(), items.overdue_on(day).count())
        on_time = due.done_by(day).done_on_time().count()
        rows = [(row.due, row.time_done_on) for row in due]
        late = {item.pk for item in items.with_times() if item.is_overdue(day)} if not draft else set()
        late_in_sql = set(items.having(RoadmapItem.objects.overdue_on(day)).values_list("pk", flat=True))

        transaction.set_rollback(True)
    expected = by_hand([] if draft else activities, day)
    assert whole == expected
    assert (listed.item_number, listed.items_done, listed.items_overdue) == (
        expected.total,
        expected.done,
        expected.overdue,
    )
    assert expected.total == sum(part.total for part in parts.values())
    assert expected.done_of_due == sum(part.done_of_due for part in parts.values())
    assert counts == (expected.due, expected.due, expected.done_of_due, expected.overdue)
    assert on_time == sum(bool(done and done <= day and done <= due_on) for due_on, done in rows)
    assert late == late_in_sql


def test_progress_is_one_statement_with_times_too() -> None:
    item = make_recurring()
    with CaptureQueriesContext(connection) as captured:
        progress = item.section.roadmap.progress(dt.date(2025, 1, 15))
    assert len(captured) == 1
    assert progress == Progress(total=4, done=0, due=1, overdue=1, done_of_due=0)


def test_a_draft_is_published_nowhere() -> None:
    roadmap = make_roadmap(is_draft=True)
    make_item(make_section(roadmap))
    assert not Roadmap.objects.published().exists()
    assert not RoadmapItem.objects.published().exists()
    assert not roadmap.is_public
