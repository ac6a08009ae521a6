"""A municipality's templates: its schools read the offered ones, write none, and another municipality sees nothing."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.roadmap_templates.models import RoadmapTemplate, TemplateItem, TemplateSection
from portal.tenants.models import Organisation
from tests.roadmap_templates.templates import make_template


def seen() -> tuple[int, int, int]:
    return RoadmapTemplate.objects.count(), TemplateSection.objects.count(), TemplateItem.objects.count()


def test_schools_see_offered_templates_with_all_that_is_in_them(
    municipality: Organisation, alpha: Organisation
) -> None:
    with tenant_context(municipality):
        make_template(municipality)
        make_template(municipality, title="Ещё не готов", is_offered=False)
        own = seen()

    with tenant_context(alpha):
        offered = seen()
    with schema_context(get_public_schema_name()):
        nobody = seen()

    assert (own, offered, nobody) == ((2, 2, 6), (1, 1, 3), (0, 0, 0))


def test_a_school_changes_nothing(municipality: Organisation, alpha: Organisation) -> None:
    with tenant_context(municipality):
        template = make_template(municipality)

    with tenant_context(alpha):
        changed = RoadmapTemplate.objects.filter(pk=template.pk).update(title="Чужое")
        deleted = TemplateItem.objects.all()._raw_delete("default")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            make_template(municipality)

    assert (changed, deleted) == (0, 0)


def test_a_school_in_the_municipalitys_place_writes_nothing(municipality: Organisation, alpha: Organisation) -> None:
    with (
        tenant_context(alpha),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        make_template(alpha)


def test_another_municipality_sees_nothing(municipality: Organisation) -> None:
    with tenant_context(municipality):
        make_template(municipality)
    with schema_context(get_public_schema_name()):
        other = Organisation.objects.create(
            kind="municipality", schema_name="other_town", name="Другой город", short_name="Другой", state="active"
        )

    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA other_town")
    with tenant_context(other):
        found = seen()

    assert found == (0, 0, 0)


def test_a_stage_stays_in_its_templates_municipality(municipality: Organisation, alpha: Organisation) -> None:
    with tenant_context(municipality):
        template = make_template(municipality)
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            TemplateSection.objects.create(municipality=alpha, template=template, title="Чужой")
