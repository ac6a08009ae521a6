"""A public page costs a fixed, small number of statements.

Most of them are Wagtail's own way from the root to the page: a page, its type and its own table for each level.
"""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context

from tests.factories import client_at
from tests.schools import building


def statements(school, path: str) -> list[str]:
    """Return the statements of a page that is not cached while the host and the site's paths are."""
    client = client_at(school)
    client.get(path)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries if "SET search_path" not in query["sql"]]


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/", 12),
        ("/nastavnichestvo/", 16),
        ("/nastavnichestvo/programma/", 14),
        ("/nastavnichestvo/dorozhnaya-karta/", 17),
        ("/nastavnichestvo/dokumenty/", 15),
        ("/nastavnichestvo/praktiki/", 16),
        ("/novosti/", 13),
    ],
)
def test_a_page_stays_within_its_statements(alpha, path, limit):
    with tenant_context(alpha):
        building.fill_site()

    made = statements(alpha, path)

    assert len(made) <= limit, "\n".join(made)


def test_more_news_and_practices_cost_no_more_statements(alpha):
    with tenant_context(alpha):
        building.fill_site()
    before = [len(statements(alpha, path)) for path in ("/", "/novosti/", "/nastavnichestvo/praktiki/")]

    with tenant_context(alpha):
        for number in range(5):
            building.add_news(f"Ещё новость {number}")
            building.add_practice(f"Ещё практика {number}")

    assert [len(statements(alpha, path)) for path in ("/", "/novosti/", "/nastavnichestvo/praktiki/")] == before
