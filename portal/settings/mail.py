"""The mail server, from the environment: one EMAIL_URL, or EMAIL_HOST and its companions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over: `starttls` and `ssl` are the two ways to encrypt."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    ssl: bool = False


def mail_server(environment: Mapping[str, str]) -> MailServer:
    """Return the mail server that the environment names. Raises `ImproperlyConfigured` with what is wrong."""
    if url := environment.get("EMAIL_URL"):
        return _from_url(url)
    return MailServer(
        host=environment.get("EMAIL_HOST", "localhost"),
        port=int(environment.get("EMAIL_PORT", "25")),
        user=environment.get("EMAIL_HOST_USER", ""),
        password=environment.get("EMAIL_HOST_PASSWORD", ""),
        starttls=environment.get("EMAIL_USE_TLS", "") == "1",
        ssl=environment.get("EMAIL_USE_SSL", "") == "1",
    )


def _from_url(url: str) -> MailServer:
    """Read `smtp+tls://user:password@host:587`; the password is not repeated in an error."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        known = ", ".join(f"{scheme}://" for scheme in PORTS)
        raise ImproperlyConfigured(f"EMAIL_URL must begin with one of {known} and name a host.") from None
    if not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL names no host.")
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )
