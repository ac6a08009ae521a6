"""Template roadmaps of the tests. Call inside the municipality's schema."""

from __future__ import annotations

from typing import Any

from mentoring_reports.roadmap_templates.models import RoadmapTemplate, TemplateItem, TemplateSection
from portal.tenants.models import Organisation

ROWS = (
    ("Издать приказ", "в течение первого месяца"),
    ("Провести диагностику", "1 раз в квартал"),
    ("Утвердить пары", "после издания приказа"),
)


def make_template(municipality: Organisation, *, rows: Any = ROWS, **fields: Any) -> RoadmapTemplate:
    """Return an offered template of one stage with a recommended document."""
    defaults = {"title": "Типовая дорожная карта", "is_offered": True}
    template = RoadmapTemplate.objects.create(municipality=municipality, **{**defaults, **fields})
    section = TemplateSection.objects.create(
        municipality=municipality, template=template, number="1", title="Подготовка", documents="Приказ\nПоложение"
    )
    for place, (activity, deadline) in enumerate(rows, start=1):
        TemplateItem.objects.create(
            municipality=municipality,
            section=section,
            number=f"1.{place}",
            activity=activity,
            deadline_text=deadline,
            responsible="Куратор",
            documents="Приказ" if place == 2 else "",
            sort_order=place,
        )
    return template
