"""The door of the admin says whose it is, in Russian to the last label."""

from __future__ import annotations

import pytest

from portal.tenants.models import Organisation
from tests.factories import client_at


@pytest.mark.parametrize("schema", ["municipality_portal", "school_alpha"])
def test_the_login_page_names_the_organisation_and_both_fields(db: None, schema: str) -> None:
    organisation = Organisation.objects.get(schema_name=schema)
    page = client_at(organisation).get("/admin/login/").content.decode()
    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    assert organisation.short_name in heading
    assert "Wagtail" not in heading
    assert "Пароль" in page
    assert ">Password" not in page
    assert 'autocomplete="current-password"' in page
