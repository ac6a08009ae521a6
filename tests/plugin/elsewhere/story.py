"""What the other portal does, from an empty database to a report that is handed in; it prints what came of it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from decimal import Decimal
from io import StringIO
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.commands.migrate import Command as Migrate  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_tenants.utils import tenant_context  # noqa: E402
from elsewhere.models import Body, District, Host, Kind  # noqa: E402

from mentoring_reports.clock import today  # noqa: E402
from mentoring_reports.indicators.builtin import install_builtin_form  # noqa: E402
from mentoring_reports.submissions.actions import Author, HandedValue, hand_over  # noqa: E402
from mentoring_reports.submissions.models import Round, Submission  # noqa: E402

OWN = ("elsewhere", "mentoring_reports.", "procrastinate.")


def migrate_public() -> None:
    """Migrate what is shared; the migrations of the tenants' apps would change nothing here, and take their time."""
    shared = {app.label for app in apps.get_app_configs() if app.name in settings.SHARED_APPS}
    connection.set_schema_to_public()
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] in shared])


def migrate_school(school: Body) -> None:
    """Migrate a school, once Django's and Wagtail's own tables are there."""
    make_what_is_not_ours(school)
    call_command("migrate_schemas", schema_name=school.schema_name, verbosity=0)


def make_what_is_not_ours(school: Body) -> None:
    """Make Django's and Wagtail's tables as they are today: their 200 old migrations take long and are not ours."""
    theirs = {app.label for app in apps.get_app_configs() if not app.name.startswith(OWN)}
    connection.set_schema(school.schema_name, tenant_type="school", include_public=False)
    MigrationRecorder(connection).ensure_schema()
    command = Migrate()
    command.verbosity = 0
    command.sync_apps(connection, theirs)
    for label, name in MigrationLoader(connection).disk_migrations:
        if label in theirs:
            MigrationRecorder(connection).record_applied(label, name)
    connection.set_schema_to_public()


def make_bodies() -> tuple[Body, Body, Body]:
    """Return a municipality and two schools; only the first of them gets more than an empty schema."""
    city = Body.objects.create(schema_name="city", kind="municipality", name="Город", short_name="Город")
    known = {
        "kind": "school",
        "municipality": city,
        "organisation_type": Kind.objects.create(name="Лицей"),
        "territory": District.objects.create(municipality=city, name="Север"),
    }
    lyceum = Body.objects.create(schema_name="lyceum", name="Лицей", short_name="Лицей", **known)
    other = Body.objects.create(schema_name="other", name="Другой лицей", short_name="Другой", **known)
    Host.objects.create(tenant=lyceum, domain="lyceum.elsewhere.test")
    for body in (city, lyceum, other):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {body.schema_name}")
    return city, lyceum, other


def open_round(city: Body) -> Round:
    """Open a round as the municipality, with the built-in form."""
    ago = {"period_start": 90, "period_end": 10, "opens": 9, "due": -9, "closes": -19}
    dates = {name: today() - dt.timedelta(days=days) for name, days in ago.items()}
    with tenant_context(city):
        form = install_builtin_form(city)
        return Round.objects.create(municipality=city, form=form, code="1", title="Первый сбор", **dates)


def submit(round_: Round, school: Body) -> None:
    """Hand a report over as the school."""
    with tenant_context(school):
        hand_over(
            round_=round_,
            school=school,
            values={"mentors": HandedValue(Decimal(6))},
            explanations={},
            note="",
            by=Author("Куратор Примерный", 1, school.schema_name),
        )


def opened(school: Body, round_: Round) -> dict[str, int]:
    """Return how the school's screens answer."""
    with tenant_context(school):
        client = Client(headers={"host": "lyceum.elsewhere.test"})
        client.force_login(get_user_model().objects.create_superuser("curator", "curator@elsewhere.test", "x"))
        args: dict[str, list[Any]] = {"index": [], "fill": [round_.pk], "revision": [round_.pk, 1]}
        return {
            name: client.get(reverse(f"mentoring_reports:{name}", args=given)).status_code
            for name, given in args.items()
        }


def seen_by(body: Body) -> int:
    """Return how many reports the body sees: row security answers, by the table of this portal's tenants."""
    with tenant_context(body):
        return Submission.objects.count()


def tell() -> dict[str, Any]:
    """Live through it all."""
    call_command("check", stdout=StringIO())
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
    migrate_public()
    city, lyceum, other = make_bodies()
    migrate_school(lyceum)
    round_ = open_round(city)
    submit(round_, lyceum)
    return {
        "pages": opened(lyceum, round_),
        "seen": {body.schema_name: seen_by(body) for body in (city, lyceum, other)},
        "imported": sorted({name.partition(".")[0] for name in sys.modules} & {"portal", "schools"}),
    }


if __name__ == "__main__":
    print(json.dumps(tell()))  # noqa: T201
