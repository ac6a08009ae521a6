"""The municipality's screens: typing a template, copying, offering, looking at it with dates. No scripts needed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tenants.utils import tenant_context

from mentoring_reports.roadmap_templates.builtin import install_builtin_template, read_builtin_template
from mentoring_reports.roadmap_templates.forms import DocumentForm
from mentoring_reports.roadmap_templates.models import RoadmapTemplate, TemplateItem, TemplateSection
from portal.tenants.models import Organisation
from tests.factories import METHODIST, login
from tests.roadmap_templates.templates import make_template


def url(name: str, *args: int) -> str:
    return reverse(f"roadmap_templates:{name}", args=args, urlconf="portal.urls_municipality")


@pytest.fixture
def methodist(municipality: Organisation):
    return login(municipality, METHODIST)


@pytest.fixture
def template(municipality: Organisation) -> RoadmapTemplate:
    with tenant_context(municipality):
        return make_template(municipality, is_offered=False)


def rows_of(template: RoadmapTemplate) -> list[tuple[str, str]]:
    items = TemplateItem.objects.filter(section__template=template).order_by("section__sort_order", "sort_order")
    return [(item.activity, item.deadline_text) for item in items]


def typed(rows: list[dict[str, object]], *, seen: int, initial: int = 0, **section: str) -> dict[str, object]:
    names = ("sort_order", "number", "activity", "deadline_text", "responsible", "expected_result", "indicator_text",
             "documents")  # fmt: skip
    data: dict[str, object] = {"number": "1", "title": "Подготовка", "documents": "", "seen": seen, **section}
    data |= {"items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        data |= {f"items-{place}-{name}": "" for name in names}
        data |= {f"items-{place}-{name}": value for name, value in row.items()}
    return data


def test_a_template_is_typed_stage_by_stage(methodist, municipality: Organisation) -> None:
    made = methodist.post(url("add"), {"title": "Для гимназий", "description": "", "seen": "0"})
    with tenant_context(municipality):
        template = RoadmapTemplate.objects.get(title="Для гимназий")
    rows = [
        {"activity": "Второе", "sort_order": 2},
        {},
        {"activity": "Первое", "deadline_text": "октябрь", "sort_order": 1},
    ]

    saved = methodist.post(url("add_section", template.pk), typed(rows, seen=1))

    assert made.headers["Location"] == url("template", template.pk)
    assert saved.status_code == 302
    with tenant_context(municipality):
        assert rows_of(template) == [("Первое", "октябрь"), ("Второе", "")]
        assert RoadmapTemplate.objects.get(pk=template.pk).version == 2


def test_an_activity_is_changed_and_another_one_removed(methodist, municipality: Organisation, template) -> None:
    with tenant_context(municipality):
        section = template.sections.get()
        first, second, third = section.items.all()
    rows = [
        {"id": first.pk, "activity": "Издать два приказа", "sort_order": 5},
        {"id": second.pk, "activity": second.activity, "DELETE": "on"},
        {"id": third.pk, "activity": third.activity, "sort_order": 1},
        {"activity": "Новое"},
    ]

    response = methodist.post(url("section", template.pk, section.pk), typed(rows, seen=1, initial=3))

    assert response.status_code == 302
    with tenant_context(municipality):
        assert [activity for activity, _ in rows_of(template)] == ["Утвердить пары", "Издать два приказа", "Новое"]


def test_an_error_keeps_all_that_was_typed(methodist, municipality: Organisation, template) -> None:
    rows = [{"activity": "", "deadline_text": "октябрь"}, {"activity": "Целое"}]

    response = methodist.post(url("add_section", template.pk), typed(rows, seen=1, title="Новый"))

    page = response.content.decode()
    assert response.status_code == 422
    assert all(text in page for text in ("октябрь", "Целое", "Новый", "error-message"))
    with tenant_context(municipality):
        assert TemplateSection.objects.filter(template=template).count() == 1


def test_whoever_saves_second_is_told_and_loses_nothing(methodist, municipality: Organisation, template) -> None:
    methodist.post(url("add_section", template.pk), typed([{"activity": "Чужое"}], seen=1, title="Чужой"))

    refused = methodist.post(url("add_section", template.pk), typed([{"activity": "Моё"}], seen=1, title="Мой"))
    again = methodist.post(url("add_section", template.pk), typed([{"activity": "Моё"}], seen=2, title="Мой"))

    assert (refused.status_code, again.status_code) == (409, 302)
    assert "Моё" in refused.content.decode()
    assert 'name="seen" value="2"' in refused.content.decode()
    with tenant_context(municipality):
        assert [section.title for section in template.sections.all()] == ["Подготовка", "Чужой", "Мой"]


def test_offering_withdrawing_and_copying(methodist, municipality: Organisation, template) -> None:
    methodist.post(url("change", template.pk), {"do": "offer"})
    with tenant_context(municipality):
        offered = RoadmapTemplate.objects.get(pk=template.pk).is_offered
    methodist.post(url("change", template.pk), {"do": "copy"})
    methodist.post(url("change", template.pk), {"do": "withdraw"})

    with tenant_context(municipality):
        copied = RoadmapTemplate.objects.exclude(pk=template.pk).get()
        assert offered
        assert not RoadmapTemplate.objects.get(pk=template.pk).is_offered
        assert (rows_of(copied), copied.is_offered, copied.version) == (rows_of(template), False, 1)
        assert copied.sections.get().documents == "Приказ\nПоложение"


def test_an_empty_template_is_not_offered(methodist, municipality: Organisation) -> None:
    with tenant_context(municipality):
        empty = make_template(municipality, rows=(), is_offered=False)

    response = methodist.post(url("change", empty.pk), {"do": "offer"}, follow=True)

    assert "добавьте их" in response.content.decode()
    with tenant_context(municipality):
        assert not RoadmapTemplate.objects.get(pk=empty.pk).is_offered


def test_stages_move_and_are_removed_after_a_question(methodist, municipality: Organisation, template) -> None:
    methodist.post(url("add_section", template.pk), typed([{"activity": "Ещё"}], seen=1, title="Вторая"))
    with tenant_context(municipality):
        second = template.sections.get(title="Вторая")

    methodist.post(url("change_section", template.pk, second.pk), {"do": "up"})
    with tenant_context(municipality):
        moved = [section.title for section in template.sections.all()]
    question = methodist.get(url("change_section", template.pk, second.pk))
    methodist.post(url("change_section", template.pk, second.pk), {"do": "remove"})

    assert moved == ["Вторая", "Подготовка"]
    assert "Вторая" in question.content.decode()
    with tenant_context(municipality):
        assert [section.title for section in template.sections.all()] == ["Подготовка"]


def test_a_template_is_deleted_after_a_question(methodist, municipality: Organisation, template) -> None:
    question = methodist.get(url("delete", template.pk))
    methodist.post(url("delete", template.pk))

    assert question.status_code == 200
    with tenant_context(municipality):
        assert (RoadmapTemplate.objects.count(), TemplateItem.objects.count()) == (0, 0)


def test_a_preview_shows_dates_from_the_day_that_is_chosen(methodist, template) -> None:
    page = methodist.get(url("preview", template.pk), {"start": "16.01.2027", "end": "31.08.2027"}).content.decode()
    wrong = methodist.get(url("preview", template.pk), {"start": "16.01.2027", "end": "01.01.2027"})

    assert 'data-start="2027-01-16" data-end="2027-02-15"' in page
    assert 'data-kind="relative" data-start="" data-end=""' in page
    assert wrong.status_code == 422


def test_the_built_in_template_is_installed_once(methodist, municipality: Organisation) -> None:
    methodist.post(url("built_in"))
    methodist.post(url("built_in"))

    data = read_builtin_template()
    with tenant_context(municipality):
        template = RoadmapTemplate.objects.get()
        assert template.is_offered
        assert [section.title for section in template.sections.all()] == [stage["title"] for stage in data["stages"]]
        assert len(rows_of(template)) == sum(len(stage["items"]) for stage in data["stages"])
        assert install_builtin_template(municipality) == template


PASTED = "План наставничества\n\n№\tМероприятие\tСрок\tОтветственный\n1\tИздать приказ\tоктябрь\tДиректор\n"


def test_a_template_is_made_of_a_pasted_document(methodist, municipality: Organisation) -> None:
    text = f"{PASTED}2\tПровести совет\tв течение первого месяца\tКуратор\n"

    methodist.post(url("document"), {"text": text})

    with tenant_context(municipality):
        template = RoadmapTemplate.objects.get()
        assert (template.title, template.is_offered) == ("План наставничества", False)
        assert rows_of(template) == [("Издать приказ", "октябрь"), ("Провести совет", "в течение первого месяца")]


def test_what_is_no_plan_is_refused_and_the_text_stays(methodist, municipality: Organisation) -> None:
    response = methodist.post(url("document"), {"text": "Просто письмо без таблицы"})
    nothing = methodist.post(url("document"), {"text": "  "})

    assert (response.status_code, nothing.status_code) == (422, 422)
    assert "Просто письмо без таблицы" in response.content.decode()
    assert "таблица мероприятий" in response.content.decode()


def test_statements_do_not_grow_with_the_activities(methodist, municipality: Organisation) -> None:
    def statements(number: int) -> int:
        with tenant_context(municipality):
            template = make_template(municipality, rows=[(f"Дело {n}", "октябрь") for n in range(number)])
        with CaptureQueriesContext(connection) as captured:
            assert methodist.get(url("template", template.pk)).status_code == 200
        return len(captured)

    statements(1)
    assert statements(2) == statements(20)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    large = SimpleUploadedFile("plan.txt", b"x")
    large.size = 20_000_001

    form = DocumentForm({"text": ""}, {"file": large})

    assert not form.is_valid()
    assert "file" in form.errors
