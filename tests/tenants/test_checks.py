"""A setting that leaks between tenants stops the start."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks

from portal.tenants import checks


def identifiers(**kwargs: Any) -> set[str]:
    return {message.id for message in run_checks(**kwargs) if (message.id or "").startswith("tenants.")}


def test_the_projects_own_settings_pass() -> None:
    assert identifiers() == set()


@pytest.mark.parametrize("alias", ["default", "renditions", "pages"])
@pytest.mark.parametrize("key", ["KEY_FUNCTION", "REVERSE_KEY_FUNCTION"])
def test_a_cache_without_tenant_keys_is_refused(settings: Any, alias: str, key: str) -> None:
    caches = deepcopy(django_settings.CACHES)
    del caches[alias][key]
    settings.CACHES = caches

    assert "tenants.E001" in identifiers()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SESSION_COOKIE_DOMAIN", ".portal.test", "tenants.E002"),
        ("CSRF_COOKIE_DOMAIN", ".portal.test", "tenants.E003"),
        ("USE_X_FORWARDED_HOST", True, "tenants.E004"),
        ("SHOW_PUBLIC_IF_NO_TENANT_FOUND", True, "tenants.E005"),
        ("TENANT_LIMIT_SET_CALLS", False, "tenants.E006"),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.cache", "tenants.E007"),
    ],
)
def test_a_leaking_setting_is_refused(settings: Any, name: str, value: Any, code: str) -> None:
    setattr(settings, name, value)

    assert code in identifiers()


def test_an_app_in_both_lists_is_refused(settings: Any) -> None:
    types = deepcopy(django_settings.TENANT_TYPES)
    types["school"]["APPS"] = [*types["school"]["APPS"], "mentoring_reports.submissions"]
    settings.TENANT_TYPES = types

    assert {"tenants.E010", "tenants.E011"} <= identifiers()


@pytest.mark.parametrize("app", sorted(checks.FORBIDDEN_APPS))
def test_an_app_that_leaks_is_refused(monkeypatch: pytest.MonkeyPatch, app: str) -> None:
    # Past the override that would load the apps anew.
    monkeypatch.setitem(django_settings.__dict__, "INSTALLED_APPS", [*django_settings.INSTALLED_APPS, app])

    assert "tenants.E012" in {error.id for error in checks.check_apps(None)}


def test_the_tenant_must_be_chosen_first(settings: Any) -> None:
    settings.MIDDLEWARE = list(reversed(django_settings.MIDDLEWARE))

    assert "tenants.E020" in identifiers()


def test_wagtails_tasks_must_stay_immediate(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    assert "tenants.E021" in {error.id for error in checks.check_order_and_tasks(None)}


def test_files_of_tenants_must_lie_apart(settings: Any) -> None:
    settings.STORAGES = {
        **django_settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }

    assert "tenants.E022" in identifiers()


def test_search_must_know_russian(settings: Any) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

    assert "tenants.E023" in identifiers()


@pytest.mark.django_db
def test_the_role_of_the_tests_obeys_row_security() -> None:
    assert "tenants.E030" not in identifiers(databases=["default"])
