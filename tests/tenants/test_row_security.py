"""The database itself keeps schools apart, whatever the code above forgets."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from mentoring_reports.row_security import every_school
from mentoring_reports.submissions.models import Exemption, Round, Submission, SubmittedValue
from portal.tenants.models import Domain, Organisation, OrganisationType, Territory
from tests.factories import make_round

# Written by `migrate` only.
OPEN_TABLES = {"django_migrations"}


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_role_is_not_a_superuser_and_does_not_bypass_row_security() -> None:
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False, False)]


@pytest.mark.django_db
def test_public_holds_shared_tables_only() -> None:
    shared = {
        model._meta.db_table for model in apps.get_models() if model._meta.app_config.name in settings.SHARED_APPS
    }

    found = {row[0] for row in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}

    assert found == shared | {"django_migrations"}


def test_a_tenants_schema_holds_no_shared_table(alpha: Organisation) -> None:
    shared = {
        model._meta.db_table for model in apps.get_models() if model._meta.app_config.name in settings.SHARED_APPS
    }

    found = {row[0] for row in rows(f"SELECT tablename FROM pg_tables WHERE schemaname = '{alpha.schema_name}'")}

    assert not found & shared


@pytest.mark.django_db
def test_row_security_is_forced_on_every_shared_table_but_those_named_here() -> None:
    unprotected = rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
        "AND NOT (relrowsecurity AND relforcerowsecurity)"
    )

    assert {row[0] for row in unprotected} == OPEN_TABLES


def test_a_school_sees_its_own_row_and_the_municipality_sees_both(
    municipality: Organisation, alpha: Organisation, beta: Organisation
) -> None:
    round_ = make_round(municipality)
    with tenant_context(municipality):
        for school in (alpha, beta):
            Exemption.objects.create(
                round=round_, school=school, municipality=municipality, reason="Ремонт", author_name="Методист"
            )

    seen = {}
    for organisation in (municipality, alpha, beta):
        with tenant_context(organisation):
            seen[organisation.short_name] = {exemption.school_id for exemption in Exemption.objects.all()}

    assert seen == {
        municipality.short_name: {alpha.pk, beta.pk},
        alpha.short_name: {alpha.pk},
        beta.short_name: {beta.pk},
    }


def test_in_public_nothing_is_seen_unless_it_is_opened(municipality: Organisation, alpha: Organisation) -> None:
    make_round(municipality)

    with schema_context(get_public_schema_name()):
        closed = Round.objects.count()
        with every_school():
            opened = Round.objects.count()
        closed_again = Round.objects.count()

    assert (closed, opened, closed_again) == (0, 1, 0)


def test_the_door_does_not_open_in_a_schools_schema(municipality: Organisation, alpha: Organisation) -> None:
    round_ = make_round(municipality)
    with tenant_context(municipality):
        Exemption.objects.create(
            round=round_, school=alpha, municipality=municipality, reason="Ремонт", author_name="Методист"
        )

    with every_school(), tenant_context(Organisation.objects.get(schema_name="school_beta")):
        seen = Exemption.objects.count()

    assert seen == 0


def test_a_school_cannot_write_a_row_of_another(
    municipality: Organisation, alpha: Organisation, beta: Organisation
) -> None:
    round_ = make_round(municipality)

    with tenant_context(alpha), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Exemption.objects.create(
            round=round_, school=beta, municipality=municipality, reason="Чужое", author_name="Школа"
        )


def test_a_school_cannot_change_a_round(municipality: Organisation, alpha: Organisation) -> None:
    round_ = make_round(municipality)

    with tenant_context(alpha):
        changed = Round.objects.filter(pk=round_.pk).update(title="Подмена")

    assert changed == 0


def test_a_school_cannot_change_who_is_where(alpha: Organisation, beta: Organisation) -> None:
    with tenant_context(alpha):
        renamed = Organisation.objects.filter(pk=beta.pk).update(name="Захвачено")
        moved = Domain.objects.filter(tenant=beta).update(domain="evil.test")
        types = OrganisationType.objects.update(name="Захвачено")
        territories = Territory.objects.update(name="Захвачено")

    assert (renamed, moved, types, territories) == (0, 0, 0, 0)


def test_a_school_cannot_make_itself_a_second_host(alpha: Organisation) -> None:
    with tenant_context(alpha), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Domain.objects.bulk_create([Domain(domain="evil.test", tenant=alpha, is_primary=False)])


def test_a_school_cannot_hang_a_value_on_anothers_submission(
    municipality: Organisation, alpha: Organisation, beta: Organisation
) -> None:
    round_ = make_round(municipality)
    day = round_.due
    with tenant_context(beta):
        theirs = Submission.objects.create(
            round=round_, school=beta, municipality=municipality, revision=1, school_name=beta.name, school_type="—",
            territory="—", form_id=round_.form_id, submitted_on=day, due_then=day, checksum="x", author_name="Куратор",
        )  # fmt: skip

    with tenant_context(alpha), pytest.raises(IntegrityError, match="is_its_own"), transaction.atomic():
        SubmittedValue.objects.create(
            submission_id=theirs.pk, round=round_, school=alpha, municipality=municipality, element_code="x", value=1
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_renamed_schema_keeps_its_rows(municipality: Organisation, alpha: Organisation) -> None:
    round_ = make_round(municipality)
    with tenant_context(municipality):
        Exemption.objects.create(
            round=round_, school=alpha, municipality=municipality, reason="Ремонт", author_name="Методист"
        )
    with schema_context(get_public_schema_name()):
        rows_before = alpha.schema_name
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SCHEMA {rows_before} RENAME TO school_renamed")
        alpha.schema_name = "school_renamed"
        alpha.save(update_fields=["schema_name"])

    with tenant_context(alpha):
        assert Exemption.objects.count() == 1
