"""A plan becomes a draft roadmap, once; the draft is put to work; another school sees nothing of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from mentoring_reports.roadmaps.enums import DeadlineKind
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem
from portal.tenants.models import Organisation
from tests.factories import EDITOR, login

from .plans import TITLE, latest, two_plans, upload
from .screen import Preview


def only_roadmap(school: Organisation) -> Roadmap:
    with tenant_context(school):
        return Roadmap.objects.get()


def item(school: Organisation, words: str) -> RoadmapItem:
    with tenant_context(school):
        return RoadmapItem.objects.get(activity__contains=words)


def test_the_plan_is_saved_as_a_draft_with_everything_in_it(alpha: Organisation, preview: Preview) -> None:
    response = preview.press("save")

    roadmap = only_roadmap(alpha)
    assert response.headers["Location"] == f"/admin/roadmaps/{roadmap.pk}/board/"
    assert (roadmap.title, roadmap.is_draft, roadmap.is_published) == (TITLE, True, False)
    assert (roadmap.period_start, roadmap.period_end) == (dt.date(2024, 9, 1), dt.date(2025, 8, 31))
    with tenant_context(alpha):
        assert [(s.title, s.items.count()) for s in roadmap.sections.all()] == [
            ("Раздел 1. Подготовка", 3),
            ("Раздел 2. Реализация", 2),
        ]
    order = item(alpha, "приказ")
    assert (order.number, order.responsible, order.expected_result) == ("1", "Директор", "Приказ")
    assert (order.deadline_text, order.deadline_kind, order.ends_on) == (
        "До 10.09.2024",
        DeadlineKind.BY_DATE,
        dt.date(2024, 9, 10),
    )


def test_what_comes_back_gets_its_times(alpha: Organisation, preview: Preview) -> None:
    preview.press("save")

    with tenant_context(alpha):
        assert Occurrence.objects.filter(item__activity__contains="диагностику").count() == 4


def test_dates_by_hand_are_saved(alpha: Organisation, preview: Preview) -> None:
    key = preview.key("базу")

    preview.press("save", **{f"cell__{key}__kind": "by_date", f"cell__{key}__ends_on": "2024-12-20"})

    saved = item(alpha, "базу")
    assert (saved.deadline_text, saved.ends_on) == ("когда получится", dt.date(2024, 12, 20))


def test_what_is_left_out_is_not_saved(alpha: Organisation, preview: Preview) -> None:
    preview.press(f"drop:{preview.key('базу')}")
    preview.press("save")

    with tenant_context(alpha):
        assert RoadmapItem.objects.count() == 4


def test_a_double_click_saves_once(alpha: Organisation, preview: Preview) -> None:
    page = preview.page()

    preview.press("save", of=page)
    preview.press("save", of=page)
    preview.press("save")

    only_roadmap(alpha)


def test_a_document_that_was_sent_twice_doubles_no_roadmap_unawares(
    alpha: Organisation, preview: Preview, curator: Client
) -> None:
    upload(curator)
    with tenant_context(alpha):
        second = Preview(curator, alpha, latest().pk)
    stale = second.page()
    preview.press("save")

    refused = second.press("save", of=stale)

    assert refused.headers["Location"] == second.path
    assert not second.page().xpath("//button[@value='save']")
    with tenant_context(alpha):
        assert Roadmap.objects.count() == 1
    assert "/board/" in second.press("save_anew").headers["Location"]
    with tenant_context(alpha):
        assert Roadmap.objects.count() == 2


def test_undo_does_not_make_it_possible_to_save_twice(alpha: Organisation, preview: Preview) -> None:
    preview.press("keep", plan__title="Иначе")
    preview.press("save")

    preview.press("undo")
    preview.press("save")

    only_roadmap(alpha)


@pytest.mark.parametrize(
    "typed",
    [
        {"plan__title": ""},
        {"plan__title": "т" * 501},
        {"plan__start": ""},
        {"plan__end": "2023-01-01"},
        {"plan__start": "вчера"},
    ],
)
def test_a_plan_that_is_not_ready_is_refused_and_keeps_what_was_typed(
    alpha: Organisation, preview: Preview, typed: dict[str, str]
) -> None:
    preview.press("save", **typed)

    [(name, text)] = typed.items()
    assert getattr(preview.plan, name.removeprefix("plan__")) == text
    with tenant_context(alpha):
        assert not Roadmap.objects.exists()


@pytest.mark.parametrize(
    ("cell", "text"),
    [("number", "1" * 41), ("deadline_text", "д" * 1001), ("responsible", "к" * 1001), ("ends_on", "2024-13-01")],
)
def test_a_cell_that_does_not_fit_is_refused_never_cut(
    alpha: Organisation, preview: Preview, cell: str, text: str
) -> None:
    key = preview.key("приказ")

    preview.press("save", **{f"cell__{key}__{cell}": text})

    saved = preview.plan.item(key)
    assert saved is not None
    assert saved.cell(cell) == text
    with tenant_context(alpha):
        assert not Roadmap.objects.exists()


def test_each_plan_of_a_document_is_a_roadmap_of_its_own(alpha: Organisation, curator: Client) -> None:
    upload(curator, two_plans())
    with tenant_context(alpha):
        preview = Preview(curator, alpha, latest().pk)

    preview.press("save")
    preview.press("save", query="?plan=1")

    with tenant_context(alpha):
        assert sorted(Roadmap.objects.values_list("title", flat=True)) == [
            TITLE,
            "План работы методиста на 2024/2025 учебный год",
        ]
    listed = curator.get("/admin/roadmap-imports/").content.decode()
    assert listed.count("/board/") == 2


def test_the_board_of_a_draft_offers_to_put_it_to_work(alpha: Organisation, curator: Client, preview: Preview) -> None:
    board = preview.press("save").headers["Location"]
    action = f"/admin/roadmap-imports/put-to-work/{only_roadmap(alpha).pk}/"
    assert action in curator.get(board).content.decode()

    curator.post(action)

    assert not only_roadmap(alpha).is_draft
    assert action not in curator.get(board).content.decode()


def test_an_editor_puts_nothing_to_work(alpha: Organisation, preview: Preview) -> None:
    preview.press("save")

    login(alpha, EDITOR).post(f"/admin/roadmap-imports/put-to-work/{only_roadmap(alpha).pk}/")

    assert only_roadmap(alpha).is_draft


def test_another_school_has_no_roadmap_by_it(alpha: Organisation, beta: Organisation, preview: Preview) -> None:
    preview.press("save")

    only_roadmap(alpha)
    with tenant_context(beta):
        assert not Roadmap.objects.exists()


def test_both_lists_lead_to_the_import(alpha: Organisation, curator: Client, preview: Preview) -> None:
    empty = curator.get("/admin/roadmaps/").content.decode()
    board = curator.get(preview.press("save").headers["Location"]).content.decode()

    assert empty.count("/admin/roadmap-imports/new/") >= 2
    assert f"/admin/roadmap-imports/new/?roadmap={only_roadmap(alpha).pk}" in board
