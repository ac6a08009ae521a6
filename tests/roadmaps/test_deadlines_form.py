"""A curator types a deadline: the portal reads it, says so, and leaves alone what was set by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.roadmaps.models import RoadmapItem
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, login

from .factories import make_item

READ = "/admin/roadmap-items/deadline/"


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    """Return the first school's curator."""
    return login(alpha, CURATOR)


@pytest.fixture
def item(alpha: Organisation) -> RoadmapItem:
    """Return an activity by 1 October 2024, in the roadmap of the school year 2024/25."""
    with tenant_context(alpha):
        return make_item()


def posted(item: RoadmapItem, **fields: Any) -> dict[str, Any]:
    """Return what the form of the activity posts when nothing is changed but `fields`."""
    same = {
        "section": item.section_id,
        "activity": item.activity,
        "responsible": item.responsible,
        "deadline_text": item.deadline_text,
        "deadline_kind": item.deadline_kind,
        "starts_on": item.starts_on or "",
        "ends_on": item.ends_on or "",
        "status": "planned",
    }
    return same | fields


def added(alpha: Organisation, curator: Client, item: RoadmapItem, **fields: Any) -> RoadmapItem:
    """Add an activity through the form and return it."""
    empty = {"activity": "Новое", "starts_on": "", "ends_on": "", "deadline_kind": "by_date"}
    response = curator.post("/admin/roadmap-items/new/", posted(item, **(empty | fields)))
    assert response.status_code == 302, response.context["form"].errors
    with tenant_context(alpha):
        return RoadmapItem.objects.get(activity="Новое")


def changed(alpha: Organisation, curator: Client, item: RoadmapItem, **fields: Any) -> RoadmapItem:
    """Change the activity through the form and return it."""
    response = curator.post(f"/admin/roadmap-items/edit/{item.pk}/", posted(item, **fields))
    assert response.status_code == 302, response.context["form"].errors
    with tenant_context(alpha):
        return RoadmapItem.objects.get(pk=item.pk)


def test_the_reading_comes_while_one_types(curator: Client, item: RoadmapItem) -> None:
    answer = curator.get(READ, {"text": "Октябрь-ноябрь", "section": item.section_id}).json()

    assert (answer["kind"], answer["start"], answer["end"]) == ("month_range", "2024-10-01", "2024-11-30")
    assert answer["warnings"] == ["year_inferred"]
    assert len(answer["doubts"]) == 1
    assert "01.10.2024" in answer["reading"]
    assert (answer["shown_start"], answer["shown_end"]) == ("01.10.2024", "30.11.2024")


@pytest.mark.parametrize("section", ["", "0", "x", "9" * 30, "²", "-1"])
def test_a_section_that_is_none_gives_a_reading_without_a_period(curator: Client, section: str) -> None:
    answer = curator.get(READ, {"text": "Октябрь", "section": section}).json()

    assert (answer["kind"], answer["start"], answer["warnings"]) == ("month", None, ["year_unknown"])


def test_a_section_of_another_school_lends_no_period(beta: Organisation, curator: Client) -> None:
    with tenant_context(beta):
        theirs = make_item()

    assert curator.get(READ, {"text": "Октябрь", "section": theirs.section_id}).json()["start"] is None


def test_who_may_not_see_the_roadmap_gets_no_reading(alpha: Organisation, item: RoadmapItem) -> None:
    assert login(alpha, EDITOR).get(READ, {"text": "Октябрь"}).status_code == 302


def test_reading_writes_nothing(curator: Client) -> None:
    assert curator.post(READ, {"text": "Октябрь"}).status_code == 405


def test_a_new_deadline_is_read_on_saving(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    saved = added(alpha, curator, item, deadline_text="Октябрь–ноябрь 2024")

    assert saved.deadline_text == "Октябрь–ноябрь 2024"
    assert (saved.deadline_kind, saved.starts_on, saved.ends_on) == (
        "month_range",
        dt.date(2024, 10, 1),
        dt.date(2024, 11, 30),
    )


def test_the_recurrence_is_kept_with_the_activity(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    saved = added(alpha, curator, item, deadline_text="до 25 числа каждого месяца")

    assert (saved.deadline_kind, saved.recurrence) == ("recurring", {"every": "month", "day": 25})
    assert saved.recurs is not None


def test_what_is_not_understood_gets_no_dates(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    saved = added(alpha, curator, item, deadline_text="как получится")

    assert (saved.deadline_text, saved.deadline_kind, saved.starts_on, saved.ends_on, saved.recurrence) == (
        "как получится",
        "unscheduled",
        None,
        None,
        None,
    )


def test_dates_set_by_hand_stay(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    saved = added(alpha, curator, item, deadline_text="До марта 2025", ends_on="2025-03-31")

    assert (saved.deadline_kind, saved.starts_on, saved.ends_on) == ("by_date", None, dt.date(2025, 3, 31))


def test_a_kind_set_by_hand_stays(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    saved = added(alpha, curator, item, deadline_text="Октябрь 2024", deadline_kind="unscheduled")

    assert (saved.deadline_kind, saved.starts_on, saved.ends_on) == ("unscheduled", None, None)


def test_a_new_text_brings_new_dates_where_the_old_ones_were_read(
    alpha: Organisation, curator: Client, item: RoadmapItem
) -> None:
    saved = changed(alpha, curator, item, deadline_text="Декабрь 2024")

    assert (saved.deadline_kind, saved.starts_on, saved.ends_on) == (
        "month",
        dt.date(2024, 12, 1),
        dt.date(2024, 12, 31),
    )


def test_a_new_text_leaves_corrected_dates_alone(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    with tenant_context(alpha):
        RoadmapItem.objects.filter(pk=item.pk).update(ends_on=dt.date(2024, 10, 7))
        item.refresh_from_db()

    saved = changed(alpha, curator, item, deadline_text="До 01 октября 2024 года")

    assert saved.ends_on == dt.date(2024, 10, 7)


def test_saving_without_a_change_changes_nothing(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    with tenant_context(alpha):
        RoadmapItem.objects.filter(pk=item.pk).update(deadline_text="Ноябрь 2024", ends_on=None)
        item.refresh_from_db()

    saved = changed(alpha, curator, item)

    assert (saved.deadline_kind, saved.starts_on, saved.ends_on) == ("by_date", None, None)


def test_a_form_with_an_error_loses_nothing(curator: Client, item: RoadmapItem) -> None:
    response = curator.post(
        "/admin/roadmap-items/new/", posted(item, activity="", deadline_text="Октябрь", ends_on="", starts_on="")
    )

    assert response.status_code == 200
    assert "Октябрь" in response.content.decode()


def test_the_form_shows_the_reading_and_its_doubts(curator: Client, alpha: Organisation, item: RoadmapItem) -> None:
    with tenant_context(alpha):
        RoadmapItem.objects.filter(pk=item.pk).update(deadline_text="До марта 2025")

    page = curator.get(f"/admin/roadmap-items/edit/{item.pk}/").content.decode()

    assert "data-deadline-reading" in page
    assert "28.02.2025" in page
    assert page.count("deadline-reading__doubts") == 1


def test_participants_and_documents_of_an_activity_can_be_changed(
    alpha: Organisation, curator: Client, item: RoadmapItem
) -> None:
    saved = changed(alpha, curator, item, participants="Педагоги", documents="Положение")
    assert (saved.participants, saved.documents) == ("Педагоги", "Положение")


def test_as_much_is_read_as_the_field_holds(curator: Client) -> None:
    text = " " * 400 + "до 01.11.2024"
    assert curator.get(READ, {"text": text}).json()["end"] == "2024-11-01"


def test_a_new_text_takes_the_place_of_dates_that_a_template_counted(
    alpha: Organisation, curator: Client, item: RoadmapItem
) -> None:
    with tenant_context(alpha):
        days = {"starts_on": None, "ends_on": dt.date(2024, 9, 14)}
        RoadmapItem.objects.update(deadline_text="до конца второй недели", deadline_kind="relative", **days)
        item.refresh_from_db()

    saved = changed(alpha, curator, item, deadline_text="Октябрь 2024")

    assert (saved.deadline_kind, saved.ends_on) == ("month", dt.date(2024, 10, 31))
