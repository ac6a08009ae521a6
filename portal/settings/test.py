"""Tests: the same stack on a test database; files, caches and passwords of their own."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import CACHES, VAR_DIR

DEBUG = False
SECRET_KEY = "for-tests-only-" + "x" * 40
MEDIA_ROOT = VAR_DIR / "test" / "media"
for _name, _settings in CACHES.items():
    _settings["KEY_PREFIX"] = f"test-{_name}"
    if "LOCATION" in _settings and not str(_settings["LOCATION"]).startswith("redis"):
        _settings["LOCATION"] = VAR_DIR / "test" / "cache" / _name
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PORTAL_SCHEME = "http"
PORTAL_PORT = ""
