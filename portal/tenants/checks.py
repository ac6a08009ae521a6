"""System checks: the portal does not start with a setting that leaks between tenants. Each trap was seen to happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection

CACHE_KEYS = {
    "KEY_FUNCTION": "django_tenants.cache.make_key",
    "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
}
MUST_BE = {
    # setting: (value, what happens otherwise, id)
    "SESSION_COOKIE_DOMAIN": (None, "a session of one school would be sent to another", "tenants.E002"),
    "CSRF_COOKIE_DOMAIN": (None, "a token of one school would be sent to another", "tenants.E003"),
    "USE_X_FORWARDED_HOST": (False, "a header of the request would choose the school", "tenants.E004"),
    "SHOW_PUBLIC_IF_NO_TENANT_FOUND": (False, "an unknown host would be answered", "tenants.E005"),
    "TENANT_LIMIT_SET_CALLS": (True, "every query would be preceded by SET search_path", "tenants.E006"),
    "SESSION_ENGINE": (
        "django.contrib.sessions.backends.db",
        "sessions would live outside of the tenant's schema",
        "tenants.E007",
    ),
}
FORBIDDEN_APPS = {
    "wagtail.sites": "a Site's host must stay the tenant's own: previews and links lead to it",
    "wagtail.contrib.forms": "it caches the types of forms for the whole process",
    "modelsearch": "wagtail.search brings it; listed twice, indexing fails",
}
TENANT_MIDDLEWARE = "portal.tenants.middleware.TenantMiddleware"
IMMEDIATE = "Immediate"


@register(Tags.security)
def check_caches(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """Every cache keys its entries by schema: otherwise school B gets school A's root paths and renditions."""
    return [
        Error(f"CACHES[{name!r}][{key!r}] must be {value!r}: tenants would share its keys.", id="tenants.E001")
        for name, cache in settings.CACHES.items()
        for key, value in CACHE_KEYS.items()
        if cache.get(key) != value
    ]


@register(Tags.security)
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """No setting hands a cookie, a header or a host to the wrong tenant."""
    return [
        Error(f"{name} must be {value!r}: otherwise {why}.", id=code)
        for name, (value, why, code) in MUST_BE.items()
        if getattr(settings, name, value) != value
    ]


@register(Tags.security)
def check_apps(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """No app is both shared and a tenant's; both kinds of tenant have the same apps; no app that leaks."""
    shared = set(settings.TENANT_TYPES["public"]["APPS"])
    lists = {kind: list(t["APPS"]) for kind, t in settings.TENANT_TYPES.items() if kind != "public"}
    errors = [
        Error(f"{app} is shared and in {kind!r}: queries would fall through to `public`.", id="tenants.E010")
        for kind, apps in lists.items()
        for app in sorted(shared & set(apps))
    ]
    if len({tuple(sorted(apps)) for apps in lists.values()}) > 1:
        errors.append(
            Error("All kinds of tenant must have the same apps: deleting a page would fail.", id="tenants.E011")
        )
    return errors + [
        Error(f"Leave {app} out of INSTALLED_APPS: {why}.", id="tenants.E012")
        for app, why in FORBIDDEN_APPS.items()
        if app in settings.INSTALLED_APPS
    ]


@register(Tags.security)
def check_order_and_tasks(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Iterable[Error]:
    """Choose the tenant before anything else, run Wagtail's tasks where they are made, keep files apart."""
    if not settings.MIDDLEWARE or settings.MIDDLEWARE[0] != TENANT_MIDDLEWARE:
        yield Error(f"{TENANT_MIDDLEWARE} must be the first middleware.", id="tenants.E020")
    if IMMEDIATE not in settings.TASKS["default"]["BACKEND"]:
        yield Error("TASKS['default'] must stay immediate: a worker would run in `public`.", id="tenants.E021")
    if "Tenant" not in settings.STORAGES["default"]["BACKEND"]:
        yield Error("STORAGES['default'] must keep each tenant's files apart.", id="tenants.E022")
    search = settings.WAGTAILSEARCH_BACKENDS["default"]
    if search.get("SEARCH_CONFIG") != "russian":
        yield Error("WAGTAILSEARCH_BACKENDS needs SEARCH_CONFIG 'russian' to find other cases.", id="tenants.E023")


@register(Tags.database)
def check_role(app_configs: Sequence[AppConfig] | None, databases: Any = None, **kwargs: Any) -> list[Error]:
    """Demand a database role that obeys row-level security: no superuser, no BYPASSRLS."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, is_superuser, bypasses = cursor.fetchone()
    if not (is_superuser or bypasses):
        return []
    return [
        Error(
            f"The database role {name!r} passes by row-level security.",
            hint="CREATE ROLE portal LOGIN CREATEDB PASSWORD '…'; ALTER DATABASE … OWNER TO portal;",
            id="tenants.E030",
        )
    ]
