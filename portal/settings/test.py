"""Tests: the same stack on a test database; files, caches and passwords of their own."""

from __future__ import annotations

import os

from portal.embedded_postgres import TESTS

from .base import *  # noqa: F403
from .base import CACHES, VAR_DIR, database

DEBUG = False
SECRET_KEY = "for-tests-only-" + "x" * 40
# Each process of a parallel run has its own files and caches, as it has its own database.
TEST_DIR = VAR_DIR / TESTS / os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = TEST_DIR / "media"
for _name, _settings in CACHES.items():
    _settings["KEY_PREFIX"] = f"test-{_name}"
    if "LOCATION" in _settings and not str(_settings["LOCATION"]).startswith("redis"):
        _settings["LOCATION"] = TEST_DIR / "cache" / _name
# A server of their own: what a test commits need not outlive a power failure.
DATABASES = {"default": database(VAR_DIR / TESTS, durable=False)}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c synchronous_commit=off")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PORTAL_SCHEME = "http"
PORTAL_PORT = ""
