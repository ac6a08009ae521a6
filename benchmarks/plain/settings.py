"""Settings of the baseline: the portal's own, with everything of tenants taken out."""

from __future__ import annotations

import os

import dj_database_url

from portal.settings.test import *  # noqa: F403
from portal.settings.test import CACHES, DATABASES, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "django_tenants"]
DATABASES = {
    "default": {
        **DATABASES["default"],
        **dj_database_url.parse(os.environ["PLAIN_DATABASE_URL"], conn_max_age=600, conn_health_checks=True),
        "ENGINE": "django.db.backends.postgresql",
    }
}
DATABASE_ROUTERS: list[str] = []
MIDDLEWARE = ["benchmarks.plain.middleware.OneOrganisation", *MIDDLEWARE[2:]]
ROOT_URLCONF = "portal.urls_school"
CACHES = {
    name: {key: value for key, value in cache.items() if key not in ("KEY_FUNCTION", "REVERSE_KEY_FUNCTION")}
    | {"KEY_PREFIX": f"plain-{name}"}
    for name, cache in CACHES.items()
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
