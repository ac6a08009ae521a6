"""The roadmap in the admin: the board, one click and undo, filters, history, and who may see it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from mentoring_reports.clock import today
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem, RoadmapSection
from portal.tenants.models import Organisation
from tests.factories import CURATOR, DEPARTMENT, EDITOR, METHODIST, SUPERUSER, client_at, login

from .factories import make_item, make_roadmap, make_section

DAY = dt.timedelta(days=1)
REFUSED = 302  # to the admin's home, with a message
PATHS = ["/admin/roadmap/", "/admin/roadmaps/", "/admin/roadmap-items/", "/admin/roadmaps/new/"]


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    """Return the first school's curator."""
    return login(alpha, CURATOR)


@pytest.fixture
def item(alpha: Organisation) -> RoadmapItem:
    """Return an activity of a roadmap that is current today, overdue since yesterday."""
    with tenant_context(alpha):
        roadmap = make_roadmap(period_start=today() - 100 * DAY, period_end=today() + 100 * DAY)
        return make_item(make_section(roadmap), ends_on=today() - DAY)


def board(item: RoadmapItem) -> str:
    """Return the address of the item's board."""
    return f"/admin/roadmaps/{item.section.roadmap_id}/board/"


def reloaded(alpha: Organisation, item: RoadmapItem) -> RoadmapItem:
    """Return the item as the database has it."""
    with tenant_context(alpha):
        return RoadmapItem.objects.select_related("section__roadmap").get(pk=item.pk)


def test_the_menus_shortest_way_leads_to_the_current_roadmap(curator: Client, item: RoadmapItem) -> None:
    assert curator.get("/admin/roadmap/").headers["Location"] == board(item)


def test_without_a_roadmap_it_leads_to_the_empty_list(curator: Client) -> None:
    response = curator.get("/admin/roadmap/", follow=True)

    assert response.redirect_chain[-1][0] == "/admin/roadmaps/"
    assert response.status_code == 200


def test_the_board_shows_sections_deadlines_states_and_progress(
    alpha: Organisation, curator: Client, item: RoadmapItem
) -> None:
    with tenant_context(alpha):
        make_item(item.section, ends_on=today() + DAY, status=Status.DONE, done_on=today())

    page = curator.get(board(item)).content.decode()

    for text in (item.section.title, item.activity, "До 01.10.2024", "Куратор", '<progress value="1" max="2"'):
        assert text in page


def test_overdue_is_said_by_word_and_icon(curator: Client, item: RoadmapItem) -> None:
    response = curator.get(board(item))

    [state] = re.findall(r'board-state-overdue">(.*?)</span>', response.content.decode(), re.S)
    assert "icon-warning" in state
    assert re.sub("<.*?>", "", state, flags=re.S).strip()


def test_an_empty_roadmap_says_what_to_do(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        roadmap = make_roadmap()

    response = curator.get(f"/admin/roadmaps/{roadmap.pk}/board/")

    assert f"/admin/roadmaps/edit/{roadmap.pk}/" in response.content.decode()


def test_one_click_marks_done_today_and_comes_back(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    back = f"{board(item)}?deadline=overdue"

    response = curator.post(f"/admin/roadmap-items/{item.pk}/done/", {"next": back})

    assert response.headers["Location"] == back
    done = reloaded(alpha, item)
    assert (done.status, done.done_on) == (Status.DONE, today())


def test_undo_takes_it_back(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    curator.post(f"/admin/roadmap-items/{item.pk}/done/")

    response = curator.post(f"/admin/roadmap-items/{item.pk}/reopen/")

    assert response.headers["Location"] == board(item)
    assert reloaded(alpha, item).status == Status.PLANNED


def test_the_history_shows_who_did_what(curator: Client, item: RoadmapItem) -> None:
    curator.post(f"/admin/roadmap-items/{item.pk}/done/")
    curator.post(f"/admin/roadmap-items/{item.pk}/reopen/")

    response = curator.get(f"/admin/roadmap-items/history/{item.pk}/")

    entries = list(response.context["object_list"])
    assert [entry.action for entry in entries] == ["mentoring_roadmaps.reopen", "mentoring_roadmaps.done"]
    assert {entry.user.username for entry in entries} == {"curator"}
    assert all(str(entry.message) in response.content.decode() for entry in entries)


def test_a_state_is_changed_by_post_only(curator: Client, item: RoadmapItem) -> None:
    assert curator.get(f"/admin/roadmap-items/{item.pk}/done/").status_code == 405


def test_a_foreign_address_to_come_back_to_is_ignored(curator: Client, item: RoadmapItem) -> None:
    response = curator.post(f"/admin/roadmap-items/{item.pk}/done/", {"next": "https://elsewhere.test/"})

    assert response.headers["Location"] == board(item)


def test_a_cancelled_activity_is_not_done_in_one_click(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    with tenant_context(alpha):
        RoadmapItem.objects.update(status=Status.CANCELLED, cancelled_on=today())

    curator.post(f"/admin/roadmap-items/{item.pk}/done/")

    assert reloaded(alpha, item).status == Status.CANCELLED


@pytest.mark.parametrize("role", [EDITOR, None])
def test_without_the_permission_nothing_changes(alpha: Organisation, item: RoadmapItem, role: str | None) -> None:
    login(alpha, role).post(f"/admin/roadmap-items/{item.pk}/done/")

    assert reloaded(alpha, item).status == Status.PLANNED


def test_a_visitor_changes_nothing(alpha: Organisation, item: RoadmapItem) -> None:
    client_at(alpha).post(f"/admin/roadmap-items/{item.pk}/done/")

    assert reloaded(alpha, item).status == Status.PLANNED


def test_another_school_changes_only_its_own(alpha: Organisation, beta: Organisation, item: RoadmapItem) -> None:
    with tenant_context(beta):
        own = make_item()
        RoadmapItem.objects.filter(pk=own.pk).update(id=item.pk)

    login(beta, CURATOR).post(f"/admin/roadmap-items/{item.pk}/done/")

    assert reloaded(beta, item).status == Status.DONE
    assert reloaded(alpha, item).status == Status.PLANNED


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [METHODIST, DEPARTMENT, SUPERUSER])
def test_nobody_of_the_municipality_sees_a_roadmap(municipality: Organisation, role: str, path: str) -> None:
    response = login(municipality, role).get(path)

    assert response.status_code == REFUSED
    assert response.headers["Location"] == "/admin/"


@pytest.mark.parametrize("path", PATHS[1:])
def test_the_curator_sees_every_page(curator: Client, item: RoadmapItem, path: str) -> None:
    assert curator.get(path).status_code == 200


def shown(client: Client, item: RoadmapItem, query: str) -> set[str]:
    """Return the activities that the board shows."""
    blocks = client.get(f"{board(item)}?{query}").context["board"].blocks
    return {row.item.activity for block in blocks for row in block.rows}


def test_the_board_is_filtered_by_the_query_string(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    last = (today().replace(day=28) + 4 * DAY).replace(day=1) - DAY
    with tenant_context(alpha):
        make_item(item.section, activity="в этом месяце", ends_on=last, responsible="Директор")
        make_item(make_section(item.section.roadmap), activity="потом", ends_on=last + DAY)
        make_item(item.section, activity="идёт", ends_on=last + DAY, status=Status.IN_PROGRESS)

    assert shown(curator, item, "deadline=overdue") == {item.activity}
    assert "в этом месяце" in shown(curator, item, "deadline=month")
    assert "потом" not in shown(curator, item, "deadline=month")
    assert shown(curator, item, "responsible=Директор") == {"в этом месяце"}
    assert shown(curator, item, "status=in_progress") == {"идёт"}
    assert len(shown(curator, item, "status=nonsense")) == 4


def test_progress_is_of_the_whole_whatever_the_filter(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    with tenant_context(alpha):
        make_item(item.section, status=Status.DONE, done_on=today())

    response = curator.get(f"{board(item)}?status=done")

    assert response.context["board"].progress.total == 2


def test_the_board_costs_the_same_for_any_number_of_activities(
    alpha: Organisation, curator: Client, item: RoadmapItem
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert curator.get(board(item)).status_code == 200
        return len(captured)

    statements()
    few = statements()
    with tenant_context(alpha):
        for _ in range(3):
            section = make_section(item.section.roadmap)
            for _ in range(3):
                make_item(section)

    assert statements() == few


def item_data(item: RoadmapItem, **fields: Any) -> dict[str, Any]:
    """Return what the form of an activity posts."""
    return {
        "section": item.section_id,
        "activity": item.activity,
        "deadline_kind": "by_date",
        "status": "planned",
        **fields,
    }


def test_a_state_changed_in_the_form_is_in_the_history(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    data = item_data(item, status="done", done_on=today() - DAY, activity="Другое мероприятие")

    response = curator.post(f"/admin/roadmap-items/edit/{item.pk}/", data)

    assert response.headers["Location"] == board(item)
    saved = reloaded(alpha, item)
    assert (saved.activity, saved.status, saved.done_on) == ("Другое мероприятие", Status.DONE, today() - DAY)
    history = curator.get(f"/admin/roadmap-items/history/{item.pk}/").context["object_list"]
    assert {entry.action for entry in history} == {"wagtail.edit", "mentoring_roadmaps.done"}


def test_done_in_the_future_is_refused_at_the_date(curator: Client, item: RoadmapItem) -> None:
    data = item_data(item, status="done", done_on=today() + DAY)

    response = curator.post(f"/admin/roadmap-items/edit/{item.pk}/", data)

    assert "done_on" in response.context["form"].errors


def test_a_new_activity_is_added_to_its_section(alpha: Organisation, curator: Client, item: RoadmapItem) -> None:
    form = curator.get(f"/admin/roadmap-items/new/?section={item.section_id}").context["form"]
    assert form.initial["section"] == item.section_id

    curator.post("/admin/roadmap-items/new/", item_data(item, activity="Новое", status="done"))

    with tenant_context(alpha):
        added = RoadmapItem.objects.get(activity="Новое")
    assert (added.section_id, added.status, added.done_on) == (item.section_id, Status.DONE, today())


def roadmap_data(*sections: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return what the form of a roadmap posts."""
    initial = sum("id" in section for section in sections)
    return nested_form_data(
        {
            "title": "Дорожная карта",
            "period_start": dt.date(2024, 9, 1),
            "period_end": dt.date(2025, 8, 31),
            "sections": inline_formset(list(sections), initial=initial),
            **fields,
        }
    )


def test_a_roadmap_is_made_with_its_sections(alpha: Organisation, curator: Client) -> None:
    data = roadmap_data({"number": "1", "title": "Условия"}, {"number": "2", "title": "Наставники"})

    response = curator.post("/admin/roadmaps/new/", data)

    assert response.status_code == 302
    with tenant_context(alpha):
        assert [section.title for section in Roadmap.objects.get().sections.all()] == ["Условия", "Наставники"]


def test_a_period_out_of_order_is_refused_at_the_date(curator: Client) -> None:
    response = curator.post("/admin/roadmaps/new/", roadmap_data(period_end=dt.date(2024, 8, 31)))

    assert "period_end" in response.context["form"].errors


def test_a_slip_in_the_year_of_a_period_is_refused_at_the_date(curator: Client) -> None:
    response = curator.post("/admin/roadmaps/new/", roadmap_data(period_end=dt.date(9999, 8, 31)))

    assert "period_end" in response.context["form"].errors


def test_a_section_with_activities_is_not_deleted_in_passing(
    alpha: Organisation, curator: Client, item: RoadmapItem
) -> None:
    section = {"id": item.section_id, "title": item.section.title, "DELETE": True}

    response = curator.post(f"/admin/roadmaps/edit/{item.section.roadmap_id}/", roadmap_data(section))

    assert item.section.title in str(response.context["form"].errors)
    with tenant_context(alpha):
        assert RoadmapSection.objects.filter(pk=item.section_id).exists()
