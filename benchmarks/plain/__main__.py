"""Serve measurements of the plain page over standard input and output: a number of requests in, seconds out."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.plain.settings"
django.setup()

from django.core.management.commands.migrate import Command as Migrate  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.requests import HOST, PageReader  # noqa: E402
from portal.tenants.models import Organisation, OrganisationType, Territory  # noqa: E402


def prepare() -> None:
    """Migrate and seed the one site with a school's own content."""
    connection.schema_name, connection.tenant = "public", None
    migrate = Migrate()
    migrate.execute(**vars(migrate.create_parser("", "migrate").parse_args(["--no-input", "-v0", "--skip-checks"])))
    from schools.provisioning import SchoolContent

    city = Organisation(schema_name="city", kind="municipality", name="Город", short_name="Город", state="active")
    Organisation.objects.bulk_create([city])
    kind = OrganisationType(code="school", name="Школа")
    OrganisationType.objects.bulk_create([kind])
    territory = Territory(municipality=city, name="Центр")
    Territory.objects.bulk_create([territory])
    school = Organisation(
        schema_name="public", kind="school", name="Школа", short_name="Школа", state="active", municipality=city,
        organisation_type=kind, territory=territory,
    )  # fmt: skip
    Organisation.objects.bulk_create([school])
    content = SchoolContent()
    content.build()
    content.adapt(school, host=HOST)


def main() -> None:
    """Answer measurements until the input ends."""
    prepare()
    reader = PageReader()
    print(json.dumps({"statements": reader.statements(), "bytes": reader.size()}), flush=True)
    for line in sys.stdin:
        print(json.dumps({"seconds": reader.seconds(int(line))}), flush=True)


if __name__ == "__main__":
    main()
