"""The mail server of these tests, and a round of June 2026."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mentoring_reports.submissions.models import Round
from portal.tenants.models import Organisation
from tests.letters.mailserver import MailServer
from tests.submissions.acting import make_dated_round


@pytest.fixture
def mailserver(settings: Any) -> Iterator[MailServer]:
    """Return a mail server that takes letters, and let Django send to it."""
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "portal@portal.test"
    settings.MENTORING_BOUNCE_ADDRESS = "bounces@portal.test"
    yield server
    server.stop()


@pytest.fixture
def round_(municipality: Organisation) -> Round:
    """Return a round from 1 June, due on 15, closing on 30 June 2026."""
    return make_dated_round(municipality, title="Сбор за полугодие")
