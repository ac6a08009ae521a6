"""Run all benchmarks on a database of their own and print one table; `--quick` with smaller numbers."""

from __future__ import annotations

import argparse
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
django.setup()

from django.db import connection  # noqa: E402

from benchmarks import dashboard, deadlines, frames, importing, pages, provisioning, workbooks  # noqa: E402
from benchmarks.measuring import Result, table  # noqa: E402
from portal.tenants.models import OrganisationType, Territory  # noqa: E402
from portal.tenants.provisioning import create_municipality  # noqa: E402


def prepare() -> None:
    """Create a municipality with one type and one territory."""
    OrganisationType.objects.create(code="school", name="Школа")
    municipality = create_municipality(name="Город", host="portal.test")
    Territory.objects.create(municipality=municipality, name="Центр")


def measure(*, quick: bool) -> list[Result]:
    """Return every result."""
    repeat = 3 if quick else 5
    return [
        provisioning.migrating_nothing(most=20 if quick else 100, repeat=repeat),
        provisioning.creating_a_school(repeat),
        deadlines.reading_deadlines(times=20 if quick else 100, repeat=repeat),
        *importing.reading_a_roadmap(repeat=3),
        *pages.serving_a_page(requests=20 if quick else 100, repeat=repeat),
        *frames.reading_accepted_figures(schools=200 if quick else 2000, rounds=3, repeat=repeat),
        *dashboard.showing_the_dashboard(schools=200 if quick else 2000, rounds=8, repeat=repeat),
        *dashboard.counting_a_large_round(schools=2000 if quick else 40_000, repeat=repeat),
        *workbooks.writing_a_large_sheet(rows=10_000 if quick else 100_000, repeat=3),
        *workbooks.making_the_workbook(schools=200 if quick else 2000, rounds=8, repeat=3),
    ]


def main() -> None:
    """Measure on a test database that is dropped afterwards."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller numbers, rougher figures")
    quick = parser.parse_args().quick
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        prepare()
        print(table(measure(quick=quick)))
    finally:
        connection.set_schema_to_public()
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
