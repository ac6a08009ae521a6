"""A new school by replay against one by migration; `migrate` with nothing to do at 1, 10 and 100 schools."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection
from django_tenants.migration_executors.base import run_migrations
from django_tenants.utils import get_public_schema_name, schema_context, tenant_context

from portal.tenants.content import content_for
from portal.tenants.models import Organisation, OrganisationType, Territory
from portal.tenants.provisioning import create_school

from .measuring import Result, _seconds, median_seconds

AIM_TIMES = 40
AIM_MS_A_SCHOOL = 5


def _by_replay(number: int) -> Organisation:
    return create_school(
        name=f"Школа {number}",
        host=f"bench-{number}.portal.test",
        organisation_type=OrganisationType.objects.order_by("pk")[0],
        territory=Territory.objects.order_by("pk")[0],
    )


def _by_migration(like: Organisation) -> None:
    """Do what a portal without a template does: migrate an empty schema, then seed it with the same content."""
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS by_migration CASCADE")
        cursor.execute("CREATE SCHEMA by_migration")
    options: dict[str, Any] = vars(DjangoMigrate().create_parser("", "migrate").parse_args(["--no-input"]))
    run_migrations([], {**options, "verbosity": 0}, "bench", "by_migration", tenant_type="school")
    school = Organisation(**{f.attname: getattr(like, f.attname) for f in like._meta.concrete_fields})
    school.schema_name = "by_migration"
    with tenant_context(school):
        content_for("school").build()
        content_for("school").adapt(school, host="by-migration.portal.test")
    with schema_context(get_public_schema_name()), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA by_migration CASCADE")


def creating_a_school(repeat: int) -> Result:
    """Measure both ways; the first replay of a process reads the template and is left out as a warm-up."""
    numbers = iter(range(10_000))
    replayed = median_seconds(lambda: _by_replay(next(numbers)), repeat)
    like = Organisation.objects.schools().order_by("pk")[0]
    migrated = _seconds(lambda: _by_migration(like))
    times = migrated / replayed
    return Result(
        "creating a school: replay / migration",
        f"{replayed:.2f} s",
        f"{migrated:.1f} s",
        f"{times:.0f} times faster",
        f"≥ {AIM_TIMES}",
        times >= AIM_TIMES,
    )


def migrating_nothing(most: int, repeat: int) -> Result:
    """Measure `migrate` in a process that is already up, at few and many schools; the growth a school is the figure."""

    def migrate() -> None:
        call_command("migrate", verbosity=0, stdout=StringIO())

    seconds: dict[int, float] = {}
    for count in sorted({1, 10, most}):
        there = Organisation.objects.schools().with_schema().count()
        for number in range(there, count):
            _by_replay(20_000 + number)
        seconds[max(there, count)] = median_seconds(migrate, repeat)
    (fewest, least), (largest, longest) = min(seconds.items()), max(seconds.items())
    growth = (longest - least) / max(largest - fewest, 1) * 1000
    return Result(
        "migrate, nothing to do: growth a school",
        f"{longest * 1000:.0f} ms at {largest}",
        f"{least * 1000:.0f} ms at {fewest}",
        f"{growth:.2f} ms a school",
        f"< {AIM_MS_A_SCHOOL} ms",
        growth < AIM_MS_A_SCHOOL,
    )
