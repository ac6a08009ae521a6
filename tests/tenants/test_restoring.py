"""What a test commits is gone after it: rows, numbers that sequences gave, and whatever else was changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import Decision
from portal.embedded_postgres import TESTS, superuser_url
from portal.tenants.models import Organisation, OrganisationType
from portal.tenants.provisioning import create_school
from tests import databases, restoring, world
from tests.factories import CURATOR, make_user
from tests.submissions.acting import accept, hand_over, make_dated_round

pytestmark = pytest.mark.committed
Tenants = tuple[Organisation, Organisation, Organisation]


@pytest.fixture
def unblocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the database be used outside of a transaction; the test itself takes back what it did."""
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        yield


def everything(database: str) -> dict[str, Any]:
    """Return all rows of all tables, and what every sequence gave last."""
    url = superuser_url(settings.VAR_DIR / TESTS, database)
    with psycopg.connect(url) as other:
        tables = other.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        ).fetchall()
        found: dict[str, Any] = {}
        for (name,) in tables:
            found[name] = other.execute(f"SELECT t::text FROM {name} t ORDER BY 1").fetchall()
        found["sequences"] = other.execute(
            "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2"
        ).fetchall()
    return found


@pytest.mark.skipif(restoring.is_foreign(), reason="not our server: the database is copied anew each time")
def test_rows_and_sequences_are_the_worlds_again(committed_tenants: Tenants) -> None:
    before = restoring.mark()
    municipality, alpha, _beta = committed_tenants
    round_ = make_dated_round(municipality)
    submission = hand_over(round_, alpha)
    accept(submission)
    with tenant_context(alpha):
        make_user(alpha, CURATOR)
    Organisation.objects.filter(pk=alpha.pk).update(name="Школа № 100")
    OrganisationType.objects.create(code="other", name="Другое", order=9)
    with tenant_context(municipality):
        assert Decision.objects.exists()

    restoring.restore(before)

    name = str(connection.settings_dict["NAME"])
    assert everything(name) == everything(databases.the_world())


def test_a_school_that_was_made_is_gone(unblocked: None) -> None:
    before = restoring.mark()
    _municipality, alpha, _beta = world.organisations()
    create_school(
        name="Школа № 9",
        host="ninth.portal.test",
        organisation_type=alpha.organisation_type,
        territory=alpha.territory,
    )

    restoring.restore(before)

    assert Organisation.objects.count() == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'school_ninth'")
        assert cursor.fetchone() == (0,)


def test_what_tests_before_had_rolled_back_is_left_alone(unblocked: None) -> None:
    with transaction.atomic():
        OrganisationType.objects.create(code="other", name="Другое", order=9)
        transaction.set_rollback(True)

    before = restoring.mark()
    restoring.restore(before)

    assert restoring.mark() == before
