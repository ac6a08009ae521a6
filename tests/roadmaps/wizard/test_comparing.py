"""Importing again: what is new, changed, gone; nothing is doubled, nothing that was done is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context
from lxml import html

from mentoring_reports.roadmaps import actions
from mentoring_reports.roadmaps.enums import Status
from mentoring_reports.roadmaps.models import Roadmap, RoadmapItem
from mentoring_reports.roadmaps.wizard.matching import Known, matched
from portal.tenants.models import Organisation
from tests.factories import CURATOR, login

from .plans import ROWS, TITLE, document, latest, upload
from .screen import Preview

NEWER: list[tuple[str, ...]] = [
    ("Раздел 1. Подготовка",),
    ("1", "Издать приказ о программе наставничества", "До 20.09.2024", "Директор", "Приказ"),
    ("2", "Провести совещание с наставниками школы", "сентябрь 2024", "Куратор", "Протокол"),
    ("3", "Подписать согласия", "До 01.10.2024", "Куратор", "Согласия"),
    ("Раздел 2. Реализация",),
    ("5", "Провести диагностику", "1 раз в квартал", "Педагог-психолог", "Справка"),
    ("6", "Встречи пар", "В течение учебного года", "Наставники", "Журнал"),
    ("Раздел 3. Итоги",),
    ("7", "Подвести итоги года", "Май 2025", "Куратор", "Отчет"),
]


class Again:
    """A document that is imported into the roadmap of the fixture."""

    def __init__(self, client: Client, school: Organisation, roadmap: Roadmap) -> None:
        self.client, self.school, self.roadmap = client, school, roadmap

    def upload(self, rows: list[tuple[str, ...]], name: str = "карта.docx", **more: Any) -> None:
        upload(self.client, document(rows, **more), name)
        with tenant_context(self.school):
            self.path = f"/admin/roadmap-imports/{latest().pk}/compare/"

    def page(self) -> Any:
        response = self.client.get(self.path, {"roadmap": self.roadmap.pk})
        assert response.status_code == 200
        return html.fromstring(response.content.decode())

    def numbers(self) -> dict[str, int]:
        [found] = self.page().xpath("//ul[@data-new]")
        return {name: int(found.get(f"data-{name}")) for name in ("new", "changed", "same", "gone")}

    def take(self, *more: str, of: Any = None, less: tuple[str, ...] = ()) -> Any:
        """Send the form as it is ticked at first, with more ticks or less."""
        page = self.page() if of is None else of
        ticked = set(page.xpath("//form[@class='wizard-compare']//input[@name='take'][@checked]/@value"))
        [shown] = page.xpath("//input[@name='shown']/@value")
        data = {"shown": shown, "take": sorted({*ticked, *more} - set(less))}
        return self.client.post(f"{self.path}?roadmap={self.roadmap.pk}", data)

    def activities(self) -> list[str]:
        with tenant_context(self.school):
            return list(self.roadmap.items().values_list("activity", flat=True))

    def item(self, words: str) -> RoadmapItem:
        with tenant_context(self.school):
            return RoadmapItem.objects.select_related("section__roadmap").get(activity__contains=words)


@pytest.fixture
def again(alpha: Organisation, curator: Client, preview: Preview) -> Again:
    """Return the way to import into the roadmap that was made of the usual document."""
    preview.press("save")
    with tenant_context(alpha):
        return Again(curator, alpha, Roadmap.objects.get())


def test_the_same_document_brings_nothing(again: Again) -> None:
    before = again.activities()
    again.upload(ROWS)

    assert again.numbers() == {"new": 0, "changed": 0, "same": 5, "gone": 0}
    again.take()

    assert again.activities() == before


def test_a_newer_document_shows_what_is_new_changed_and_gone(again: Again) -> None:
    again.upload(NEWER)

    assert again.numbers() == {"new": 2, "changed": 2, "same": 2, "gone": 1}
    [order] = [row for row in again.page().xpath("//fieldset") if "приказ" in row.text_content()]
    assert "До 10.09.2024" in order.text_content()
    assert "20.09.2024" in order.text_content().replace("До 20.09.2024", "")  # the reading beside the new text


def test_what_is_ticked_is_taken_in_its_place_and_nothing_is_doubled(again: Again) -> None:
    again.upload(NEWER)

    again.take()

    assert again.activities() == [
        "Издать приказ о программе наставничества",
        "Провести совещание с наставниками школы",
        "Подписать согласия",
        "Составить базу наставляемых",
        "Провести диагностику",
        "Встречи пар",
        "Подвести итоги года",
    ]
    order = again.item("приказ")
    assert (order.deadline_text, order.ends_on) == ("До 20.09.2024", dt.date(2024, 9, 20))
    assert again.item("итоги").section.title == "Раздел 3. Итоги"
    assert again.numbers() == {"new": 0, "changed": 0, "same": 6, "gone": 1}


def test_what_is_not_ticked_stays(again: Again) -> None:
    again.upload(NEWER)

    again.take(less=(f"cell:{again.item('приказ').pk}:deadline_text",))

    assert again.item("приказ").deadline_text == "До 10.09.2024"


def test_taking_twice_doubles_nothing(again: Again) -> None:
    again.upload(NEWER)
    page = again.page()

    again.take(of=page)
    again.take(of=page)

    assert len(again.activities()) == 7


def test_what_was_done_stays_done_with_its_evidence(again: Again, alpha: Organisation) -> None:
    with tenant_context(alpha):
        order = again.item("приказ")
        actions.mark_done(item=order, by=None, on=dt.date(2024, 9, 5))
        RoadmapItem.objects.filter(pk=order.pk).update(evidence_note="Приказ № 1")
    again.upload(NEWER)

    again.take()

    after = again.item("приказ")
    assert (after.pk, after.status, after.done_on) == (order.pk, Status.DONE, dt.date(2024, 9, 5))
    assert (after.evidence_note, after.deadline_text) == ("Приказ № 1", "До 20.09.2024")


def test_what_the_document_no_longer_names_is_cancelled_only_on_request(again: Again) -> None:
    again.upload(NEWER)
    base = again.item("базу")
    again.take()
    assert not again.item("базу").is_cancelled

    again.take(f"cancel:{base.pk}")

    assert again.item("базу").is_cancelled


def test_a_done_activity_is_not_cancelled_even_by_a_forged_tick(again: Again, alpha: Organisation) -> None:
    with tenant_context(alpha):
        base = again.item("базу")
        actions.mark_done(item=base, by=None, on=dt.date(2024, 9, 5))
    again.upload(NEWER)

    again.take(f"cancel:{base.pk}")

    assert again.item("базу").is_done


def test_a_correction_in_the_portal_is_not_undone_by_the_same_document(again: Again, alpha: Organisation) -> None:
    with tenant_context(alpha):
        RoadmapItem.objects.filter(pk=again.item("приказ").pk).update(responsible="Заместитель директора")
    again.upload(ROWS)

    assert again.numbers()["changed"] == 0
    again.take()

    assert again.item("приказ").responsible == "Заместитель директора"


def test_an_activity_of_the_portals_own_is_never_gone(again: Again, alpha: Organisation) -> None:
    with tenant_context(alpha):
        section = again.item("приказ").section
        RoadmapItem.objects.create(section=section, activity="Свое мероприятие школы")
    again.upload(ROWS)

    assert again.numbers()["gone"] == 0


def test_a_roadmap_that_was_changed_meanwhile_is_shown_anew(again: Again, alpha: Organisation) -> None:
    again.upload(NEWER)
    page = again.page()
    with tenant_context(alpha):
        RoadmapItem.objects.filter(pk=again.item("приказ").pk).update(deadline_text="До 30.09.2024")

    again.take(of=page)

    assert again.item("приказ").deadline_text == "До 30.09.2024"
    assert len(again.activities()) == 5


def test_the_times_of_what_comes_back_follow_its_new_deadline(again: Again) -> None:
    rows = [tuple("1 раз в полугодие" if cell == "1 раз в квартал" else cell for cell in row) for row in ROWS]
    again.upload(rows)

    again.take()

    with tenant_context(again.school):
        assert again.item("диагностику").occurrences.count() == 2


@pytest.mark.parametrize(
    ("name", "title", "rows"),
    [("другое имя.docx", "Совсем другая карта на 2024/2025 учебный год", ROWS), ("карта.docx", TITLE, NEWER)],
)
def test_a_roadmap_that_looks_like_it_is_offered(
    again: Again, curator: Client, name: str, title: str, rows: list[tuple[str, ...]]
) -> None:
    again.upload(rows, name, title=title)

    page = curator.get(again.path.removesuffix("compare/")).content.decode()

    assert f"compare/?plan=0&amp;roadmap={again.roadmap.pk}" in page


def test_the_upload_offers_the_period_of_the_roadmap_it_is_for(again: Again, curator: Client) -> None:
    form = curator.get("/admin/roadmap-imports/new/", {"roadmap": again.roadmap.pk}).context["form"]

    assert (form["start"].initial, form["end"].initial) == (again.roadmap.period_start, again.roadmap.period_end)


def test_nothing_is_offered_for_another_plan(again: Again, curator: Client) -> None:
    again.upload(
        [
            ("1", "Высадить деревья", "Май 2025", "Завхоз", "Аллея"),
            ("2", "Покрасить забор", "Июнь 2025", "Завхоз", "Забор"),
        ],
        "сад.docx",
        title="План на 2025 год",
    )

    assert "compare/?plan=0&amp;roadmap=" not in curator.get(again.path.removesuffix("compare/")).content.decode()


def test_the_roadmap_of_another_school_is_not_there(again: Again, beta: Organisation) -> None:
    other = login(beta, CURATOR)
    upload(other)
    with tenant_context(beta):
        path = f"/admin/roadmap-imports/{latest().pk}/compare/"

    response = other.get(path, {"roadmap": again.roadmap.pk})

    assert response.context["found"] is None
    other.post(f"{path}?roadmap={again.roadmap.pk}", {"shown": "x", "take": ["add:1"]})
    assert len(again.activities()) == 5


def known(*texts: str) -> list[Known]:
    return [Known.of(str(n), text, "Раздел") for n, text in enumerate(texts, 1)]


def test_equal_texts_are_matched_each_once_and_in_order() -> None:
    assert matched(known("Встреча", "Встреча"), known("Встреча", "Встреча", "Встреча")) == {0: 0, 1: 1}


def test_a_reworded_activity_is_matched_and_another_one_is_not() -> None:
    old = known("Провести совещание с наставниками", "Издать приказ о программе")

    assert matched(old, known("Провести педсовет по итогам года", "Издать приказ о новой программе")) == {1: 1}


def test_matching_does_not_depend_on_chance() -> None:
    old = known(*(f"Провести встречу с наставниками группы {n}" for n in range(30)))
    new = known(*(f"Провести встречу с наставниками в группе {n}" for n in range(30, 0, -1)))

    assert matched(old, new) == matched(list(old), list(new))
    assert len(set(matched(old, new).values())) == len(matched(old, new))
