"""Changes of an activity's state: guarded, repeatable, and always in the history."""

from __future__ import annotations

import datetime as dt

import pytest
from wagtail.models import ModelLogEntry

from mentoring_reports.clock import today
from mentoring_reports.roadmaps import actions
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.errors import ActivityCancelled, DoneInFuture
from mentoring_reports.roadmaps.models import RoadmapItem

from .factories import make_item

pytestmark = pytest.mark.usefixtures("in_alpha")
DAY = dt.timedelta(days=1)


def logged(item: RoadmapItem) -> list[str]:
    """Return the actions in the item's history, the first first."""
    return [entry.action for entry in ModelLogEntry.objects.for_instance(item).order_by("pk")]


def test_done_is_dated_today_by_default() -> None:
    item = actions.mark_done(item=make_item(), by=None)

    assert (item.status, item.done_on) == (Status.DONE, today())
    assert RoadmapItem.objects.get().done_on == today()


def test_done_may_be_dated_back() -> None:
    item = actions.mark_done(item=make_item(), by=None, on=today() - DAY)

    assert item.done_on == today() - DAY


def test_done_in_the_future_is_refused() -> None:
    item = make_item()

    with pytest.raises(DoneInFuture):
        actions.mark_done(item=item, by=None, on=today() + DAY)

    assert logged(item) == []


def test_a_cancelled_item_is_reopened_first() -> None:
    item = actions.cancel_item(item=make_item(), by=None)

    with pytest.raises(ActivityCancelled):
        actions.mark_done(item=item, by=None)

    actions.reopen_item(item=item, by=None)
    assert actions.mark_done(item=item, by=None).is_done


def test_reopening_takes_the_date_away() -> None:
    item = actions.mark_done(item=make_item(), by=None)

    actions.reopen_item(item=item, by=None)

    assert (item.status, item.done_on) == (Status.PLANNED, None)


def test_a_double_click_leaves_one_entry() -> None:
    item = make_item()

    actions.mark_done(item=item, by=None)
    actions.mark_done(item=item, by=None)

    assert logged(item) == ["mentoring_roadmaps.done"]


def test_every_change_is_kept_with_what_was_before() -> None:
    item = make_item()

    actions.start_item(item=item, by=None)
    actions.mark_done(item=item, by=None)
    actions.reopen_item(item=item, by=None)
    actions.cancel_item(item=item, by=None)

    assert logged(item) == [f"mentoring_roadmaps.{name}" for name in ("start", "done", "reopen", "cancel")]
    entries = ModelLogEntry.objects.for_instance(item).order_by("pk")
    assert [(entry.data["from"], entry.data["to"]) for entry in entries] == [
        ("planned", "in_progress"),
        ("in_progress", "done"),
        ("done", "planned"),
        ("planned", "cancelled"),
    ]
    assert all(entry.message for entry in entries)


def test_a_stale_item_is_judged_by_what_is_in_the_database() -> None:
    item = make_item()
    stale = RoadmapItem.objects.get()
    actions.cancel_item(item=item, by=None)

    with pytest.raises(ActivityCancelled):
        actions.mark_done(item=stale, by=None)
