"""Development and demonstration: one machine, no secrets to keep."""

from __future__ import annotations

import os

from .base import *  # noqa: F403
from .base import VAR_DIR, database

DATABASES = {"default": database(VAR_DIR)}
DEBUG = os.environ.get("PORTAL_DEBUG", "") == "1"
SECRET_KEY = "for-development-only-" + "x" * 40
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Letters are written to files, to be read there: nothing leaves this machine.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "letters"
