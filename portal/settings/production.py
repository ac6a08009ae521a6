"""Production: every secret comes from the environment, and a missing one stops the start."""

from __future__ import annotations

import os

from .base import *  # noqa: F403
from .base import STORAGES, VAR_DIR, database
from .mail import mail_server

DATABASES = {"default": database(VAR_DIR)}
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
PORTAL_SCHEME = os.environ.get("PORTAL_SCHEME", "https")
PORTAL_PORT = os.environ.get("PORTAL_PORT", "")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = os.environ.get("PORTAL_SSL_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_mail = mail_server(os.environ)
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.ssl
EMAIL_TIMEOUT = 20  # seconds; a server that hangs must not hold the job up
