"""Pages for trouble need neither a database nor a tenant, and look like the rest of the portal."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

from tests.factories import client_at


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500", "503"])
def test_a_page_for_trouble_is_made_without_a_database(code):
    text = render_to_string(f"{code}.html")  # no database is allowed in this test

    assert '<html lang="ru">' in text
    assert re.search(r"<h1>\s*\S", text)
    assert "stylesheet" not in text


def test_the_reason_of_a_pause_is_told_and_escaped():
    text = render_to_string("503.html", {"reason": "Сайт <b>настраивается</b>"})

    assert "Сайт &lt;b&gt;настраивается&lt;/b&gt;" in text


def test_an_unknown_page_of_a_school_is_answered_in_the_design(alpha):
    response = client_at(alpha).get("/net-takoy/")

    assert response.status_code == 404
    assert '<p class="code">404</p>' in response.text


def test_an_upload_that_is_too_large_is_refused_with_what_to_do(alpha, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client_at(alpha).post("/admin/login/", {"username": "п" * 1000})

    assert response.status_code == 400
    assert "Ничего не изменилось" in response.text


def test_a_form_of_a_page_that_has_grown_old_is_refused_with_what_to_do(alpha):
    client = client_at(alpha)
    client.handler.enforce_csrf_checks = True
    response = client.post("/admin/login/", {"username": "curator", "password": "password"})

    assert response.status_code == 403
    assert "обновите страницу" in response.text
