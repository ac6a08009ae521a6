"""Activities that come back: their times, ticked one by one, kept whatever happens to the deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from mentoring_reports.clock import pretend
from mentoring_reports.roadmaps import actions
from mentoring_reports.roadmaps.enums import DeadlineKind, Status
from mentoring_reports.roadmaps.errors import ActivityCancelled, ActivityDone, DoneInFuture, TimeNotBegun, TimesDone
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem
from mentoring_reports.roadmaps.year import ticking
from mentoring_reports.roadmaps.year.confirming import Confirmation
from mentoring_reports.roadmaps.year.following import follow_period
from mentoring_reports.roadmaps.year.occurrences import sync_items, sync_occurrences
from mentoring_reports.roadmaps.year.times import MOST_TIMES

from .factories import make_item, make_recurring, make_roadmap, make_section

pytestmark = pytest.mark.usefixtures("in_alpha")
DAY = dt.timedelta(days=1)
QUARTERS = [
    (dt.date(2024, 9, 1), dt.date(2024, 12, 31)),
    (dt.date(2025, 1, 1), dt.date(2025, 3, 31)),
    (dt.date(2025, 4, 1), dt.date(2025, 6, 30)),
    (dt.date(2025, 7, 1), dt.date(2025, 8, 31)),
]
ON = dt.date(2025, 2, 10)  # in the second quarter


@pytest.fixture(autouse=True)
def in_the_plan() -> Iterator[None]:
    """Act late in the school year 2024/25."""
    with pretend(dt.date(2025, 6, 20)):
        yield


def windows(item: RoadmapItem) -> list[tuple[dt.date, dt.date]]:
    return [(row.starts_on, row.ends_on) for row in item.occurrences.all()]


def ticked(item: RoadmapItem) -> list[dt.date | None]:
    return [row.done_on for row in item.occurrences.all()]


def again(item: RoadmapItem) -> RoadmapItem:
    return RoadmapItem.objects.select_related("section__roadmap").get(pk=item.pk)


def tick(item: RoadmapItem, number: int, on: dt.date = ON) -> Occurrence:
    return ticking.complete_occurrence(occurrence=item.occurrences.all()[number], by=None, on=on)


def test_a_quarterly_activity_of_a_school_year_has_four_times() -> None:
    assert windows(make_recurring()) == QUARTERS


def test_an_activity_that_comes_once_has_none() -> None:
    item = make_item()
    sync_occurrences(item=item)
    assert windows(item) == []


def test_its_own_dates_narrow_the_times() -> None:
    item = make_recurring(every="month", starts_on=dt.date(2024, 10, 1), ends_on=dt.date(2024, 12, 31))
    assert len(windows(item)) == 3


def test_days_are_ticked_by_the_month_and_weeks_each_by_itself() -> None:
    daily, weekly = make_recurring(every="day"), make_recurring(every="week")
    assert len(windows(daily)) == 12
    assert windows(daily)[0] == (dt.date(2024, 9, 1), dt.date(2024, 9, 30))
    assert 50 <= len(windows(weekly)) <= MOST_TIMES


def test_a_mistyped_year_makes_no_tens_of_thousands_of_times() -> None:
    item = make_recurring(every="month", starts_on=dt.date(2024, 10, 1), ends_on=dt.date(9999, 12, 31))
    assert len(windows(item)) <= 20 * 12 + 1


def test_making_the_times_again_changes_nothing() -> None:
    item = make_recurring()
    tick(item, 0)
    before = list(Occurrence.objects.order_by("pk").values_list())
    for _run in range(2):
        sync_occurrences(item=item)
    assert list(Occurrence.objects.order_by("pk").values_list()) == before


def test_the_activity_is_done_when_its_last_time_is_on_that_day() -> None:
    item = make_recurring()
    for number in (3, 0, 1):
        tick(item, number, ON - DAY * number)
        assert again(item).status == Status.IN_PROGRESS
    tick(item, 2, ON + DAY)
    assert (again(item).status, again(item).done_on) == (Status.DONE, ON + DAY)


def test_taking_one_mark_back_reopens_the_activity_and_keeps_the_others_and_the_evidence() -> None:
    item = make_recurring()
    actions.mark_done(item=item, by=None)  # the quarter that has not begun stays open
    last = ticking.complete_occurrence(
        occurrence=item.occurrences.all()[3], by=None, on=ON, confirmation=Confirmation(evidence_note="Справка")
    )
    assert again(item).is_done

    ticking.reopen_occurrence(occurrence=last, by=None)

    assert again(item).status == Status.IN_PROGRESS
    assert again(item).done_on is None
    assert ticked(item)[3] is None
    assert None not in ticked(item)[:3]
    assert Occurrence.objects.get(pk=last.pk).evidence_note == "Справка"


def test_marking_the_whole_ticks_what_has_begun_and_keeps_earlier_days() -> None:
    item = make_recurring()
    tick(item, 0, QUARTERS[0][0])

    actions.mark_done(item=item, by=None, on=ON)

    assert ticked(item) == [QUARTERS[0][0], ON, None, None]
    assert item.status == Status.IN_PROGRESS


def test_marking_the_whole_is_refused_where_nothing_has_begun() -> None:
    item = make_recurring()
    with pytest.raises(TimeNotBegun):
        actions.mark_done(item=item, by=None, on=QUARTERS[0][0] - DAY)
    assert set(ticked(item)) == {None}


def test_a_whole_that_is_done_time_by_time_is_not_reopened_at_once() -> None:
    item = make_recurring(every="year")
    actions.mark_done(item=item, by=None)
    with pytest.raises(TimesDone):
        actions.reopen_item(item=item, by=None)
    assert again(item).is_done


def test_no_time_is_done_in_the_future_nor_of_a_cancelled_activity() -> None:
    item = make_recurring()
    with pytest.raises(DoneInFuture):
        tick(item, 0, dt.date(2025, 6, 21))
    actions.cancel_item(item=item, by=None)
    with pytest.raises(ActivityCancelled):
        tick(item, 0)
    assert set(ticked(item)) == {None}


def test_cancelling_and_reopening_keeps_the_marks() -> None:
    item = make_recurring()
    tick(item, 0)
    actions.cancel_item(item=item, by=None)
    assert again(item).cancelled_on == dt.date(2025, 6, 20)

    actions.reopen_item(item=item, by=None)

    assert (again(item).status, again(item).cancelled_on) == (Status.IN_PROGRESS, None)
    assert ticked(item)[0] == ON


def test_what_is_done_is_not_cancelled_in_one_step() -> None:
    item = actions.mark_done(item=make_item(), by=None)
    with pytest.raises(ActivityDone):
        actions.cancel_item(item=item, by=None)
    assert again(item).done_on is not None


def test_a_double_click_leaves_one_entry_and_the_history_names_the_time() -> None:
    item = make_recurring()
    tick(item, 1)
    tick(item, 1)
    entries = ModelLogEntry.objects.for_instance(item).filter(action="mentoring_roadmaps.time_done")
    [entry] = entries
    assert "01.01.2025 – 31.03.2025" in str(entry.message)
    assert "10.02.2025" in str(entry.message)


def test_a_moved_period_moves_ticked_times_along_and_loses_none() -> None:
    item = make_recurring()
    tick(item, 0)
    item.starts_on = dt.date(2024, 9, 15)
    item.save()

    sync_occurrences(item=item)

    assert windows(item) == [(dt.date(2024, 9, 15), QUARTERS[0][1]), *QUARTERS[1:]]
    assert ticked(item) == [ON, None, None, None]


def test_another_rhythm_keeps_every_mark() -> None:
    item = make_recurring(every="month")
    for number in range(3):
        tick(item, number, ON - DAY * number)
    item.recurrence = {"every": "quarter"}
    item.save()

    sync_occurrences(item=item)

    assert sorted(filter(None, ticked(item))) == [ON - DAY * 2, ON - DAY, ON]
    assert set(windows(item)) >= set(QUARTERS)


def test_what_comes_back_no_more_keeps_its_marks_beside_one_time_to_be_done() -> None:
    item = make_recurring()
    mark = tick(item, 0)
    RoadmapItem.objects.filter(pk=item.pk).update(recurrence=None, ends_on=dt.date(2025, 5, 31))

    sync_occurrences(item=again(item))

    assert windows(item) == [QUARTERS[0], (dt.date(2024, 9, 1), dt.date(2025, 5, 31))]
    assert again(item).status == Status.IN_PROGRESS
    ticking.reopen_occurrence(occurrence=mark, by=None)
    assert windows(item) == []


def test_an_activity_done_as_a_whole_keeps_its_day_when_it_gets_times() -> None:
    item = make_item(status=Status.DONE, done_on=ON, ends_on=None, recurrence={"every": "quarter"})

    sync_occurrences(item=item)

    assert ticked(item) == [ON, ON, None, None]
    assert item.status == again(item).status == Status.IN_PROGRESS


def test_times_follow_the_roadmaps_period_and_so_does_what_lasts_all_of_it() -> None:
    roadmap = make_roadmap()
    section = make_section(roadmap)
    whole = {"starts_on": roadmap.period_start, "ends_on": roadmap.period_end}
    item = make_recurring(section, **whole)
    lasting = make_item(section, deadline_kind=DeadlineKind.WHOLE_PERIOD, **whole)
    dated = make_item(section, **whole)
    before = (roadmap.period_start, roadmap.period_end)
    Roadmap.objects.update(period_end=dt.date(2025, 12, 31))

    follow_period(roadmap=Roadmap.objects.get(), before=before, by=None)

    assert windows(item)[-1][1] == dt.date(2025, 12, 31)
    assert again(lasting).ends_on == dt.date(2025, 12, 31)
    assert again(dated).ends_on == before[1]


def test_many_activities_get_their_times_in_a_fixed_number_of_statements() -> None:
    def statements(number: int) -> int:
        section = make_section()
        items = [
            make_item(section, ends_on=None, recurrence={"every": "month"}, deadline_kind="recurring")
            for _ in range(number)
        ]
        with CaptureQueriesContext(connection) as captured:
            sync_items(items=RoadmapItem.objects.filter(pk__in=[item.pk for item in items]))
        assert Occurrence.objects.filter(item__in=items).count() == 12 * number
        return len(captured)

    assert statements(1) == statements(9)


def migration() -> ModuleType:
    return import_module("mentoring_reports.roadmaps.migrations.0004_times")


def test_activities_that_came_back_already_get_their_times_when_the_portal_is_upgraded() -> None:
    recurring = {"ends_on": None, "recurrence": {"every": "quarter"}, "deadline_kind": "recurring"}
    done = make_item(status=Status.DONE, done_on=ON, **recurring)
    early = make_item(status=Status.DONE, done_on=QUARTERS[0][0] - DAY, **recurring)
    waiting, once = make_item(**recurring), make_item()

    for _run in range(2):
        migration().make_occurrences(apps, None)

    assert ticked(done) == [ON, ON, None, None]
    assert ticked(early) == [QUARTERS[0][0] - DAY, None, None, None]
    assert (windows(waiting), windows(once)) == (QUARTERS, [])
    assert again(done).status == again(early).status == Status.IN_PROGRESS
    assert again(waiting).status == Status.PLANNED


def test_the_day_of_cancelling_is_taken_from_the_history_when_the_portal_is_upgraded() -> None:
    known, unknown = make_item(), make_item(status=Status.CANCELLED)
    actions.cancel_item(item=known, by=None)
    RoadmapItem.objects.update(cancelled_on=ON)

    migration().date_cancelled(apps, None)

    moment = ModelLogEntry.objects.for_instance(known).get().timestamp
    assert again(known).cancelled_on == timezone.localdate(moment)
    assert again(unknown).cancelled_on == unknown.section.roadmap.period_start


@pytest.mark.parametrize(
    "days",
    [
        {"starts_on": dt.date(205, 9, 1)},
        {"ends_on": dt.date(9999, 12, 31)},
        {"starts_on": dt.date(1, 1, 1), "ends_on": dt.date(9999, 12, 31)},
    ],
)
def test_a_slip_in_a_year_makes_no_thousand_times(days: dict[str, dt.date]) -> None:
    item = make_recurring(every="week", **days)
    assert 30 < item.occurrences.count() <= MOST_TIMES


def test_a_plan_of_eight_thousand_years_has_times_in_its_first_ones() -> None:
    section = make_section(make_roadmap(period_start=dt.date(1, 1, 1), period_end=dt.date(9999, 12, 31)))
    assert make_recurring(section, every="day").occurrences.count() <= 150


def test_what_counts_from_the_first_day_follows_it_unless_set_by_hand() -> None:
    roadmap = make_roadmap()
    section, before = make_section(roadmap), (roadmap.period_start, roadmap.period_end)
    phrase = {"deadline_text": "до конца второй недели", "deadline_kind": DeadlineKind.RELATIVE}
    counted = make_item(section, ends_on=dt.date(2024, 9, 14), **phrase)
    by_hand = make_item(section, ends_on=dt.date(2024, 9, 20), **phrase)
    roadmap.period_start = dt.date(2024, 10, 1)
    roadmap.save()

    follow_period(roadmap=roadmap, before=before, by=None)

    ends = RoadmapItem.objects.in_bulk()
    assert ends[counted.pk].ends_on == dt.date(2024, 10, 14)
    assert ends[by_hand.pk].ends_on == dt.date(2024, 9, 20)
