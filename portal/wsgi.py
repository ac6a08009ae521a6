"""The WSGI application. It refuses to start with settings that leak between tenants."""

import gc
import os

from django.core.checks import run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

_errors = [message for message in run_checks(databases=["default"]) if message.is_serious()]
if _errors:
    raise SystemCheckError("\n".join(str(error) for error in _errors))

# What has been loaded by now stays for ever: the collector need not walk through it in the middle of a request. Nor
# need it look after every seven hundred new objects: a page of thousands of schools makes a hundred thousand.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
