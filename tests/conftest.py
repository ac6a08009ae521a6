"""The world of the tests: one municipality and two schools on a real PostgreSQL, copied from where they were made once.

The database role is the application's own: not a superuser, so row-level security holds in every test.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django_tenants.utils import tenant_context
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from portal.tenants.content_types import content_types
from portal.tenants.models import Organisation
from tests import databases, shares, world

# A busy machine is no failure: nothing is said about how long an example takes. EXAMPLES=500 looks deeper.
hypothesis_settings.register_profile(
    "portal",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("portal")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PROGRAMS = {
    "browser": (CHROMIUM, "Chromium is not installed (Debian: chromium)"),
    "office": (SOFFICE, "LibreOffice is not installed (Debian: libreoffice-calc)"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--fail-on-skip`, for where everything the tests need is installed."""
    parser.addoption("--fail-on-skip", action="store_true", help="A skipped test fails the run.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run when a test was left out although none may be."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--fail-on-skip") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_finish() -> None:
    """Let the garbage collector look no more at what stays until the end, and less often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(trylast=True)  # after the order was made random
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name as left out the tests whose program is not installed; begin with those that take a minute each."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    items[:] = shares.of(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), items)
    for item in items:
        for marker, (program, reason) in PROGRAMS.items():
            if item.get_closest_marker(marker) and not program:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """Create the test database, always, and in it, committed, the municipality and the two schools."""
    with django_db_blocker.unblock(), databases.copied_from_the_world():
        configuration = setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        teardown_databases(configuration, verbosity=0)


@pytest.fixture(autouse=True)
def clean_slate(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start and leave every test in `public`, with empty caches."""
    connection.set_schema_to_public()
    for name in settings.CACHES:
        caches[name].clear()
    content_types.forget()
    yield
    connection.set_schema_to_public()


@pytest.fixture
def municipality(db: None) -> Organisation:
    """Return the municipality, at portal.test."""
    return Organisation.objects.get(kind="municipality", schema_name=world.MUNICIPALITY.schema_name)


@pytest.fixture
def alpha(db: None) -> Organisation:
    """Return the first school, at alpha.portal.test."""
    return Organisation.objects.get(schema_name=world.ALPHA.schema_name)


@pytest.fixture
def beta(db: None) -> Organisation:
    """Return the second school, at beta.portal.test."""
    return Organisation.objects.get(schema_name=world.BETA.schema_name)


@pytest.fixture
def in_alpha(alpha: Organisation) -> Iterator[Organisation]:
    """Run the test inside the first school's schema."""
    with tenant_context(alpha):
        yield alpha


@pytest.fixture
def in_beta(beta: Organisation) -> Iterator[Organisation]:
    """Run the test inside the second school's schema."""
    with tenant_context(beta):
        yield beta


@pytest.fixture
def in_municipality(municipality: Organisation) -> Iterator[Organisation]:
    """Run the test inside the municipality's schema."""
    with tenant_context(municipality):
        yield municipality


@pytest.fixture
def committed_tenants(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[Organisation, Organisation, Organisation]]:
    """Give (municipality, alpha, beta) outside of a rolled-back transaction; make the world anew afterwards.

    For threads, live servers and commands that commit. Do not combine with `db`.
    """
    with django_db_blocker.unblock():
        try:
            yield world.organisations()
        finally:
            databases.copy_anew()
