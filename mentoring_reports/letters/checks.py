"""What has to be set before letters can go out; `manage.py check --deploy` says what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

LOCAL = ("localhost", ".localhost", ".invalid", ".test")


@register(Tags.security, deploy=True)
def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Letters need a mail server, a sender that others accept, and a way back for bounces."""
    problems: list[CheckMessage] = []
    if "smtp" not in settings.EMAIL_BACKEND:
        problems.append(Error(f"EMAIL_BACKEND is {settings.EMAIL_BACKEND}: no letter goes out.", id="letters.E001"))
    if not _is_public(settings.DEFAULT_FROM_EMAIL):
        problems.append(Error("DEFAULT_FROM_EMAIL is no address of this world.", id="letters.E002"))
    if not _is_public(getattr(settings, "MENTORING_BOUNCE_ADDRESS", "")):
        problems.append(Warning("Without MENTORING_BOUNCE_ADDRESS later bounces are not seen.", id="letters.W003"))
    return problems


def _is_public(address: str) -> bool:
    domain = parseaddr(address)[1].partition("@")[2]
    return bool(domain) and not domain.endswith(LOCAL)
