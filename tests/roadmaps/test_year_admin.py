"""The roadmap's year in the admin: tabs, times ticked with date and evidence, drafts, the timeline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from mentoring_reports.clock import pretend
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem
from mentoring_reports.roadmaps.year.board import MOST_FOLDED
from portal.tenants.models import Organisation
from tests.factories import CURATOR, EDITOR, METHODIST, SUPERUSER, client_at, login

from .factories import make_item, make_recurring, make_roadmap, make_section

TODAY = dt.date(2025, 2, 12)  # in the second quarter of the plan
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    """Act on a day of February 2025."""
    with pretend(TODAY):
        yield


@pytest.fixture
def curator(alpha: Organisation) -> Client:
    """Return the first school's curator."""
    return login(alpha, CURATOR)


@pytest.fixture
def quarterly(alpha: Organisation) -> RoadmapItem:
    """Return a quarterly activity: the first quarter is overdue, the second one is being done."""
    with tenant_context(alpha):
        return make_recurring(activity="Провести диагностику")


def board(item: RoadmapItem) -> str:
    return f"/admin/roadmaps/{item.section.roadmap_id}/board/"


def times(alpha: Organisation, item: RoadmapItem) -> list[Occurrence]:
    with tenant_context(alpha):
        return list(Occurrence.objects.filter(item=item.pk))


def test_the_board_shows_each_time_with_its_own_button(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    page = curator.get(board(quarterly)).content.decode()

    for time in times(alpha, quarterly):
        assert f'formaction="/admin/roadmap-items/times/{time.pk}/done/"' in page
        assert f"/admin/roadmap-items/times/{time.pk}/complete/" in page
    shown, folded = page.split("<details", 1)
    assert "01.01.2025 – 31.03.2025" in shown
    assert "01.07.2025 – 31.08.2025" in folded


def test_one_click_ticks_one_time_today_and_comes_back(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    first, second, *_others = times(alpha, quarterly)
    back = f"{board(quarterly)}?deadline=overdue#item-{quarterly.pk}"

    response = curator.post(f"/admin/roadmap-items/times/{second.pk}/done/", {"next": back})

    assert response.headers["Location"] == back
    assert [time.done_on for time in times(alpha, quarterly)] == [None, TODAY, None, None]
    curator.post(f"/admin/roadmap-items/times/{second.pk}/reopen/")
    assert {time.done_on for time in times(alpha, quarterly)} == {None}
    assert first.pk == times(alpha, quarterly)[0].pk


def test_a_time_is_done_on_a_day_with_evidence_which_the_board_shows(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    first = times(alpha, quarterly)[0]
    address = f"/admin/roadmap-items/times/{first.pk}/complete/"
    assert curator.get(address).status_code == 200

    response = curator.post(
        address,
        {"done_on": "20.12.2024", "evidence_note": "Справка № 7", "evidence_url": "https://school.test/spravka"},
    )

    assert response.headers["Location"] == board(quarterly)
    assert times(alpha, quarterly)[0].done_on == dt.date(2024, 12, 20)
    page = curator.get(board(quarterly)).content.decode()
    assert "Справка № 7" in page
    assert 'href="https://school.test/spravka"' in page


def test_a_plain_activity_is_done_on_a_day_with_evidence(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        item = make_item()

    curator.post(f"/admin/roadmap-items/{item.pk}/complete/", {"done_on": "01.10.2024", "evidence_note": "Приказ"})

    with tenant_context(alpha):
        item.refresh_from_db()
    assert (item.status, item.done_on, item.evidence_note) == (Status.DONE, dt.date(2024, 10, 1), "Приказ")


@pytest.mark.parametrize("day", ["13.02.2025", "31.02.2025", "", "вчера"])
def test_a_wrong_day_is_refused_at_the_field_and_nothing_typed_is_lost(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem, day: str
) -> None:
    first = times(alpha, quarterly)[0]

    response = curator.post(
        f"/admin/roadmap-items/times/{first.pk}/complete/", {"done_on": day, "evidence_note": "Справка № 7"}
    )

    assert list(response.context["form"].errors) == ["done_on"]
    assert "Справка № 7" in response.content.decode()
    assert {time.done_on for time in times(alpha, quarterly)} == {None}
    assert times(alpha, quarterly)[0].evidence_note == ""


def test_a_script_in_the_address_of_evidence_is_refused(
    curator: Client, alpha: Organisation, quarterly: RoadmapItem
) -> None:
    first = times(alpha, quarterly)[0]
    data = {"done_on": "20.12.2024", "evidence_url": "javascript:alert(1)"}

    response = curator.post(f"/admin/roadmap-items/times/{first.pk}/complete/", data)

    assert "evidence_url" in response.context["form"].errors


def test_the_whole_ticks_what_has_begun_and_says_what_is_left(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    response = curator.post(f"/admin/roadmap-items/{quarterly.pk}/done/", follow=True)

    assert [time.done_on for time in times(alpha, quarterly)] == [TODAY, TODAY, None, None]
    [message] = response.context["messages"]
    assert "2" in str(message)


def test_the_form_of_an_activity_keeps_its_times_up_to_date(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    curator.post(f"/admin/roadmap-items/times/{times(alpha, quarterly)[0].pk}/done/")
    data = {
        "section": quarterly.section_id,
        "activity": quarterly.activity,
        "deadline_text": "1 раз в полугодие",
        "deadline_kind": "recurring",
        "status": "in_progress",
    }

    curator.post(f"/admin/roadmap-items/edit/{quarterly.pk}/", data)

    assert [(time.ends_on.month, time.done_on) for time in times(alpha, quarterly)] == [(12, TODAY), (8, None)]


def test_a_whole_done_time_by_time_is_not_set_back_in_the_form(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    for time in times(alpha, quarterly):
        curator.post(f"/admin/roadmap-items/times/{time.pk}/done/")
    data = {"section": quarterly.section_id, "activity": "Другое", "deadline_kind": "recurring", "status": "planned"}

    response = curator.post(f"/admin/roadmap-items/edit/{quarterly.pk}/", data)

    assert "status" in response.context["form"].errors
    assert {time.done_on for time in times(alpha, quarterly)} == {TODAY}


def test_what_an_action_refuses_is_said_at_the_state_and_nothing_is_saved(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    data = {
        "section": quarterly.section_id,
        "activity": "Другое",
        "deadline_text": "1 раз в квартал",
        "deadline_kind": "recurring",
        "starts_on": dt.date(2025, 4, 1),
        "ends_on": dt.date(2025, 8, 31),
        "status": "done",
    }

    response = curator.post(f"/admin/roadmap-items/edit/{quarterly.pk}/", data)

    assert "status" in response.context["form"].errors
    with tenant_context(alpha):
        assert RoadmapItem.objects.get(pk=quarterly.pk).activity == "Провести диагностику"
    assert len(times(alpha, quarterly)) == 4


def test_a_changed_period_moves_the_times(alpha: Organisation, curator: Client, quarterly: RoadmapItem) -> None:
    section = quarterly.section
    data = nested_form_data(
        {
            "title": "Дорожная карта",
            "period_start": dt.date(2024, 9, 1),
            "period_end": dt.date(2025, 12, 31),
            "sections": inline_formset([{"id": section.pk, "title": section.title}], initial=1),
        }
    )

    assert curator.post(f"/admin/roadmaps/edit/{section.roadmap_id}/", data).status_code == 302

    assert times(alpha, quarterly)[-1].ends_on == dt.date(2025, 12, 31)


def shown(client: Client, item: RoadmapItem, query: str) -> set[str]:
    blocks = client.get(f"{board(item)}?{query}").context["board"].blocks
    return {row.item.activity for block in blocks for row in block.rows}


def test_tabs_narrow_by_time_and_say_how_many(alpha: Organisation, curator: Client, quarterly: RoadmapItem) -> None:
    with tenant_context(alpha):
        section = quarterly.section
        make_item(section, activity="в феврале", ends_on=dt.date(2025, 2, 28))
        make_item(section, activity="сделано", ends_on=dt.date(2025, 2, 1), status=Status.DONE, done_on=TODAY)
        make_item(section, activity="отменено", status=Status.CANCELLED)

    assert shown(curator, quarterly, "deadline=overdue") == {"Провести диагностику"}
    assert shown(curator, quarterly, "deadline=month") == {"в феврале", "сделано"}
    assert shown(curator, quarterly, "deadline=next") == {"Провести диагностику"}
    assert len(shown(curator, quarterly, "deadline=nonsense")) == 4
    tabs = curator.get(f"{board(quarterly)}?deadline=next&status=planned").context["tabs"]
    assert {tab.stretch.value: (tab.total, tab.done) for tab in tabs} == {
        "": (5, 0), "overdue": (1, 0), "month": (1, 0), "next": (1, 0),
    }  # fmt: skip
    assert all("status=planned" in tab.query for tab in tabs)
    assert [tab.stretch.value for tab in tabs if tab.is_current] == ["next"]


def test_in_a_tab_only_the_times_of_the_tab_stand_open(curator: Client, quarterly: RoadmapItem) -> None:
    [block] = curator.get(f"{board(quarterly)}?deadline=next").context["board"].blocks
    [row] = block.rows
    assert [shown.time.due_on for shown in row.shown] == [dt.date(2025, 3, 31)]
    assert len(row.folded) == 3


def test_many_times_have_a_page_of_their_own(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        weekly = make_recurring(every="week")
        last = weekly.occurrences.last()
    address = f"/admin/roadmap-items/{weekly.pk}/times/"

    page = curator.get(board(weekly)).content.decode()
    own = curator.get(address).content.decode()

    button = f'formaction="/admin/roadmap-items/times/{last.pk}/done/"'
    assert (address in page, button in page, button in own) == (True, False, True)


def test_all_activities_are_filtered_by_open_times_each_once(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    with tenant_context(alpha):
        weekly = make_recurring(quarterly.section, every="week")
        make_item(make_section(make_roadmap(is_draft=True)), ends_on=TODAY - DAY)

    listed = curator.get("/admin/roadmap-items/?deadline=overdue").context["object_list"]

    assert {item.pk for item in listed} == {quarterly.pk, weekly.pk}
    assert len(listed) == 2


def test_a_draft_says_that_it_is_one_and_has_no_figures(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        item = make_item(make_section(make_roadmap(is_draft=True)))

    response = curator.get(board(item))

    assert 'class="board-draft"' in response.content.decode()
    assert response.context["board"].progress.total == 0


def test_the_shortest_way_leads_to_a_roadmap_at_work_rather_than_to_a_draft(
    alpha: Organisation, curator: Client
) -> None:
    with tenant_context(alpha):
        at_work, _draft = make_roadmap(), make_roadmap(is_draft=True)

    assert curator.get("/admin/roadmap/").headers["Location"] == f"/admin/roadmaps/{at_work.pk}/board/"


def test_the_timeline_draws_every_time_with_a_word_for_its_state(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem
) -> None:
    with tenant_context(alpha):
        make_item(quarterly.section, activity='<b>"Дело"</b>', status=Status.DONE, done_on=TODAY)
        make_item(quarterly.section, status=Status.CANCELLED)

    page = curator.get(f"/admin/roadmaps/{quarterly.section.roadmap_id}/timeline/").content.decode()

    [drawn] = re.findall(r'<svg class="timeline".*?</svg>\s*</div>', page, re.S)
    signs = [drawn.count(f'href="#sign-{state}"') for state in ("open", "overdue", "late", "cancelled")]
    assert signs == [3, 1, 1, 1]
    assert "timeline-today" in drawn
    assert "<b>" not in drawn
    assert not re.search(r'="\d+,\d', drawn)  # no number with a Russian comma


def test_an_empty_roadmap_has_an_empty_timeline(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        roadmap = make_roadmap()

    assert curator.get(f"/admin/roadmaps/{roadmap.pk}/timeline/").status_code == 200


@pytest.mark.parametrize("view", ["board", "timeline"])
def test_pages_cost_the_same_for_any_number_of_times(
    alpha: Organisation, curator: Client, quarterly: RoadmapItem, view: str
) -> None:
    address = f"/admin/roadmaps/{quarterly.section.roadmap_id}/{view}/"
    with tenant_context(alpha):
        pages = list(Page.objects.order_by("pk")[:2])
        quarterly.occurrences.update(evidence_page=pages[0])

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert curator.get(address).status_code == 200
        return len(captured)

    statements()
    few = statements()
    with tenant_context(alpha):
        for _number in range(3):
            section = make_section(quarterly.section.roadmap)
            make_recurring(section, every="week").occurrences.update(evidence_page=pages[1])
            make_item(section, activity="ещё одно", evidence_page=pages[0])

    assert statements() == few


@pytest.mark.parametrize("role", [EDITOR, None])
def test_without_the_permission_no_time_is_ticked(
    alpha: Organisation, quarterly: RoadmapItem, role: str | None
) -> None:
    first = times(alpha, quarterly)[0]
    client = login(alpha, role)
    for path in ("done", "reopen", "complete"):
        client.post(f"/admin/roadmap-items/times/{first.pk}/{path}/", {"done_on": "01.10.2024"})
    client_at(alpha).post(f"/admin/roadmap-items/times/{first.pk}/done/")

    assert {time.done_on for time in times(alpha, quarterly)} == {None}


def test_another_school_ticks_only_its_own_and_the_municipality_nothing(
    alpha: Organisation, beta: Organisation, municipality: Organisation, quarterly: RoadmapItem
) -> None:
    first = times(alpha, quarterly)[0]
    address = f"/admin/roadmap-items/times/{first.pk}/done/"

    assert login(beta, CURATOR).post(address).status_code == 404
    for role in (METHODIST, SUPERUSER):
        assert login(municipality, role).post(address).status_code == 302
    assert {time.done_on for time in times(alpha, quarterly)} == {None}


def test_the_same_number_in_another_school_is_another_time(
    alpha: Organisation, beta: Organisation, quarterly: RoadmapItem
) -> None:
    with tenant_context(beta):
        own = make_recurring()
        [theirs, *_others] = own.occurrences.all()
        Occurrence.objects.filter(pk=theirs.pk).update(id=10**6)
    with tenant_context(alpha):
        first = Occurrence.objects.filter(item=quarterly.pk).first()
        Occurrence.objects.filter(pk=first.pk).update(id=10**6)

    login(beta, CURATOR).post(f"/admin/roadmap-items/times/{10**6}/done/")

    assert {time.done_on for time in times(alpha, quarterly)} == {None}
    with tenant_context(beta):
        assert Occurrence.objects.get(pk=10**6).done_on == TODAY


def test_the_public_page_counts_times_and_shows_no_draft(alpha: Organisation, quarterly: RoadmapItem) -> None:
    from schools.roadmap_table import RoadmapFilter, current_table

    with tenant_context(alpha):
        table = current_table(RoadmapFilter())
        assert table is not None
        assert [(section.done, section.total) for section in table.sections] == [(0, 4)]
        assert table.progress.overdue == 1
        Roadmap.objects.update(is_draft=True)
        assert current_table(RoadmapFilter()) is None


def test_the_board_says_what_its_cells_are_where_they_are_drawn_as_blocks(
    curator: Client, quarterly: RoadmapItem
) -> None:
    html = curator.get(board(quarterly)).content.decode()
    start = html.index('<table class="listing board-table"')
    table = html[start : html.index("</table>", start)]
    roles = {
        "table": "table",
        "thead": "rowgroup",
        "tbody": "rowgroup",
        "tr": "row",
        "th": "columnheader",
        "td": "cell",
    }
    for tag, role in roles.items():
        found = re.findall(rf"<{tag}\b[^>]*>", table)
        assert found
        assert all(f'role="{role}"' in one for one in found), tag


def test_the_timeline_offers_what_the_list_offers(curator: Client, quarterly: RoadmapItem) -> None:
    address = f"/admin/roadmap-imports/new/?roadmap={quarterly.section.roadmap_id}"
    shown = [curator.get(board(quarterly).replace("board", view)).content.decode() for view in ("board", "timeline")]
    assert [address in html for html in shown] == [True, True]


def test_many_overdue_times_of_one_activity_are_not_all_on_the_board(alpha: Organisation, curator: Client) -> None:
    with tenant_context(alpha):
        weekly = make_recurring(every="week")

    html = curator.get(f"{board(weekly)}?deadline=overdue").content.decode()

    assert html.count('class="board-time"') == MOST_FOLDED
    assert f"/admin/roadmap-items/{weekly.pk}/times/" in html
