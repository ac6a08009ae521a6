"""Development and demonstration: one machine, no secrets to keep."""

from __future__ import annotations

import os

from .base import *  # noqa: F403

DEBUG = os.environ.get("PORTAL_DEBUG", "") == "1"
SECRET_KEY = "for-development-only-" + "x" * 40
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
