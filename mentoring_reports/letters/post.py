"""Handing a letter to the mail server: headers, envelope, and what its answers mean."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email

from mentoring_reports.tenancy import current_organisation

from .enums import DeliveryState

if TYPE_CHECKING:
    from .digest import Digest
    from .models import Delivery

PERMANENT = 500


class MailServerDown(Exception):
    """The mail server does not answer: nothing was sent and nothing is lost."""


class NotDelivered(Exception):
    """The mail server certainly did not take the letter; `state` says whether to try again, and whose fault it is."""

    def __init__(self, state: DeliveryState, error: str) -> None:
        self.state = state
        super().__init__(error)


class Post:
    """One connection to the mail server, opened when the first letter comes."""

    def __init__(self) -> None:
        """Connect to nothing yet."""
        self._connection = get_connection()

    def open(self) -> None:
        """Connect, or do nothing if connected. Raises `MailServerDown`."""
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerDown(_said(error)) from error

    def send(self, delivery: Delivery, digest: Digest) -> None:
        """Send one letter. Raises `NotDelivered`; any other error leaves open whether it arrived."""
        try:
            validate_email(delivery.address)
            self._connection.send_messages([message(delivery, digest)])
        except smtplib.SMTPServerDisconnected:
            self.close()  # the letter may have been taken: it is recovered later, once
            raise
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise refusal(error) from error
        except (
            smtplib.SMTPException,
            ValidationError,
            ValueError,
        ) as error:  # not an address, or one that this server cannot write to
            raise NotDelivered(DeliveryState.BOUNCED, _said(error)) from error

    def close(self) -> None:
        """Hang up; a server that is gone already is no error."""
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            self._connection = get_connection()


def message(delivery: Delivery, digest: Digest) -> EmailMultiAlternatives:
    """Return the letter; its Message-ID stays the same however often it is sent."""
    letter = EmailMultiAlternatives(
        subject=digest.subject,
        body=digest.text,
        from_email=envelope_sender(delivery),
        to=[delivery.address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{delivery.token}@{_domain(settings.DEFAULT_FROM_EMAIL)}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{digest.opt_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    letter.attach_alternative(digest.html, "text/html")
    return letter


def envelope_sender(delivery: Delivery) -> str:
    """Return where a bounce goes: `bounces+<organisation>.<token>@…`, so that it names the letter by itself.

    The organisation is named by its number: a schema's name would make the local part longer than the 64 allowed.
    """
    box, _at, domain = str(getattr(settings, "MENTORING_BOUNCE_ADDRESS", "")).partition("@")
    if not domain:
        return str(settings.DEFAULT_FROM_EMAIL)
    return f"{box}+{current_organisation().pk}.{delivery.token}@{domain}"


def refusal(error: smtplib.SMTPException) -> NotDelivered:
    """Return what a mail server's answer means: try again, the address is wrong, or the letter itself."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        permanent = DeliveryState.BOUNCED
    else:
        code, text = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
        permanent = DeliveryState.QUEUED if isinstance(error, smtplib.SMTPSenderRefused) else DeliveryState.FAILED
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return NotDelivered(permanent if code >= PERMANENT else DeliveryState.QUEUED, f"{code} {said}".strip())


def _domain(address: str) -> str:
    return parseaddr(address)[1].partition("@")[2] or "localhost"


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
